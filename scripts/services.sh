# shellcheck shell=bash
# Servers that some tests need, as functions to be sourced: `./do services` and CI call them.
#
#   start_postgresql FOLDER   a PostgreSQL on loopback with its data in FOLDER; prints the line to export
#   stop_postgresql FOLDER    stops it; the data stays
#
# Both may be called again at any time. Only the line to export goes to standard output, so that
#   eval "$(start_postgresql FOLDER)"
# sets the variable; everything else goes to standard error.
#
# The role `rawi` owns one database and is no superuser; the superuser's password is random and stays in FOLDER.
# The server keeps nothing safe from a power cut (fsync is off): it is for tests only.

POSTGRESQL_PORT="${POSTGRESQL_PORT:-5433}"

start_postgresql() {
    local folder url
    folder="$(_services_folder "${1:-}")" || return 1
    url="postgresql+psycopg://rawi:rawi@127.0.0.1:${POSTGRESQL_PORT}/rawi_test"
    _install_postgresql && _make_cluster "$folder" && _run_cluster "$folder" && _make_database "$folder" || return 1
    echo "export RAWI_TEST_POSTGRESQL='$url'"
}

stop_postgresql() {
    local folder="${1:-}"
    [ ! -d "$folder" ] || folder="$(_services_folder "$folder")" || return 1
    if [ ! -f "$folder/data/PG_VERSION" ] || ! _is_running "$folder"; then
        _note "no PostgreSQL is running in $folder"
        return 0
    fi
    _as_postgres "$folder" "$(_postgresql_bin)/pg_ctl" stop -D "$folder/data" -m fast -w -t 60 >&2
}

_note() { echo "services: $*" >&2; }

_services_folder() {
    if [ -z "${1:-}" ]; then
        _note "give the folder in which PostgreSQL shall keep its data"
        return 1
    fi
    mkdir -p "$1" && (cd "$1" && pwd -P)
}

# The folder of the newest server's programs; Debian keeps them out of PATH.
_postgresql_bin() {
    local newest
    newest="$(find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)"
    [ -n "$newest" ] || newest="$(command -v initdb || true)"
    [ -n "$newest" ] && dirname "$newest"
}

_install_postgresql() {
    _postgresql_bin >/dev/null && return 0
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        _note "PostgreSQL is not installed: install it (Debian: apt-get install postgresql),"
        _note "or let RAWI_TEST_POSTGRESQL name a server of yours"
        return 1
    fi
    _note "installing PostgreSQL"
    # Debian's package would make and start a server of its own on port 5432; nobody asked for that one.
    local settings=/etc/postgresql-common/createcluster.d
    mkdir -p "$settings" && echo "create_main_cluster = false" >"$settings/rawi-tests.conf"
    (export DEBIAN_FRONTEND=noninteractive
     apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql) >&2 </dev/null
    local status=$?
    rm -f "$settings/rawi-tests.conf"
    if [ $status -ne 0 ] || ! _postgresql_bin >/dev/null; then
        _note "PostgreSQL could not be installed: see above"
        return 1
    fi
}

# PostgreSQL refuses to run as root: then the user whom Debian's package made runs it.
_as_postgres() {
    local folder="$1"
    shift
    if [ "$(id -u)" -eq 0 ]; then
        (cd "$folder" && runuser -u postgres -- "$@")
    else
        (cd "$folder" && "$@")
    fi
}

_is_running() { _as_postgres "$1" "$(_postgresql_bin)/pg_ctl" status -D "$1/data" >/dev/null 2>&1; }

