# RabbitMQ of our own, with an epmd of its own, so that a system instance is neither found nor disturbed.
PACKAGES+=(rabbitmq-server)

rabbitmq_start() {
  local i
  if alive rabbitmq; then return 0; fi
  mkdir -p "$DATA/rabbitmq/mnesia" "$DATA/rabbitmq/home" "$LOG/rabbitmq"
  cat > "$ETC/rabbitmq.config" <<E
[{rabbit, [{tcp_listeners, [{"$HOST", ${PORT[rabbitmq]}}]}, {loopback_users, [<<"guest">>]},
           {vm_memory_high_watermark, {absolute, "2GB"}}, {disk_free_limit, 50000000}]}].
E
  echo '[].' > "$ETC/rabbitmq_plugins"
  # epmd listens on ::1 too, whatever it is told; everything else on 127.0.0.1 only.
  start epmd env ERL_EPMD_ADDRESS="$HOST" /usr/bin/epmd -address "$HOST" -port "${PORT[epmd]}"
  for ((i = 0; i < 50; i++)); do if listening "${PORT[epmd]}"; then break; fi; sleep 0.1; done
  # The server's script itself, not the wrapper in /usr/sbin: that one needs su and /var/lib/rabbitmq.
  start rabbitmq env HOME="$DATA/rabbitmq/home" ERL_EPMD_ADDRESS="$HOST" ERL_EPMD_PORT="${PORT[epmd]}" \
    RABBITMQ_NODENAME=oaktree-testcloud@localhost RABBITMQ_MNESIA_BASE="$DATA/rabbitmq/mnesia" \
    RABBITMQ_LOG_BASE="$LOG/rabbitmq" RABBITMQ_LOGS=- RABBITMQ_CONFIG_FILE="$ETC/rabbitmq" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$ETC/rabbitmq_plugins" RABBITMQ_CONF_ENV_FILE=/dev/null \
    RABBITMQ_DIST_PORT="${PORT[rabbitmq_nodes]}" RABBITMQ_PID_FILE="$RUN/rabbitmq.own" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none' \
    /usr/lib/rabbitmq/bin/rabbitmq-server
}
