# bash completion for etl-report, made by: etl-report --generate bash
_etl_report() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
    fi
    case $previous in
        --top-files) return ;;
        --top-scans-per-file) return ;;
        --top-processes-per-file) return ;;
        --top-scans-per-process-per-file) return ;;
        --top-paths) return ;;
        --top-files-per-path) return ;;
        --top-scans-per-file-per-path) return ;;
        --top-extensions-per-path) return ;;
        --top-scans-per-extension-per-path) return ;;
        --top-scans-per-path) return ;;
        --top-processes-per-path) return ;;
        --top-scans-per-process-per-path) return ;;
        --top-extensions) return ;;
        --top-scans-per-extension) return ;;
        --top-files-per-extension) return ;;
        --top-scans-per-file-per-extension) return ;;
        --top-processes-per-extension) return ;;
        --top-scans-per-process-per-extension) return ;;
        --top-paths-per-extension) return ;;
        --top-scans-per-path-per-extension) return ;;
        --top-processes) return ;;
        --top-scans-per-process) return ;;
        --top-files-per-process) return ;;
        --top-scans-per-file-per-process) return ;;
        --top-extensions-per-process) return ;;
        --top-scans-per-extension-per-process) return ;;
        --top-paths-per-process) return ;;
        --top-scans-per-path-per-process) return ;;
        --top-scans) return ;;
        --top-paths-depth) return ;;
        --min-duration) return ;;
        --min-start-time) return ;;
        --max-start-time) return ;;
        --min-end-time) return ;;
        --max-end-time) return ;;
        --nested) mapfile -t COMPREPLY < <(compgen -W 'comments separate' -- "$current"); return ;;
        --output|-o) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        --format|-f) mapfile -t COMPREPLY < <(compgen -W 'table ndjson csv tsv json markdown html list' -- "$current"); return ;;
        --tz) return ;;
        --top) return ;;
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
        mapfile -t COMPREPLY < <(compgen -W '--top-files --top-scans-per-file --top-processes-per-file --top-scans-per-process-per-file --top-paths --top-files-per-path --top-scans-per-file-per-path --top-extensions-per-path --top-scans-per-extension-per-path --top-scans-per-path --top-processes-per-path --top-scans-per-process-per-path --top-extensions --top-scans-per-extension --top-files-per-extension --top-scans-per-file-per-extension --top-processes-per-extension --top-scans-per-process-per-extension --top-paths-per-extension --top-scans-per-path-per-extension --top-processes --top-scans-per-process --top-files-per-process --top-scans-per-file-per-process --top-extensions-per-process --top-scans-per-extension-per-process --top-paths-per-process --top-scans-per-path-per-process --top-scans --overview --top-paths-depth --min-duration --min-start-time --max-start-time --min-end-time --max-end-time --nested --raw --output --format --tz --typed --csv-safe --no-pager --line-buffered --exit-status --top --manifest --provider --id --pid --from --to --help --version --quiet --verbose --color --progress --timeout --profile --show-config' -- "$current")
        return
    fi
    if [[ $COMP_CWORD -eq 1 ]]; then
        mapfile -t COMPREPLY < <(compgen -f -W 'report scans diff info providers events dump' -- "$current")
        return
    fi
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
}
complete -o filenames -F _etl_report etl-report
