# bash completion for etl-report, made by: etl-report --generate bash
_etl_report() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
    fi
    case $previous in
        --output|-o) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --format|-f) mapfile -t COMPREPLY < <(compgen -W 'table ndjson csv tsv json markdown list' -- "$current"); return ;;
        --tz) return ;;
        --manifest) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --provider) return ;;
        --id) return ;;
        --pid) return ;;
        --from) return ;;
        --to) return ;;
        --color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        --progress) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        --timeout) return ;;
        --profile) return ;;
        --generate) mapfile -t COMPREPLY < <(compgen -W 'man bash zsh fish' -- "$current"); return ;;
    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W '--output --format --tz --typed --csv-safe --no-pager --line-buffered --exit-status --manifest --provider --id --pid --from --to --help --version --quiet --verbose --color --progress --timeout --profile --show-config' -- "$current")
        return
    fi
    if [[ $COMP_CWORD -eq 1 ]]; then
        mapfile -t COMPREPLY < <(compgen -f -W 'info providers events dump' -- "$current")
        return
    fi
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
}
complete -o filenames -F _etl_report etl-report
