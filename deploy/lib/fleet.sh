# shellcheck shell=bash
# For the demo: words on the terminal, the programs it builds, the processes it starts and how they end.

# What may run, in the order in which it is stopped: first what takes work in, last what others lean on.
processes=(api redactor matcher poster hubspot-sim)
declare -A children=() # their pids, of those that this run started
building=''            # cargo's process group while it builds

# --- words ---

steps=0
step() { printf '\n%2d. %s\n' $((++steps)) "$*"; }
note() { printf '    %s\n' "$*"; }
fail() { printf '\nIT FAILED: %s\n' "$*" >&2; exit 1; }

# claim TEXT FOUND EXPECTED: every sentence that the demo says of the product is held against what was found.
claim() {
  [[ $2 == "$3" ]] || fail "$1: expected '$3', found '$2'"
  note "ok  $1"
}

claim_has() {
  [[ $2 == *"$3"* ]] || fail "$1: expected '$3' in: $2"
  note "ok  $1"
}

# --- building ---

# In a process group of its own, so that all of it ends when this script is told to; quiet unless it takes long or fails.
build() {
  local log=$logs/build.log started=$SECONDS said=$SECONDS pid
  command -v cargo >/dev/null || fail "there is no cargo: install Rust (https://rustup.rs) and try again"
  need_compiler
  setsid cargo build --release --locked -p writeback -p hubspot-sim >"$log" 2>&1 8>&- </dev/null &
  pid=$!
  building=$pid
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    ((SECONDS - said >= 20)) || continue
    said=$SECONDS
    note "still building, $((SECONDS - started)) s, $(grep -c '^ *Compiling' "$log") crates so far: $(tail -n 1 "$log" | sed 's/^ *//')"
  done
  wait "$pid" || { tail -n 30 "$log" >&2; fail "the build did not succeed"; }
  building=
  bin=$(cargo metadata --locked --no-deps --format-version 1 2>>"$log" | grep -oE '"target_directory":"[^"]*"' | cut -d'"' -f4)/release
  [[ -x $bin/writeback && -x $bin/hubspot-sim ]] || fail "the programs are not in $bin"
}

# --- processes ---

# launch NAME COMMAND...: in a session of its own, so that it outlives the terminal when it is to be kept.
launch() {
  local name=$1
  shift
  setsid "$@" >"$logs/$name.log" 2>&1 8>&- </dev/null &
  remember_process "$name" $!
  children[$name]=$!
}

# await NAME REGEX SECONDS: prints the first match in the process's log.
await() {
  local name=$1 tries found
  for ((tries = 0; tries < $3 * 20; tries++)); do
    if found=$(grep -oE -m 1 "$2" "$logs/$name.log"); then echo "$found"; return; fi
    our_process "$name" >/dev/null || break
    sleep 0.05
  done
  tail -n 5 "$logs/$name.log" >&2
  return 1
}

# Whether all that a kept demo is made of runs.
all_running() {
  local name
  [[ -r $env_file ]] && "${services[@]}" status >/dev/null 2>&1 || return 1
  for name in "${processes[@]}"; do our_process "$name" >/dev/null || return 1; done
}

any_running() {
  local name
  for name in "${processes[@]}"; do our_process "$name" >/dev/null && return; done
  [[ -e $dir/services ]]
}

# Ends what this demo or an earlier one started; `--wipe` throws the services' data away too.
stop_all() {
  local name pid
  rm -f "$env_file"
  for name in "${processes[@]}"; do
    if pid=$(our_process "$name"); then kill -TERM "$pid" 2>/dev/null || true; fi
  done
  for name in "${processes[@]}"; do end_process "$name" 30; done
  if [[ -d $dir/services ]]; then "${services[@]}" down "$@" 2>>"$logs/services.log" || return 1; fi
}
