#!/usr/bin/env bash
# Puts the tools that check the deployment files into a folder of their own: kubectl, promtool, amtool, docker and its
# compose plugin, from the packages of Debian 13. Nothing is installed on the machine; no root is needed.
#
#   deploy/install-check-tools.sh            the folder is ~/.cache/jarvix/check-tools, or $JARVIX_CHECK_TOOLS
#
# The tests of deploy/ look there first and then on the PATH. Without the tools they check what needs none and say
# which checks they skipped; with JARVIX_REQUIRE_CHECK_TOOLS=true (as in CI) a missing tool is a failure.
set -euo pipefail

suite=trixie
packages=(kubectl promtool prometheus-alertmanager docker-cli docker-compose)
target=${JARVIX_CHECK_TOOLS:-$HOME/.cache/jarvix/check-tools}
done_mark=$target/.complete-$suite-1

if [[ -e $done_mark ]]; then
    echo "check tools: already in $target"
    exit 0
fi
if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null || [[ ! -e /usr/share/keyrings/debian-archive-keyring.gpg ]]; then
    echo "check tools: this script unpacks Debian packages and this machine has no apt of Debian's." >&2
    echo "Install kubectl (1.27 or later), promtool (2.42 or later), amtool and docker compose (2.20 or later) your own way;" >&2
    echo "the tests find them on the PATH." >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial" "$work/unpacked"

# A private apt that looks at Debian 13 on the mirror which this machine already uses: its own lists stay as they are.
mirror=$(apt-get indextargets --format '$(SITE)' 2>/dev/null | grep -v security | head -n 1 || true)
mirror=${mirror:-http://deb.debian.org/debian}
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror%/} $suite main" >"$work/sources.list"
apt_options=(-o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State="$work/state"
    -o Dir::State::status=/dev/null -o Dir::Cache="$work/cache" -o APT::Sandbox::User="$(id -un)" -qq)
apt-get "${apt_options[@]}" update
(cd "$work" && apt-get "${apt_options[@]}" download "${packages[@]}")
for package in "$work"/*.deb; do
    dpkg -x "$package" "$work/unpacked"
done

mkdir -p "$target/bin" "$target/cli-plugins"
for tool in kubectl promtool amtool docker; do
    install -m 755 "$work/unpacked/usr/bin/$tool" "$target/bin/$tool"
done
install -m 755 "$work/unpacked/usr/libexec/docker/cli-plugins/docker-compose" "$target/cli-plugins/docker-compose"

# Each tool runs, or this script fails. (No pipe to head: a tool that writes on would die of it.)
version() {
    local output
    output=$("$@" 2>&1)
    echo "${output%%$'\n'*}"
}
version "$target/bin/kubectl" version --client
version "$target/bin/promtool" --version
version "$target/bin/amtool" --version
DOCKER_CONFIG=$target version "$target/bin/docker" compose version
touch "$done_mark"
echo "check tools: now in $target"
