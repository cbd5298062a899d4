# The simulated cloud beside the real one, from this repository: a second cloud for whoever works with several.

# Before the caller's environment is left: his JDK, his Maven. "" when it cannot be built here.
simcloud_build() {
  # shellcheck source=../../app/jdk.sh
  . "$HERE/../app/jdk.sh"
  JAVA=
  if "$HERE/../oaktree" --version > /dev/null; then JAVA=$(find_java)/bin/java; else say "simcloud is left out: it could not be built"; fi
}

# A copy, so that a running cloud does not change with the next build.
simcloud_configure() {
  local lib=$HERE/../app/target/lib
  [ -n "$JAVA" ] && ! alive simcloud || return 0
  rm -rf "$DATA/simcloud"
  mkdir -p "$DATA/simcloud"
  cp "$lib"/oaktree-simcloud-*.jar "$lib"/{jetty,slf4j-api,jackson-core}-*.jar "$DATA/simcloud/"
}

simcloud_start() {
  [ -n "$JAVA" ] || return 0
  start simcloud "$JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -cp "$DATA/simcloud/*" \
    org.openstack.oaktree.simcloud.Main --port "${PORT[simcloud]}" "$DATA/simcloud/clouds.yaml"
}

# It listens before its clouds.yaml is written; its line tells that both is done.
simcloud_ready() {
  [ -n "$JAVA" ] || return 0
  wait_listening simcloud "${PORT[simcloud]}"
  until grep -q '^simcloud ready' "$LOG/simcloud.log"; do alive simcloud || die "simcloud ended at its start; see $LOG/simcloud.log"; sleep 0.1; done
}

# The file that names its clouds; nothing when it does not run.
simcloud_clouds() { if alive simcloud; then echo "$DATA/simcloud/clouds.yaml"; fi; }
