# shellcheck shell=bash
# Sourced by run, test and dev: step lines with elapsed time, and the distribution's packages.

: "${penstock_root:?set by the script that sources this}"

# Steps of a script called by another one count from the first one's start.
export PENSTOCK_STARTED=${PENSTOCK_STARTED:-$EPOCHSECONDS}

# penstock_step TEXT...: one line per step, with the seconds since the command was started.
penstock_step() { printf '[%3ds] %s ...\n' "$((EPOCHSECONDS - PENSTOCK_STARTED))" "$*"; }

penstock_note() { printf '       %s\n' "$*"; }

# penstock_fail TEXT...: the reason, on stderr, and out.
penstock_fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

# penstock_packages FILE: the package names in a list, without comments.
penstock_packages() { sed -e 's/#.*//' "$1" | tr -s '[:blank:]' '\n' | sed '/^$/d'; }

# penstock_missing FILE: the packages of a list that are not installed.
penstock_missing() {
    local wanted installed
    wanted=$(penstock_packages "$1" | sort)
    # shellcheck disable=SC2086,SC2016  # One argument per package; the format is dpkg-query's, not ours.
    installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $wanted 2>/dev/null |
        sed -n 's/ installed$//p' | sort -u)
    comm -23 <(printf '%s\n' "$wanted") <(printf '%s\n' "$installed")
}

# penstock_as_root: the words that make a command run as root; empty for root itself; fails when neither.
penstock_as_root() {
    if [ "$(id -u)" = 0 ]; then return 0; fi
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        printf 'sudo -n'
        return 0
    fi
    return 1
}

# penstock_apt PACKAGE...: installs, removing nothing that is there.
penstock_apt() {
    local as_root
    as_root=$(penstock_as_root) || return 1
    # shellcheck disable=SC2086  # "sudo -n" is two words.
    $as_root apt-get -q update || return 1
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends --no-remove "$@"
}

# penstock_setup MODE: installs what tools/packages.txt names and is missing. With MODE "--no-install"
# nothing is installed. Fails with the exact command for the administrator when something stays missing.
penstock_setup() {
    local mode=${1:-} missing log
    penstock_step "packages"
    if ! command -v dpkg-query >/dev/null; then
        penstock_note "not a Debian system: tools/packages.txt says what must be there"
        return 0
    fi
    missing=$(penstock_missing "$penstock_root/tools/packages.txt" | tr '\n' ' ')
    missing=${missing% }
    if [ -z "$missing" ]; then return 0; fi
    if [ "$mode" = --no-install ]; then
        penstock_fail "Missing packages: $missing" \
            "--no-install was given. An administrator can install them with:" "  apt-get install $missing"
    fi
    if ! penstock_as_root >/dev/null; then
        penstock_fail "Missing packages: $missing" \
            "You are not root, and sudo is absent or needs a password. Ask an administrator to run:" \
            "  apt-get update && apt-get install --no-install-recommends $missing" "then start this again."
    fi
    penstock_step "install $missing"
    log=$(mktemp)
    # shellcheck disable=SC2086  # One argument per package.
    if ! penstock_apt $missing >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        penstock_fail "apt-get could not install: $missing" \
            "(Nothing was removed. libboost1.81-dev cannot be installed beside libboost1.74-dev.)"
    fi
    rm -f "$log"
}

# penstock_setup_interop MODE: node and npm for tests/interop. Returns 1, installing nothing more, when
# they cannot be had: the caller then reports the interop test as skipped.
penstock_setup_interop() {
    local mode=${1:-} missing
    if command -v node >/dev/null && command -v npm >/dev/null; then return 0; fi
    if [ "$mode" = --no-install ] || ! command -v dpkg-query >/dev/null; then return 1; fi
    missing=$(penstock_missing "$penstock_root/tools/packages-interop.txt" | tr '\n' ' ')
    penstock_step "install ${missing% }"
    # shellcheck disable=SC2086
    penstock_apt $missing >/dev/null 2>&1 || return 1
    command -v node >/dev/null && command -v npm >/dev/null
}
