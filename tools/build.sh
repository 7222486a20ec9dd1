# shellcheck shell=bash
# Sourced by run, test and dev after tools/setup.sh: configure, build, run tests.

: "${penstock_root:?set by the script that sources this}"

# A compile can take 1.5 GB; more jobs than memory allows would swap.
penstock_jobs() {
    local cores memory_kb by_memory
    cores=$(nproc)
    memory_kb=$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo)
    by_memory=$((${memory_kb:-1500000} / 1500000))
    if [ "$by_memory" -lt "$cores" ]; then cores=$by_memory; fi
    if [ "$cores" -lt 1 ]; then cores=1; fi
    printf '%s' "$cores"
}

# penstock_configure DIR PRESET: configures a build folder; one made for another checkout is made anew.
penstock_configure() {
    local dir=$1 preset=$2 cache="$penstock_root/$1/CMakeCache.txt" home log
    if [ -f "$cache" ]; then
        home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$cache")
        if [ "$home" != "$penstock_root" ]; then
            penstock_note "$dir/ belongs to a checkout at $home; making it anew"
            rm -rf "${penstock_root:?}/${dir:?}"
        fi
    fi
    penstock_step "configure $dir"
    mkdir -p "$penstock_root/$dir"
    log="$penstock_root/$dir/configure.log"
    if ! (cd "$penstock_root" && cmake --preset "$preset") >"$log" 2>&1; then
        cat "$log" >&2
        penstock_fail "cmake could not configure $dir/; its output is above and in $dir/configure.log"
    fi
}

# penstock_build DIR [TARGET...]: builds with progress.
penstock_build() {
    local dir=$1 targets=()
    shift
    if [ $# -gt 0 ]; then targets=(--target "$@"); fi
    penstock_step "build $dir${1:+: $*}"
    export NINJA_STATUS='       [%f/%t %es] '
    cmake --build "$penstock_root/$dir" -j "$(penstock_jobs)" "${targets[@]}" ||
        penstock_fail "The build of $dir/ failed."
}

# penstock_programs DIR: names of the programs a build folder can make.
penstock_programs() {
    ninja -C "$penstock_root/$1" -t targets all |
        sed -n 's/^\([^ /:]*\): [A-Z]*_EXECUTABLE_LINKER.*/\1/p' | sort
}

# penstock_ctest DIR [REGEX] [COMMAND...]: runs the tests, one more than there are cores because half of
# their time is waiting, under an optional command, and leaves their results in DIR/test-results.
# Never fails by itself: tools/test_summary counts the results and decides.
penstock_ctest() {
    local dir=$1 regex=${2:-} results="$penstock_root/$1/test-results" select=()
    shift $(($# > 1 ? 2 : 1))
    if [ -n "$regex" ]; then select=(-R "$regex"); fi
    rm -rf "$results"
    mkdir -p "$results"
    penstock_step "tests $dir${regex:+ matching $regex}"
    GTEST_OUTPUT="xml:$results/" PYTHONDONTWRITEBYTECODE=1 "$@" ctest --test-dir "$penstock_root/$dir" \
        --output-on-failure --no-tests=error -j $(($(penstock_jobs) + 1)) --timeout 900 \
        --test-output-size-passed 1000000 --test-output-size-failed 1000000 \
        --output-junit "$results/ctest.junit" "${select[@]}" || true
}
