#!/usr/bin/env bash
# Runs docker-compose.yml for real on a machine that reaches no image registry: a Docker daemon of its own in a network
# namespace, and stand-ins under the names of the upstream images, made from Debian's packages, the JDK of this machine
# and Kafka's jars. The images of the four services are the real ones, built by deploy/images/Dockerfile.
#
#   ./mvnw -q -Dquick -DskipTests package && deploy/verify-compose.sh
#
# Needs root, Debian, a JDK 25 in JAVA_HOME, the packages docker.io, debootstrap, iptables and curl, and jq; some 3 GB of disk.
# Prints a line per check and ends with 0 only if all of them hold. Everything it started is gone when it ends;
# the stand-in images stay in $JARVIX_VERIFY_FOLDER (default /var/tmp/jarvix-verify) for the next time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

urls=${URLS:-3000}
folder=${JARVIX_VERIFY_FOLDER:-/var/tmp/jarvix-verify}
tools=${JARVIX_CHECK_TOOLS:-$HOME/.cache/jarvix/check-tools}
namespace=jarvix-verify
kafka_version=$(sed -n 's/.*<kafka.version>\(.*\)<.*/\1/p' pom.xml)
started=$SECONDS

say() { printf '%4d s  %s\n' $((SECONDS - started)) "$*"; }
fail() { say "FAILED: $*"; exit 1; }

[[ $(id -u) == 0 ]] || { echo "verify-compose.sh needs root" >&2; exit 2; }
for program in dockerd debootstrap iptables nsenter curl jq; do
    command -v $program >/dev/null || { echo "verify-compose.sh needs $program: apt-get install docker.io debootstrap iptables util-linux curl jq" >&2; exit 2; }
done
[[ -x ${JAVA_HOME:-}/bin/jlink ]] || { echo "verify-compose.sh needs JAVA_HOME to be a JDK 25" >&2; exit 2; }
for service in api-gateway collector-service scoring-service pdf-service; do
    [[ -e $service/target/quarkus-app/quarkus-run.jar ]] || { echo "package first: ./mvnw -q -Dquick -DskipTests package" >&2; exit 2; }
done
deploy/install-check-tools.sh
mkdir -p "$folder"

# --- a Docker daemon of our own, without a way out
export DOCKER_HOST=unix://$folder/docker.sock DOCKER_CONFIG=$tools
docker=$tools/bin/docker
compose() {
    "$docker" compose --project-directory . --file docker-compose.yml --file deploy/verify/compose.yml --profile monitoring "$@"
}
export JARVIX_ADMIN_KEY=jvx_verify-compose-key-of-its-own
http() { nsenter --net=/run/netns/$namespace curl --silent --show-error --max-time 60 --header "X-API-Key: $JARVIX_ADMIN_KEY" "$@"; }

cleanup() {
    code=$?
    if [[ $code != 0 ]]; then
        compose ps --all || true
        compose logs --tail 60 > "$folder/failed.log" 2>&1 && say "logs: $folder/failed.log" || true
    fi
    compose down --volumes --remove-orphans >/dev/null 2>&1 || true
    [[ -e $folder/docker.pid ]] && kill "$(cat "$folder/docker.pid")" 2>/dev/null && wait 2>/dev/null
    ip netns delete $namespace 2>/dev/null || true
    exit $code
}
trap cleanup EXIT
if [[ -e $folder/docker.pid ]] && kill -0 "$(cat "$folder/docker.pid")" 2>/dev/null; then
    trap - EXIT
    echo "verify-compose.sh is under way already, in process $(cat "$folder/docker.pid")" >&2
    exit 2
fi
# What a run that was killed left behind.
rm -f "$folder/docker.pid"
ip netns delete $namespace 2>/dev/null || true
ip netns add $namespace
ip -n $namespace link set lo up
nsenter --net=/run/netns/$namespace -- dockerd --data-root "$folder/data" --exec-root "$folder/exec" -H "$DOCKER_HOST" \
    --pidfile "$folder/docker.pid" --default-ulimit nofile=20000:20000 >"$folder/dockerd.log" 2>&1 &
