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
        --fail-on) mapfile -t COMPREPLY < <(compgen -W 'none low medium high critical' -- "$current"); return ;;
        --explain) return ;;
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
        --color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        --progress) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        --timeout) return ;;
        --profile) return ;;
        --generate) mapfile -t COMPREPLY < <(compgen -W 'man bash zsh fish' -- "$current"); return ;;
    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W '--rows --min-risk --fail-on --explain --permissions --allow --business-hours --burst-users --burst-window --young-days --now --threads --max-line --strict --output --format --tz --typed --csv-safe --no-pager --line-buffered --exit-status --from --help --version --quiet --verbose --color --progress --timeout --profile --show-config' -- "$current")
        return
    fi
    if [[ $COMP_CWORD -eq 1 ]]; then
        mapfile -t COMPREPLY < <(compgen -f -W 'events settings grants rules' -- "$current")
        return
    fi
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
}
complete -o filenames -F _consent_audit consent-audit
