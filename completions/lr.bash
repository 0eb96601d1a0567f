# bash completion for lr, made by: lr --generate bash
_lr() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
    fi
    case $previous in
        --devices) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --machine|-m) return ;;
        --tag) return ;;
        --filter) return ;;
        --max-sessions) return ;;
        --pending-timeout) return ;;
        --give-up-after) return ;;
        --out-dir) return ;;
        --max-file) return ;;
        --archive) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --password-file) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
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
        --output|-o) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --format|-f) mapfile -t COMPREPLY < <(compgen -W 'table ndjson csv tsv json markdown html list' -- "$current"); return ;;
        --tz) return ;;
        --type) return ;;
        --sha1) return ;;
        --script) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --last) return ;;
        --color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        --progress) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        --timeout) return ;;
        --profile) return ;;
        --generate) mapfile -t COMPREPLY < <(compgen -W 'man bash zsh fish' -- "$current"); return ;;
    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W '--devices --machine --all-matches --tag --filter --max-sessions --pending-timeout --give-up-after --out-dir --max-file --archive --password-file --dry-run --apply --yes --max-targets --plan --resume --reason --no-input --cloud --all-profiles --tenant --auth --client-id --client-secret-file --client-certificate --client-key --certificate-password-file --assertion-alg --send-x5c --token-file --no-token-cache --ca-file --retries --login-url --graph-url --mde-url --arm-url --logs-url --adx-url --blob-url --output --format --tz --typed --csv-safe --no-pager --line-buffered --exit-status --type --sha1 --script --last --help --version --quiet --verbose --color --progress --timeout --profile --show-config' -- "$current")
        return
    fi
    if [[ $COMP_CWORD -eq 1 ]]; then
        mapfile -t COMPREPLY < <(compgen -f -W 'run check status report cancel collect library action quarantine undo machines whoami verify' -- "$current")
        return
    fi
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
}
complete -o filenames -F _lr lr