for _ in $(seq 60); do "$docker" info >/dev/null 2>&1 && break; sleep 0.5; done
"$docker" info >/dev/null || fail "the Docker daemon did not start: $folder/dockerd.log"
compose down --volumes --remove-orphans >/dev/null 2>&1 || true

# --- stand-ins
have() { "$docker" image inspect "$1" >/dev/null 2>&1; }
# The classic builder: it needs no plugin.
build() { DOCKER_BUILDKIT=0 "$docker" build --quiet --tag "$1" "$2" >"$folder/build-stand-in.log" 2>&1 || fail "$1: $folder/build-stand-in.log"; }

if ! have debian:13-slim; then
    say "stand-in debian:13-slim, by debootstrap"
    rm -rf "$folder/debian"
    debootstrap --variant=minbase --include=bash,ca-certificates trixie "$folder/debian" >"$folder/debootstrap.log"
    tar -C "$folder/debian" -c . | "$docker" import - debian:13-slim >/dev/null
fi
if ! have eclipse-temurin:25-jdk; then
    say "stand-in eclipse-temurin:25-jdk, from $JAVA_HOME"
    rm -rf "$folder/jdk" && mkdir -p "$folder/jdk" && cp -aL "$JAVA_HOME" "$folder/jdk/openjdk"
    cat >"$folder/jdk/Dockerfile" <<'D'
FROM debian:13-slim
COPY openjdk /opt/java/openjdk
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
D
    build eclipse-temurin:25-jdk "$folder/jdk"
fi
if ! have "apache/kafka:$kafka_version"; then
    say "stand-in apache/kafka:$kafka_version, from Kafka's jars and its KafkaDockerWrapper"
    mkdir -p "$folder/kafka"
    cat >"$folder/kafka/pom.xml" <<D
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>stand</groupId>
<artifactId>in</artifactId><version>1</version><dependencies><dependency><groupId>org.apache.kafka</groupId>
<artifactId>kafka_2.13</artifactId><version>$kafka_version</version></dependency><dependency><groupId>org.slf4j</groupId>
<artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency></dependencies></project>
D
    ./mvnw -q -B -f "$folder/kafka/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$folder/kafka/libs"
    cat >"$folder/kafka/run" <<'D'
#!/usr/bin/env bash
# As the image's own scripts do: KAFKA_* to server.properties and the format of a new folder, then the broker.
classpath='/opt/kafka/libs/*'
result=$(java -cp "$classpath" kafka.docker.KafkaDockerWrapper setup --default-configs-dir /etc/kafka/docker \
    --mounted-configs-dir /mnt/shared/config --final-configs-dir /opt/kafka/config 2>&1) \
    || grep -qi "already formatted" <<<"$result" || { echo "$result"; exit 1; }
exec java ${KAFKA_HEAP_OPTS:--Xmx1G} -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$classpath" kafka.Kafka /opt/kafka/config/server.properties
D
    chmod 755 "$folder/kafka/run"
    mkdir -p "$folder/kafka/docker" && touch "$folder/kafka/docker/"{server.properties,log4j2.yaml,tools-log4j2.yaml}
    cat >"$folder/kafka/Dockerfile" <<'D'
FROM eclipse-temurin:25-jdk
RUN useradd --uid 1000 appuser && mkdir -p /opt/kafka/config /mnt/shared/config /var/lib/kafka/data \
    && chown -R appuser /opt/kafka /mnt/shared/config /var/lib/kafka
COPY docker /etc/kafka/docker
COPY run /etc/kafka/docker/run
COPY libs /opt/kafka/libs
USER appuser
VOLUME ["/var/lib/kafka/data"]
CMD ["/etc/kafka/docker/run"]
D
    build "apache/kafka:$kafka_version" "$folder/kafka"
