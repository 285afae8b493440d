# shellcheck shell=bash
# An OpenSearch node for tests, as functions to be sourced by services.sh.
#
#   start_opensearch FOLDER   a node on loopback with its programs and data in FOLDER; prints the line to export
#   stop_opensearch FOLDER    stops it; the data stays
#
# The node comes as an artefact of Maven's, without any plugin, and needs Java 11 or later. It refuses to run as root:
# then a user made for it, `rawi-node`, runs it.

OPENSEARCH_VERSION="${OPENSEARCH_VERSION:-2.19.6}"
OPENSEARCH_PORT="${OPENSEARCH_PORT:-}"

start_opensearch() {
    local folder
    [ -n "${1:-}" ] && mkdir -p "$1" && folder="$(cd "$1" && pwd -P)" || return 1
    _install_java && _fetch_opensearch "$folder" && _run_opensearch "$folder" || return 1
    echo "export RAWI_TEST_OPENSEARCH='http://127.0.0.1:$(cat "$folder/port")'"
}

stop_opensearch() {
    local folder="${1:-}" pid tries
    if ! _node_runs "$folder"; then
        _note "no OpenSearch is running in $folder"
        return 0
    fi
    pid="$(cat "$folder/pid")"
    kill "$pid"
    for tries in $(seq 60); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.5
    done
    kill -9 "$pid"
}

_install_java() {
    command -v java >/dev/null && command -v mvn >/dev/null && command -v unzip >/dev/null && return 0
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        _note "OpenSearch needs Java, Maven and unzip: install them (Debian: apt-get install default-jre-headless maven unzip),"
        _note "or let RAWI_TEST_OPENSEARCH name a node of yours"
        return 1
    fi
    _note "installing Java and Maven"
    (export DEBIAN_FRONTEND=noninteractive
     apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jre-headless maven unzip) >&2 </dev/null
}

_fetch_opensearch() {
    local folder="$1" name="opensearch-$OPENSEARCH_VERSION"
    [ -f "$folder/$name/complete" ] && return 0
    _note "fetching OpenSearch $OPENSEARCH_VERSION"
    rm -rf "${folder:?}/$name" "$folder/$name.zip"
    mvn -q -B dependency:copy -DoutputDirectory="$folder" \
        -Dartifact="org.opensearch.distribution.integ-test-zip:opensearch:$OPENSEARCH_VERSION:zip" >&2 </dev/null \
        && unzip -q "$folder/$name.zip" -d "$folder" && rm "$folder/$name.zip" && touch "$folder/$name/complete"
}

# The process of the node, and not another that got its number after the node had died.
_node_runs() {
    [ -f "${1:-}/pid" ] && tr '\0' ' ' <"/proc/$(cat "$1/pid")/cmdline" 2>/dev/null | grep -q "$1"
}

_node_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

_free_port() {
    local port
    for port in $(seq 9210 9290); do
        _node_answers "$port" || { echo "$port" && return 0; }
    done
    return 1
}

_run_opensearch() {
    local folder="$1" port tries as=()
    _node_runs "$folder" && return 0
    port="${OPENSEARCH_PORT:-$(_free_port)}" || return 1
    if [ "$(id -u)" -eq 0 ]; then
        id -u rawi-node >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin rawi-node || return 1
        chown -R rawi-node "$folder" || return 1
        as=(runuser -u rawi-node --)
    fi
    _note "starting OpenSearch on 127.0.0.1:$port"
    rm -f "$folder/pid"
    # The node must not hold our standard output open, or `$(start_opensearch …)` would never end.
    (cd "$folder" && OPENSEARCH_JAVA_HOME="$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")" \
        OPENSEARCH_JAVA_OPTS="-Xms512m -Xmx512m" \
        "${as[@]}" "$folder/opensearch-$OPENSEARCH_VERSION/bin/opensearch" -d -p "$folder/pid" \
        -Ecluster.name=rawi-tests -Ediscovery.type=single-node -Enetwork.host=127.0.0.1 -Ehttp.port="$port" \
        -Etransport.port="$((port + 200))" -Epath.data="$folder/data" -Epath.logs="$folder/logs" \
        >"$folder/start.log" 2>&1 </dev/null)
    for tries in $(seq 120); do
        if _node_runs "$folder" && _node_answers "$port"; then
            echo "$port" >"$folder/port"
            return 0
        fi
        sleep 0.5
    done
    tail -n 20 "$folder/start.log" >&2
    _note "OpenSearch did not start: see above; another port can be given in OPENSEARCH_PORT"
    return 1
}
