# MariaDB of our own: data below the state folder, no file of a system instance read or written.
PACKAGES+=(mariadb-server-core mariadb-client-core libeatmydata1)

mariadb_start() {
  local socket=$RUN/mariadb.sock
  [ ${#socket} -lt 108 ] || refuse "$STATE is too long a path for a unix socket; choose a shorter one with OAKTREE_TESTCLOUD_HOME"
  if [ ! -e "$DATA/done/mariadb" ]; then
    rm -rf "$DATA/mariadb"
    mariadb-install-db --no-defaults --user=root --datadir="$DATA/mariadb" --auth-root-authentication-method=socket \
      --skip-test-db --skip-name-resolve > "$LOG/once-mariadb.log" 2>&1 || die "mariadb-install-db: see $LOG/once-mariadb.log"
    : > "$DATA/done/mariadb"
  fi
  # Nothing here must survive a power cut, and the services' schema changes wait for the disk all the time:
  # without fsync (libeatmydata) keystone's tables take 17 s instead of 105 s.
  start mariadb env LD_PRELOAD=libeatmydata.so /usr/sbin/mariadbd --no-defaults --user=root --datadir="$DATA/mariadb" \
    --socket="$socket" --pid-file="$RUN/mariadb.own" --bind-address="$HOST" --port="${PORT[mariadb]}" \
    --skip-log-bin --skip-name-resolve --performance-schema=OFF --max-connections=2000 \
    --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 --innodb-buffer-pool-size=512M --innodb-log-file-size=128M \
    --innodb-stats-persistent=0 --sync-frm=OFF --character-set-server=utf8mb3 --collation-server=utf8mb3_general_ci
}

sql() { mariadb --no-defaults --socket="$RUN/mariadb.sock" -uroot -N -B -e "$1"; }

make_databases() { # DATABASE...
  local name statements
  statements="CREATE USER IF NOT EXISTS 'testcloud'@'$HOST' IDENTIFIED BY '$DATABASE_PASSWORD'; GRANT ALL ON *.* TO 'testcloud'@'$HOST';"
  for name in "$@"; do statements+="CREATE DATABASE IF NOT EXISTS $name CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci;"; done
  sql "$statements"
}
