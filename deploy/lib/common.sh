# shellcheck shell=bash
# What every command here leans on: words for the person watching, settings that survive, ports, processes that are ours.

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() { say "$*"; exit 1; }

# --- settings: `key=value` lines that outlive one run, readable by their owner only, since passwords are among them ---

declare -A setting=()

load_settings() {
  local key value
  [[ -r $dir/settings ]] || return 0
  while IFS='=' read -r key value; do
    [[ $key =~ ^[a-z_]+$ ]] && setting[$key]=$value
  done <"$dir/settings"
}

save_settings() {
  local key
  (
    umask 077
    for key in "${!setting[@]}"; do printf '%s=%s\n' "$key" "${setting[$key]}"; done | sort >"$dir/settings.new"
  )
  mv "$dir/settings.new" "$dir/settings"
}

# Hexadecimal, so that it needs no escaping in a URL.
new_password() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# --- ports ---

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Keeps the remembered port while nobody else has it, else takes a free one and remembers that. The range lies below
# Linux's ephemeral ports, or an outgoing connection could take the port before the service does.
settle_port() {
  local key=$1 port=${setting[$1]:-} tries
  [[ -n $port ]] && ! port_is_taken "$port" && return
  for ((tries = 0; tries < 100; tries++)); do
    port=$((20000 + SRANDOM % 12000))
    [[ " ${setting[*]} " == *" $port "* ]] || port_is_taken "$port" && continue
    setting[$key]=$port
    save_settings
    return
  done
  die "found no free port on 127.0.0.1"
}

# Whether HTTP GET on a loopback port says 200. Written out, because a machine with nothing on it has no curl.
answers() {
  local port=$1 path=$2 credentials=${3:-} line
  (
    exec 3<>"/dev/tcp/127.0.0.1/$port" || exit 1
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\nAuthorization: Basic %s\r\n\r\n' \
      "$path" "$(printf %s "$credentials" | base64 -w0)" >&3
    read -r -t 10 line <&3 && [[ $line == *' 200 '* ]]
  ) 2>/dev/null
}

# --- processes: a pid alone may belong to somebody else by now, a pid with its start time cannot ---

started_at() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # The second field is the name in parentheses and may hold spaces: cut behind the last one. A zombie has ended.
  read -ra stat <<<"${stat##*) }"
  [[ ${stat[0]} != Z ]] && printf '%s\n' "${stat[19]}"
}

remember_process() { printf '%s %s\n' "$2" "$(started_at "$2")" >"$dir/$1.pid"; }

# Prints the pid of a process that we started and that still runs.
our_process() {
  local pid start
  read -r pid start 2>/dev/null <"$dir/$1.pid" || return 1
  [[ -n $start && $(started_at "$pid") == "$start" ]] && printf '%s\n' "$pid"
}

# Asks, waits, insists.
end_process() {
  local name=$1 patience_s=$2 pid tries
  if pid=$(our_process "$name"); then
    kill -TERM "$pid" 2>/dev/null || true
    for ((tries = 0; tries < patience_s * 10; tries++)); do
      our_process "$name" >/dev/null || break
      sleep 0.1
    done
    our_process "$name" >/dev/null && kill -KILL "$pid" 2>/dev/null
    while our_process "$name" >/dev/null; do sleep 0.1; done
  fi
  rm -f "$dir/$name.pid"
}
