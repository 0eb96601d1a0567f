# bash completion for hq, made by: hq --generate bash
_hq() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
    fi
    case $previous in
        --query-file|-F) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --param) return ;;
        --now) return ;;
        --table) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --watchlist) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --schema) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --sample) return ;;
        --input-format) mapfile -t COMPREPLY < <(compgen -W 'auto ndjson json csv tsv' -- "$current"); return ;;
        --max-line) return ;;
        --assume-prompt) return ;;
        --functions) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --bad-lines) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --threads) return ;;
        --memory-limit) return ;;
        --output|-o) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --format|-f) mapfile -t COMPREPLY < <(compgen -W 'table ndjson csv tsv json markdown html list' -- "$current"); return ;;
        --tz) return ;;
        --color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        --progress) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current"); return ;;
        --timeout) return ;;
        --profile) return ;;
        --generate) mapfile -t COMPREPLY < <(compgen -W 'man bash zsh fish' -- "$current"); return ;;
    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W '--query-file --param --now --table --watchlist --schema --sample --input-format --max-line --assume-prompt --functions --strict --bad-lines --allow-external --follow --threads --memory-limit --stats --output --format --tz --typed --csv-safe --no-pager --line-buffered --exit-status --missing --manual --help --version --quiet --verbose --color --progress --timeout --profile --show-config' -- "$current")
        return
    fi
    if [[ $COMP_CWORD -eq 1 ]]; then
        mapfile -t COMPREPLY < <(compgen -f -W 'check explain schema format functions' -- "$current")
        return
    fi
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
}
complete -o filenames -F _hq hq