_make_cluster() {
    local folder="$1"
    [ -f "$folder/data/PG_VERSION" ] && [ -f "$folder/password" ] && return 0
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres "$folder" || return 1
        if ! runuser -u postgres -- test -w "$folder"; then
            _note "the user postgres cannot reach $folder: give a folder that is open to others, below /tmp for example"
            return 1
        fi
    fi
    _note "making a PostgreSQL cluster in $folder"
    # Whatever an interrupted start left behind is no cluster yet.
    rm -rf "${folder:?}/data" "$folder/password"
    (umask 077 && head -c 24 /dev/urandom | base64 >"$folder/password") || return 1
    [ "$(id -u)" -ne 0 ] || chown postgres "$folder/password" || return 1
    if ! _as_postgres "$folder" "$(_postgresql_bin)/initdb" -D "$folder/data" -U postgres --encoding=UTF8 --locale=C \
        --auth=scram-sha-256 --pwfile="$folder/password" >"$folder/initdb.log" 2>&1; then
        cat "$folder/initdb.log" >&2
        rm -rf "${folder:?}/data"
        return 1
    fi
}

_answers() { "$(_postgresql_bin)/pg_isready" -q -h 127.0.0.1 -p "$POSTGRESQL_PORT"; }

_run_cluster() {
    local folder="$1" tries
    # A server that was killed a moment ago may still seem to run, and one that was started may not answer yet.
    for tries in 1 2 3 4 5 6 7 8 9 10; do
        _is_running "$folder" || break
        _answers && return 0
        [ "$tries" -eq 10 ] || sleep 0.5
    done
    _note "starting PostgreSQL on 127.0.0.1:$POSTGRESQL_PORT"
    local settings="-c listen_addresses=127.0.0.1 -c port=$POSTGRESQL_PORT -c unix_socket_directories=''"
    settings+=" -c fsync=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB"
    # The server must not hold our standard output open, or `$(start_postgresql …)` would never end.
    if ! _as_postgres "$folder" "$(_postgresql_bin)/pg_ctl" start -D "$folder/data" -l "$folder/server.log" \
        -o "$settings" -w -t 60 >/dev/null 2>&1 </dev/null; then
        tail -n 20 "$folder/server.log" >&2
        _note "PostgreSQL did not start: see above; another port can be given in POSTGRESQL_PORT"
        return 1
    fi
}

# The role, and a database that sorts as a reader would (ICU), as on most servers: ours must not depend on it.
_make_database() {
    local folder="$1" bin locale=""
    bin="$(_postgresql_bin)"
    if [ "$(cut -d. -f1 "$folder/data/PG_VERSION")" -ge 15 ]; then
        locale="LOCALE_PROVIDER icu ICU_LOCALE 'und'"
    fi
    PGPASSWORD="$(cat "$folder/password")" "$bin/psql" -X -q -v ON_ERROR_STOP=1 \
        -h 127.0.0.1 -p "$POSTGRESQL_PORT" -U postgres -d postgres >&2 <<SQL
SELECT 'CREATE ROLE rawi LOGIN PASSWORD ''rawi''' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rawi') \gexec
SELECT 'CREATE DATABASE rawi_test OWNER rawi TEMPLATE template0 $(printf %s "$locale" | sed "s/'/''/g")'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'rawi_test') \gexec
SQL
}

# Everything at once, as `./do services` does it: the lines to export are left in the file .services, which `./do test` reads.
SERVICES_FOLDER="${RAWI_SERVICES:-/tmp/rawi-services}"

start_services() {
    start_postgresql "$SERVICES_FOLDER/postgresql" >.services || return 1
    start_opensearch "$SERVICES_FOLDER/opensearch" >>.services || return 1
    _find_chromium || _install_chromium || return 1
    _note "the lines for your own shell are in .services; './do test' reads it by itself"
}

stop_services() {
    stop_postgresql "$SERVICES_FOLDER/postgresql"
    stop_opensearch "$SERVICES_FOLDER/opensearch"
    rm -f .services
}

_find_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null; }

_install_chromium() {
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        _note "Chromium is not installed: install it (Debian: apt-get install chromium fonts-noto-core)"
        return 1
    fi
    _note "installing Chromium"
    (export DEBIAN_FRONTEND=noninteractive
     apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core) >&2 </dev/null
}
