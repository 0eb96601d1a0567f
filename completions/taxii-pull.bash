# bash completion for taxii-pull, made by: taxii-pull --generate bash
_taxii_pull() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
    fi
    case $previous in
        --url) return ;;
        --api-root) return ;;
        --collection) return ;;
        --user) return ;;
        --password-file) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --bearer-file) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --api-token-file) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --header-file) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --secret-variable) return ;;
        --secret-command) return ;;
        --oauth-token-url) return ;;
        --oauth-client-id) return ;;
        --oauth-secret-file) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --oauth-scope) return ;;
        --tls-certificate) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --tls-key) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --tls-password-file) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --server-ca-file) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --proxy) return ;;
        --tries) return ;;
        --taxii) mapfile -t COMPREPLY < <(compgen -W 'auto 2.1 2.0' -- "$current"); return ;;
        --output|-o) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --format|-f) mapfile -t COMPREPLY < <(compgen -W 'table ndjson csv tsv json markdown html list' -- "$current"); return ;;
        --tz) return ;;
        --match) return ;;
        --added-after) return ;;
        --limit) return ;;
        --overlap) return ;;
        --interval) return ;;
        --append) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --shape) mapfile -t COMPREPLY < <(compgen -W 'legacy stix' -- "$current"); return ;;
        --source) return ;;
        --conjunctions) mapfile -t COMPREPLY < <(compgen -W 'keep drop' -- "$current"); return ;;
        --default-ttl) return ;;
        --max-tlp) mapfile -t COMPREPLY < <(compgen -W 'white clear green amber amber+strict red' -- "$current"); return ;;
        --now) return ;;
        --min-confidence) return ;;
        --unscored) mapfile -t COMPREPLY < <(compgen -W 'drop keep' -- "$current"); return ;;
        --body) mapfile -t COMPREPLY < <(compgen -W 'defender sentinel sentinel-legacy' -- "$current"); return ;;
        --push) mapfile -t COMPREPLY < <(compgen -W 'defender sentinel sentinel-legacy' -- "$current"); return ;;
        --action) mapfile -t COMPREPLY < <(compgen -W 'Allowed Audit Block BlockAndRemediate Warn' -- "$current"); return ;;
        --sentinel-workspace) return ;;
        --upload-url) return ;;
        --max-targets) return ;;
        --plan) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --resume) return ;;
        --reason) return ;;
        --cloud) mapfile -t COMPREPLY < <(compgen -W 'public gcc gcchigh dod china' -- "$current"); return ;;
        --tenant) return ;;
        --auth) mapfile -t COMPREPLY < <(compgen -W 'auto secret certificate federated managed-identity command device-code az token none' -- "$current"); return ;;
        --client-id) return ;;
        --client-secret-file) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --client-certificate) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --client-key) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --certificate-password-file) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --assertion-alg) mapfile -t COMPREPLY < <(compgen -W 'PS256 RS256' -- "$current"); return ;;
        --token-file) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --credential-command) return ;;
        --ca-file) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --retries) return ;;
        --login-url) return ;;
        --graph-url) return ;;
        --mde-url) return ;;
        --arm-url) return ;;
        --logs-url) return ;;
        --adx-url) return ;;
        --blob-url) return ;;
        --graph-scope) return ;;
        --mde-scope) return ;;
        --arm-scope) return ;;
        --logs-scope) return ;;
        --adx-scope) return ;;
        --blob-scope) return ;;
        --spec) mapfile -t COMPREPLY < <(compgen -W '2.0 2.1 any' -- "$current"); return ;;
        --color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        --progress) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        --timeout) return ;;
        --profile) return ;;
        --generate) mapfile -t COMPREPLY < <(compgen -W 'man bash zsh fish' -- "$current"); return ;;
    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W '--url --api-root --collection --user --password-file --bearer-file --api-token-file --header-file --secret-variable --secret-command --oauth-token-url --oauth-client-id --oauth-secret-file --oauth-scope --tls-certificate --tls-key --tls-password-file --server-ca-file --no-verify-tls --proxy --tries --taxii --output --format --tz --typed --csv-safe --no-pager --line-buffered --exit-status --match --added-after --limit --overlap --interval --verify --append --from-start --shape --objects --raw --source --conjunctions --default-ttl --max-tlp --refang --now --reset --min-confidence --unscored --body --push --action --sentinel-workspace --upload-url --dry-run --apply --yes --max-targets --plan --resume --reason --no-input --cloud --all-profiles --tenant --auth --client-id --client-secret-file --client-certificate --client-key --certificate-password-file --assertion-alg --send-x5c --token-file --no-token-cache --ca-file --retries --login-url --graph-url --mde-url --arm-url --logs-url --adx-url --blob-url --spec --flatten --help --version --quiet --verbose --color --progress --timeout --profile --show-config' -- "$current")
        return
    fi
    if [[ $COMP_CWORD -eq 1 ]]; then
        mapfile -t COMPREPLY < <(compgen -f -W 'collections pull state export report check convert patterns' -- "$current")
        return
    fi
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
}
complete -o filenames -F _taxii_pull taxii-pull
