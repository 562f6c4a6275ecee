# shellcheck shell=bash
# A private PostgreSQL: its cluster under $dir, TCP on loopback only, one superuser with a password made for it.

# PostgreSQL refuses to run as root, so root hands it to a user who owns nothing else.
postgres_user() { id -un nobody 2>/dev/null || id -un postgres; }

as_postgres() {
  if ((EUID != 0)); then (cd / && "$@"); return; fi
  local user
  user=$(postgres_user)
  setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups env -C / HOME=/ "$@"
}

# The folder of the cluster. Mostly $dir/postgres; a folder in /tmp where that user cannot get there (a clone in /root).
settle_postgres_home() {
  postgres_home=${setting[postgres_home]:-$dir/postgres}
  if [[ -n ${setting[postgres_home]:-} && ! -d $postgres_home ]]; then
    say "the database in $postgres_home is gone (a restart?): starting with an empty one"
    postgres_home=$dir/postgres
  fi
  mkdir -p "$postgres_home"
  chmod 700 "$postgres_home"
  if ((EUID == 0)); then
    chown "$(postgres_user):" "$postgres_home"
    if ! as_postgres test -w "$postgres_home"; then
      rmdir "$postgres_home"
      postgres_home=$(mktemp -d /tmp/writeback-postgres.XXXXXX)
      chown "$(postgres_user):" "$postgres_home"
      say "root cannot run PostgreSQL and $(postgres_user) cannot enter $dir: the database is in $postgres_home"
    fi
  fi
  setting[postgres_home]=$postgres_home
  save_settings
}

# Prints the pid of our server. Its command line names the cluster, which is nobody else's.
postgres_pid() {
  local pid
  read -r pid 2>/dev/null <"${setting[postgres_home]:-/nowhere}/data/postmaster.pid" || return 1
  [[ $pid =~ ^[0-9]+$ ]] || return 1
  tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qxF "${setting[postgres_home]}/data" && printf '%s\n' "$pid"
}

postgres_is_ready() {
  postgres_pid >/dev/null && "$postgres_bin/pg_isready" -q -t 5 -h 127.0.0.1 -p "${setting[postgres_port]}"
}

run_psql() { PGPASSWORD=${setting[postgres_password]} "$postgres_bin/psql" -X -h 127.0.0.1 -p "${setting[postgres_port]}" -U writeback "$@"; }

create_cluster() {
  local locale=C.UTF-8
  locale -a 2>/dev/null | grep -qixE 'C\.utf-?8' || locale=C
  rm -rf "$postgres_home/new"
  : "${setting[postgres_password]:=$(new_password)}"
  save_settings
  as_postgres tee "$postgres_home/password" <<<"${setting[postgres_password]}" >/dev/null
  as_postgres "$postgres_bin/initdb" -D "$postgres_home/new" -U writeback --pwfile="$postgres_home/password" \
    --auth=password -E UTF8 --locale="$locale" >"$dir/initdb.log" 2>&1 || { tail -20 "$dir/initdb.log" >&2; die "initdb failed"; }
  # `password` and not SCRAM: it never leaves loopback, and a debug build takes its time over SCRAM at every connection.
  as_postgres tee -a "$postgres_home/new/postgresql.conf" >/dev/null <<'CONF'

# Set by deploy/services; the port is given on the command line.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 300
shared_buffers = 256MB
CONF
  # In one step, so that a run killed above leaves nothing that looks finished.
  as_postgres mv "$postgres_home/new" "$postgres_home/data"
  rm -f "$postgres_home/password"
}

check_cluster_version() {
  local data program
  data=$(cat "$postgres_home/data/PG_VERSION")
  program=$("$postgres_bin/postgres" -V | grep -oE '[0-9]+' | head -1)
  [[ $data == "$program" ]] ||
    die "the database was made by PostgreSQL $data and this machine has $program: throw it away with '$0 down --wipe'"
}

start_postgres() {
  local tries pid
  if postgres_is_ready; then say "PostgreSQL is running on 127.0.0.1:${setting[postgres_port]}"; return; fi
  settle_postgres_home
  if [[ ! -s $postgres_home/data/PG_VERSION ]]; then
    say "creating a PostgreSQL cluster in $postgres_home"
    create_cluster
  fi
  check_cluster_version
  # A pid file that now names a stranger would stop the server; one that names nobody it clears away itself.
  if read -r pid 2>/dev/null <"$postgres_home/data/postmaster.pid" && [[ -d /proc/$pid ]] && ! postgres_pid >/dev/null; then
    rm -f "$postgres_home/data/postmaster.pid"
  fi
  # Some tries: a clone that starts at the same time may take the port, and after a crash the old backends need a moment.
  for ((tries = 1; ; tries++)); do
    postgres_pid >/dev/null || settle_port postgres_port
    say "starting PostgreSQL on 127.0.0.1:${setting[postgres_port]}"
    as_postgres "$postgres_bin/pg_ctl" -D "$postgres_home/data" -l "$postgres_home/log" -o "-p ${setting[postgres_port]}" \
      -w -t 60 start >/dev/null 2>&1 9>&- </dev/null && break
    postgres_is_ready && break
    ((tries < 5)) || { tail -20 "$postgres_home/log" >&2; die "PostgreSQL did not start (log: $postgres_home/log)"; }
    sleep 1
  done
  run_psql -d postgres -Atc "select 1 from pg_database where datname = 'writeback'" | grep -q 1 ||
    run_psql -q -d postgres -c 'create database writeback'
}

stop_postgres() {
  postgres_pid >/dev/null || return 0
  say "stopping PostgreSQL"
  as_postgres "$postgres_bin/pg_ctl" -D "${setting[postgres_home]}/data" -m "$1" -w -t 60 stop >/dev/null
}

wipe_postgres() {
  rm -rf "$dir/postgres"
  # Only a folder that mktemp made above; the setting is a file that anybody may have edited.
  [[ ${setting[postgres_home]:-} =~ ^/tmp/writeback-postgres\.[A-Za-z0-9]{6}$ ]] && rm -rf "${setting[postgres_home]}"
  return 0
}
