# shellcheck shell=bash
# Finds PostgreSQL and RabbitMQ on this machine, and installs them from its packages where that is possible and allowed.

# Debian and Ubuntu keep the server's programs off PATH, a folder for each major version.
find_postgres() {
  local candidate
  for candidate in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -Vr) \
    "$(dirname "$(readlink -f "$(command -v initdb || echo /)")")" "$(pg_config --bindir 2>/dev/null)"; do
    [[ -x $candidate/initdb && -x $candidate/postgres && -x $candidate/pg_ctl ]] || continue
    postgres_bin=$candidate
    return
  done
  return 1
}

# Not /usr/sbin: Debian's wrapper there changes to the user `rabbitmq` and drops the environment that keeps ours apart.
find_rabbitmq() {
  local candidate
  for candidate in /usr/lib/rabbitmq/bin "$(dirname "$(readlink -f "$(command -v rabbitmq-server || echo /)")")"; do
    [[ -x $candidate/rabbitmq-server && -x $candidate/rabbitmq-env ]] || continue
    rabbitmq_bin=$candidate
    break
  done
  [[ -n ${rabbitmq_bin:-} ]] || return 1
  for candidate in "$(command -v epmd)" /usr/lib/erlang/bin/epmd /usr/lib/erlang/erts-*/bin/epmd; do
    [[ -x $candidate ]] || continue
    epmd=$candidate
    return
  done
  return 1
}

need_packages() {
  local wanted=()
  find_postgres || wanted+=(postgresql)
  find_rabbitmq || wanted+=(rabbitmq-server)
  ((${#wanted[@]})) || return 0
  install_packages "${wanted[@]}"
  { find_postgres && find_rabbitmq; } || die "installed ${wanted[*]}, but its programs are not where they were expected"
}

# A browser and its driver, for the tests that use the console as a person does. Debian has both; elsewhere they may be anywhere on
# PATH.
find_browser() { command -v chromedriver >/dev/null && { command -v chromium || command -v google-chrome || command -v chrome; } >/dev/null; }

need_browser() { find_browser || { install_packages chromium chromium-driver && find_browser; }; }

# rustc leaves linking to the system's C compiler, which some machines with Rust do not have.
need_compiler() { command -v cc >/dev/null || install_packages gcc libc6-dev; }

install_packages() {
  local root=()
  ((EUID == 0)) || root=(sudo -n)
  if ! command -v apt-get >/dev/null || { ((EUID != 0)) && ! sudo -n true 2>/dev/null; }; then
    die "missing: $*. Install them (on Debian and Ubuntu, as root:" \
      "apt-get install --no-install-recommends $*) and try again."
  fi
  say "installing $* (log: $dir/install.log)"
  # The lock is for two clones that do this at once.
  "${root[@]}" flock /var/lib/apt "$here/lib/install-packages" "$@" >"$dir/install.log" 2>&1 || {
    tail -20 "$dir/install.log" >&2
    die "could not install $*"
  }
}