fi
if ! have postgres:17; then
    say "stand-in postgres:17, from Debian's postgresql-17"
    rm -rf "$folder/postgres-root"
    debootstrap --variant=minbase --include=bash,postgresql-17 trixie "$folder/postgres-root" >"$folder/debootstrap-postgres.log"
    mkdir -p "$folder/postgres"
    tar -C "$folder/postgres-root" -c . | "$docker" import - postgres-root:17 >/dev/null
    cat >"$folder/postgres/entrypoint" <<'D'
#!/usr/bin/env bash
set -eu
if [[ ! -s $PGDATA/PG_VERSION ]]; then
    initdb --username="$POSTGRES_USER" --pwfile=<(echo "$POSTGRES_PASSWORD") --auth-host=scram-sha-256 --encoding=UTF8 >/dev/null
    echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
    pg_ctl --wait --options="-c listen_addresses=" start >/dev/null
    psql --username="$POSTGRES_USER" --dbname=postgres --command="CREATE DATABASE $POSTGRES_DB"
    pg_ctl --wait stop >/dev/null
fi
exec postgres -c listen_addresses='*'
D
    chmod 755 "$folder/postgres/entrypoint"
    cat >"$folder/postgres/Dockerfile" <<'D'
FROM postgres-root:17
ENV PATH=/usr/lib/postgresql/17/bin:/usr/sbin:/usr/bin:/sbin:/bin PGDATA=/var/lib/postgresql/data
RUN groupmod --gid 999 postgres && usermod --uid 999 --gid 999 postgres \
    && install -d -o 999 -g 999 -m 1777 /var/lib/postgresql/data && install -d -o 999 -g 999 -m 3777 /var/run/postgresql
COPY entrypoint /usr/local/bin/
VOLUME ["/var/lib/postgresql/data"]
STOPSIGNAL SIGINT
ENTRYPOINT ["/usr/local/bin/entrypoint"]
D
    build postgres:17 "$folder/postgres"
fi
prometheus_image=$(sed -n 's/^ *image: \(prom\/prometheus:.*\)/\1/p' docker-compose.yml)
if ! have "$prometheus_image"; then
    say "stand-in $prometheus_image, from Debian's prometheus"
    mkdir -p "$folder/prometheus/lists/partial" "$folder/prometheus/archives/partial"
    (
        cd "$folder/prometheus"
        echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main" >sources.list
        options=(-qq -o Dir::Etc::sourcelist="$PWD/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$PWD/lists"
            -o Dir::State::status=/dev/null -o Dir::Cache="$PWD" -o APT::Sandbox::User=root)
        apt-get "${options[@]}" update && apt-get "${options[@]}" download prometheus promtool
        for package in *.deb; do dpkg -x "$package" root; done
    )
    cat >"$folder/prometheus/Dockerfile" <<'D'
FROM debian:13-slim
COPY root/usr/bin/prometheus root/usr/bin/promtool /usr/local/bin/
RUN install -d -o 65534 -g 65534 /prometheus
USER 65534
ENTRYPOINT ["prometheus"]
D
    build "$prometheus_image" "$folder/prometheus"
fi

# --- the images of the four services, and the stack
say "images of the four services"
compose build >"$folder/build.log" 2>&1 || fail "docker compose build: $folder/build.log"
"$docker" images --format '{{.Repository}}:{{.Tag}} {{.Size}}' | grep '^jarvix/' | sort

export JARVIX_ALLOWED_PRIVATE_CIDRS=172.16.0.0/12
say "docker compose up --wait"
compose up --detach --wait --wait-timeout 600 --pull never \
    kafka postgres api-gateway collector-service scoring-service pdf-service prometheus origin >"$folder/up.log" 2>&1 \
    || fail "not healthy: $(tail -n 3 "$folder/up.log")"
say "the whole stack is healthy"

for service in api-gateway collector-service scoring-service pdf-service; do
    identity=$(compose exec -T $service bash -c 'id -u; touch /app/x 2>/dev/null && echo writable || echo read-only; grep -c "^CapEff:.0*$" /proc/self/status' | paste -sd' ')
    [[ $identity == "10001 read-only 1" ]] || fail "$service runs as: $identity"
