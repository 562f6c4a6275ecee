# shellcheck shell=bash
# A private RabbitMQ with its management and Prometheus plugins: data under $dir, loopback only, an epmd of its own.

# What keeps our node apart from a system's: no file in /etc, /var or the home folder is read or written.
rabbitmq_environment() {
  local home=$dir/rabbitmq
  mkdir -p "$home"/{home,mnesia,log,conf.d}
  chmod 700 "$home"
  export HOME=$home/home LANG=C.UTF-8 # the Erlang cookie is in HOME
  export ERL_EPMD_PORT=${setting[epmd_port]} ERL_EPMD_ADDRESS=127.0.0.1
  export RABBITMQ_NODENAME=writeback@localhost RABBITMQ_DIST_PORT=${setting[distribution_port]}
  export RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=${setting[amqp_port]}
  export RABBITMQ_MNESIA_BASE=$home/mnesia RABBITMQ_LOG_BASE=$home/log RABBITMQ_LOGS=$home/log/rabbitmq.log
  export RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_CONFIG_FILE=$home/rabbitmq.conf RABBITMQ_CONFIG_FILES=$home/conf.d
  export RABBITMQ_ADVANCED_CONFIG_FILE=$home/advanced.config RABBITMQ_ENABLED_PLUGINS_FILE=$home/enabled_plugins
  # No spinning for more work: where the machine is shared, that takes the processor from those who have some (runtime guide).
  export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none'
}

# The log of quorum queues rests in memory until it is so large. The usual 512 MB would be most of what a developer's machine has to
# spare, several times over with the services of tests, demo and load tests side by side (guide to quorum queues, resource use).
configure_rabbitmq() {
  echo '[rabbitmq_management,rabbitmq_prometheus].' >"$dir/rabbitmq/enabled_plugins"
  (umask 077 && cat >"$dir/rabbitmq/rabbitmq.conf") <<CONF
listeners.tcp.1 = 127.0.0.1:${setting[amqp_port]}
management.tcp.ip = 127.0.0.1
management.tcp.port = ${setting[management_port]}
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = ${setting[prometheus_port]}
default_user = writeback
default_pass = ${setting[rabbitmq_password]}
vm_memory_high_watermark.absolute = 2GB
disk_free_limit.absolute = 500MB
raft.wal_max_size_bytes = 64000000
CONF
}

# RabbitMQ ignores a plugin that is not on the disk without a word, so each one is asked.
rabbitmq_is_ready() {
  our_process rabbitmq >/dev/null && our_process epmd >/dev/null && port_is_taken "${setting[amqp_port]}" &&
    answers "${setting[management_port]}" /api/whoami "writeback:${setting[rabbitmq_password]}" &&
    answers "${setting[prometheus_port]}" /metrics
}

await_rabbitmq() {
  local tries
  for ((tries = 0; tries < 1200; tries++)); do
    rabbitmq_is_ready && return
    { our_process rabbitmq && our_process epmd; } >/dev/null || return 1
    sleep 0.1
  done
  return 1
}

launch_rabbitmq() (
  rabbitmq_environment
  configure_rabbitmq
  exec 9>&- </dev/null
  # A huge limit makes Erlang reserve memory for it, the usual 1024 is few for a test run.
  ulimit -Sn 65536 2>/dev/null || ulimit -Sn "$(ulimit -Hn)"
  # In the foreground: one that the VM starts would outlive it.
  setsid "$epmd" -port "${setting[epmd_port]}" -address 127.0.0.1 >"$dir/rabbitmq/log/epmd" 2>&1 &
  remember_process epmd $!
  # RUNNING_UNDER_SYSTEMD makes the start script exec the VM, so that this pid is the broker's.
  RUNNING_UNDER_SYSTEMD=true setsid "$rabbitmq_bin/rabbitmq-server" >"$dir/rabbitmq/log/stdout" 2>&1 &
  remember_process rabbitmq $!
)

start_rabbitmq() {
  local tries port
  if our_process rabbitmq >/dev/null && our_process epmd >/dev/null && await_rabbitmq; then
    say "RabbitMQ is running on 127.0.0.1:${setting[amqp_port]}"
    return
  fi
  : "${setting[rabbitmq_password]:=$(new_password)}"
  for ((tries = 1; ; tries++)); do
    stop_rabbitmq 20 # what a crash left behind, or a broker that does not answer
    for port in epmd_port distribution_port amqp_port management_port prometheus_port; do settle_port "$port"; done
    save_settings
    say "starting RabbitMQ on 127.0.0.1:${setting[amqp_port]} (management: ${setting[management_port]})"
    launch_rabbitmq
    await_rabbitmq && return
    # A clone that starts at the same time may have taken a port.
    { ((tries < 3)) && grep -qsE 'eaddrinuse|port_in_use|already in use' "$dir"/rabbitmq/log/*; } || break
  done
  tail -30 "$dir/rabbitmq/log/stdout" >&2
  die "RabbitMQ did not start with its plugins (logs: $dir/rabbitmq/log)"
}

stop_rabbitmq() {
  our_process rabbitmq >/dev/null && say "stopping RabbitMQ"
  end_process rabbitmq "$1"
  end_process epmd 5
}

wipe_rabbitmq() { rm -rf "$dir/rabbitmq"; }
