# bash completion for consent-audit, made by: consent-audit --generate bash
_consent_audit() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
    fi
    case $previous in
        --min-risk) mapfile -t COMPREPLY < <(compgen -W 'none low medium high critical' -- "$current"); return ;;
        --explain) return ;;
        --fail-on) mapfile -t COMPREPLY < <(compgen -W 'none low medium high critical' -- "$current"); return ;;
        --permissions) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --allow) return ;;
        --business-hours) return ;;
        --burst-users) return ;;
        --burst-window) return ;;
        --young-days) return ;;
        --now) return ;;
        --threads) return ;;
        --max-line) return ;;
        --output|-o) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --format|-f) mapfile -t COMPREPLY < <(compgen -W 'table ndjson csv tsv json markdown html list' -- "$current"); return ;;
        --tz) return ;;
        --from) return ;;
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
        --user-consent) mapfile -t COMPREPLY < <(compgen -W 'off low' -- "$current"); return ;;
        --case) return ;;
        --max-targets) return ;;
        --plan) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --resume) return ;;
        --reason) return ;;
        --last) return ;;
        --color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        --progress) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        --timeout) return ;;
        --profile) return ;;
        --generate) mapfile -t COMPREPLY < <(compgen -W 'man bash zsh fish' -- "$current"); return ;;
    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W '--rows --min-risk --explain --fail-on --permissions --allow --business-hours --burst-users --burst-window --young-days --now --threads --max-line --strict --output --format --tz --typed --csv-safe --no-pager --line-buffered --exit-status --from --cloud --all-profiles --tenant --auth --client-id --client-secret-file --client-certificate --client-key --certificate-password-file --assertion-alg --send-x5c --token-file --no-token-cache --ca-file --retries --login-url --graph-url --mde-url --arm-url --logs-url --adx-url --blob-url --final --first-party --require-assignment --user-consent --remove-secrets --case --dry-run --apply --yes --max-targets --plan --resume --reason --no-input --last --help --version --quiet --verbose --color --progress --timeout --profile --show-config' -- "$current")
        return
    fi
    if [[ $COMP_CWORD -eq 1 ]]; then
        mapfile -t COMPREPLY < <(compgen -f -W 'events settings grants export respond undo timeline verify whoami rules' -- "$current")
        return
    fi
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
}
complete -o filenames -F _consent_audit consent-audit