done
say "services run as user 10001, on a read-only root, without capabilities"
for service in api-gateway collector-service scoring-service pdf-service; do
    compose exec -T $service /opt/java/bin/java @/app/java-options -XX:AOTMode=on -XX:AOTCache=/app/app.aot \
        -cp /app/launcher.jar --version >"$folder/cache.log" 2>&1 || fail "$service does not start from its cache: $(cat "$folder/cache.log")"
    compose logs $service 2>&1 | grep -i '\[aot\|\[cds' >"$folder/cache.log" && fail "$service refused its cache: $(cat "$folder/cache.log")"
    started_in=$(compose logs $service 2>&1 | sed -n 's/.* started in \([0-9.]*s\)\. .*/\1/p' | tail -n 1)
    say "$service starts from its cache, in $started_in"
done

# --- a seed list; while it runs, scorers are added and taken away, the broker and the database stop and start
api=http://127.0.0.1:8080
# The states that pages must end in are known beforehand: see verify/Origin.java.
seeds=$folder/seeds.txt
for ((i = 0; i < urls; i++)); do echo "http://site-$((i % 10)).test/page/$i"; done >"$seeds"
{ echo "http://site-0.test/private/1"; echo "not a url"; echo "http://site-0.test/page/0"; echo "http://10.99.99.99/"; } >>"$seeds"
submitted=$((urls + 4))

run=$(http --fail-with-body --header 'Content-Type: text/plain' --data-binary "@$seeds" "$api/runs?name=verify" | jq -r .id)
[[ -n $run && $run != null ]] || fail "the run was not accepted"
say "accepted $submitted lines as run $run"
status() { http --fail "$api/runs/$run" 2>/dev/null; }
# The seed list is ten hosts, four downloads at once each, 100 ms a page: some 400 URLs/s at best.
# How many lines have come to their end; 0 while the gateway cannot say (it needs its database).
finished() {
    status | jq -e '[.counts | to_entries[] | select(.key != "PENDING" and .key != "DISPATCHED") | .value] | add' 2>/dev/null || echo 0
}
progress() { say "$1: $(status | jq -c '[.state, (.counts | with_entries(select(.value > 0)))]' || echo 'no answer')"; }
wait_for() { # until at least $1 lines have ended
    for _ in $(seq 600); do
        [[ $(finished) -ge $1 ]] && return
        sleep 0.5
    done
    fail "stuck: $(status)"
}

wait_for $((urls / 10))
progress "running"
compose up --detach --no-recreate --no-deps --wait --scale scoring-service=3 scoring-service >"$folder/scale.log" 2>&1 || fail "scale: $folder/scale.log"
[[ $(compose ps --format json scoring-service | jq -s 'length') == 3 ]] || fail "there are not 3 scorers"
progress "3 scorers"
wait_for $((urls / 4))
say "docker compose stop kafka"
compose stop kafka >/dev/null 2>&1
[[ $(finished) -lt $urls ]] || fail "the run was over before the broker stopped: raise URLS"
sleep 8
compose start kafka >/dev/null 2>&1
progress "broker stopped for 8 s and started"
wait_for $((urls / 2))
say "docker compose stop postgres"
compose stop postgres >/dev/null 2>&1
sleep 8
compose start postgres >/dev/null 2>&1
sleep 2
progress "database stopped for 8 s and started"
wait_for $((urls * 6 / 10))
killed=$(compose ps --format json scoring-service | jq -rs '.[0].Name')
"$docker" kill "$killed" >/dev/null
say "killed $killed"
compose up --detach --no-recreate --no-deps --scale scoring-service=1 scoring-service >"$folder/scale.log" 2>&1
progress "1 scorer"

for _ in $(seq 1200); do
    state=$(status | jq -r .state || true)
    [[ $state == COMPLETED || $state == EXPIRED || $state == CANCELLED ]] && break
    sleep 0.5
done
progress "end"
[[ $state == COMPLETED ]] || fail "the run ended as $state"

