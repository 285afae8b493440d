#!/usr/bin/env bash
# The one script of this house. `./do` alone lists what it does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly VENV=.venv

usage() {
    cat <<'TEXT'
./do demo [--once] [--port N]  the made-up press, gathered live and shown on a site (needs nothing but Python)
./do test [PYTEST OPTIONS]     all tests; those that need a missing service say so and are skipped
./do check                     formatter, linter, types
./do fix                       what formatter and linter can mend by themselves
./do bench NAME                a benchmark of bench/ (extract, feeds, fetch, headline_language, hostile_pages, import, keep, memory,
                               name_variants, pictures, poll, press, rebuild, schedule, search, search_ar, sections, serve, warc), or what trains a model
                               (train_headlines, train_sections, train_stems, train_text)
./do services                  installs and starts what the server shape's tests need (PostgreSQL, OpenSearch, Chromium)
./do services stop             stops it
./do serve | rawi …            the command `rawi` itself, from this folder
./do setup                     only the environment that the others run in
TEXT
}

die() {
    printf '%s\n' "./do: $*" >&2
    exit 3
}

python3_of_system() {
    local candidate
    for candidate in python3 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 \
            && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    die "Python 3.11 or later is needed, and not here (Debian: apt install python3)"
}

# Debian parts venv from Python: where it is missing, root can have it at once.
make_venv() {
    local python
    python=$(python3_of_system)
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 \
            || die "this Python has no venv module: run 'apt install python3-venv' as root, then this again"
        echo "installing python3-venv" >&2
        apt-get update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >&2
    fi
    rm -rf "$VENV"
    "$python" -m venv "$VENV"
}

# Installs Rawi (with the extras given) into the environment, once for each state of pyproject.toml.
setup() {
    local extras=$1 wanted
    [ -x "$VENV/bin/python" ] && "$VENV/bin/python" -c '' 2>/dev/null || make_venv
    wanted="$extras $(cksum <pyproject.toml)"
    if [ "$(cat "$VENV/rawi-$extras" 2>/dev/null || true)" != "$wanted" ]; then
        echo "installing Rawi and what it needs into $VENV" >&2
        "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --editable ".${extras:+[$extras]}" >&2
        printf '%s' "$wanted" >"$VENV/rawi-$extras"
    fi
}

services() {
    # shellcheck source=scripts/services.sh
    source scripts/services.sh
    # shellcheck source=scripts/opensearch.sh
    source scripts/opensearch.sh
    case ${1:-start} in
        start) start_services ;;
        stop) stop_services ;;
        *) die "services: start or stop" ;;
    esac
}

main() {
    local verb=${1:-}
    [ $# -gt 0 ] && shift
    case $verb in
        demo) setup "" && exec "$VENV/bin/rawi" demo "$@" ;;
        rawi) setup "" && exec "$VENV/bin/rawi" "$@" ;;
        serve) setup "" && exec "$VENV/bin/rawi" serve "$@" ;;
        setup) setup dev ;;
        test)
            setup dev
            [ ! -f .services ] || source ./.services
            exec "$VENV/bin/python" -m pytest "$@"
            ;;
        check)
            setup dev
            "$VENV/bin/ruff" format --check src tests bench
            "$VENV/bin/ruff" check src tests bench
            "$VENV/bin/mypy"
            ;;
        fix)
            setup dev
            "$VENV/bin/ruff" check --fix src tests bench
            "$VENV/bin/ruff" format src tests bench
            ;;
        bench)
            setup dev
            [ -f "bench/${1:-}.py" ] || die "bench: choose one of $(cd bench && echo *.py | sed 's/\.py//g')"
            exec "$VENV/bin/python" "bench/$1.py" "${@:2}"
            ;;
        services) services "$@" ;;
        "" | help | --help | -h) usage ;;
        *)
            usage >&2
            exit 2
            ;;
    esac
}

main "$@"