# --- the ledger
count() { status | jq ".counts.$1 // 0"; }
sum=$(status | jq '[.counts[]] | add')
expected_failed=$((urls / 10))
[[ $sum == "$submitted" ]] || fail "the ledger's sum is $sum, not $submitted"
[[ $(count INVALID) == 1 && $(count DUPLICATE) == 1 && $(count PENDING) == 0 && $(count DISPATCHED) == 0 ]] || fail "invalid or duplicate lines"
[[ $(count BLOCKED) == 2 ]] || fail "robots.txt and the private address must be blocked: $(count BLOCKED)"
[[ $(count FAILED) == "$expected_failed" ]] || fail "the 404 pages must have failed: $(count FAILED), not $expected_failed"
[[ $(count SCORED) == $((urls - expected_failed)) ]] || fail "scored: $(count SCORED)"
say "the ledger adds up: $sum lines, each in the state that its page asks for"

for _ in $(seq 60); do [[ $(http --output "$folder/report.pdf" --write-out '%{http_code}' "$api/runs/$run/report.pdf") == 200 ]] && break; sleep 1; done
[[ $(head -c 5 "$folder/report.pdf") == %PDF- ]] || fail "no report"
say "report.pdf: $(stat -c %s "$folder/report.pdf") bytes"

# --- metrics and alerts in a real Prometheus
for _ in $(seq 60); do
    up=$(http --get "http://127.0.0.1:9090/api/v1/query" --data-urlencode 'query=sum(up{job="jarvix"})' | jq -r '.data.result[0].value[1] // 0')
    [[ $up == 4 ]] && break; sleep 1
done
[[ $up == 4 ]] || fail "Prometheus sees $up of 4 services"
http "http://127.0.0.1:9090/api/v1/label/__name__/values" | jq -r '.data[]' | sort >"$folder/metric-names.txt"
say "Prometheus scrapes 4 services, $(wc -l <"$folder/metric-names.txt") metrics; rules: $(http http://127.0.0.1:9090/api/v1/rules | jq -c '[.data.groups[].rules[] | .health] | group_by(.) | map({(.[0]): length}) | add')"

queries=0
while read -r query; do
    samples=$(http --get "http://127.0.0.1:9090/api/v1/query" --data-urlencode "query=${query//\$__rate_interval/5m}" | jq '.data.result | length')
    [[ $samples -gt 0 ]] || fail "a panel of the dashboard is empty: $query"
    queries=$((queries + 1))
done < <(jq -r '.panels[].targets[].expr' deploy/monitoring/grafana/dashboards/jarvix.json)
say "each of the dashboard's $queries queries has a result in Prometheus"

# --- what a restart of everything keeps
compose restart >/dev/null 2>&1
for _ in $(seq 150); do
    [[ $(compose ps --format json kafka postgres api-gateway collector-service scoring-service pdf-service | jq -rs 'map(select(.Health == "healthy")) | length') == 6 ]] && break
    sleep 2
done
[[ $(compose ps --format json kafka postgres api-gateway collector-service scoring-service pdf-service | jq -rs 'map(select(.Health == "healthy")) | length') == 6 ]] || fail "not healthy after a restart"
[[ $(status | jq -r .state) == COMPLETED && $(count SCORED) == $((urls - expected_failed)) ]] || fail "the run is gone after a restart"
parts=$(compose exec -T collector-service bash -c 'find /archive -name "*.parquet" | wc -l')
[[ $parts -gt 0 ]] || fail "the archive is empty"
say "after a restart of every container the run is there, and $parts archive parts"
begin=$SECONDS
compose stop >/dev/null 2>&1
for service in api-gateway collector-service scoring-service pdf-service; do
    for code in $(compose ps --all --format json $service | jq -s '.[].ExitCode'); do
        [[ $code == 143 || $code == 0 ]] || fail "$service ended with $code"
    done
done
say "stopped in $((SECONDS - begin)) s, each service by itself"
say "ALL CHECKS PASSED"
