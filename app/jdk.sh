# Which JDK the scripts of this project use. To be sourced.

# Major version of the Java installation in a folder; nothing if it is none.
java_version() {
  [ -x "$1/bin/java" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

# Every place where a JDK may be, the likeliest first.
java_places() {
  [ -n "${JAVA_HOME:-}" ] && printf '%s\n' "$JAVA_HOME"
  local java
  if java=$(command -v java) && java=$(readlink -f "$java" 2>/dev/null); then
    dirname "$(dirname "$java")"
  fi
  printf '%s\n' /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*25* /opt/*jdk* /usr/local/*jdk* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/25* "${HOME:-/nonexistent}"/.jdks/*25* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home
  [ -x /usr/libexec/java_home ] && /usr/libexec/java_home -v 25 2>/dev/null
}

# The first JDK that is new enough.
find_java() {
  local place version
  while IFS= read -r place; do
    version=$(java_version "$place")
    if [ "${version:-0}" -ge 25 ]; then
      printf '%s\n' "$place"
      return
    fi
  done < <(java_places 2>/dev/null)
  return 1
}

# Says that find_java found none, and how to get one.
java_missing() {
  {
    printf '%s\n' "oaktree needs a JDK 25 (or newer), and there is none in JAVA_HOME, on the PATH or in the usual folders."
    local java version
    if java=$(command -v java); then
      version=$("$java" -version 2>&1 | head -n 1)
      printf '%s\n' "  The java on the PATH is too old: $version"
    fi
    printf '%s\n' \
      "  Debian, Ubuntu: apt install openjdk-25-jdk-headless, or Temurin 25 from https://adoptium.net" \
      "  Fedora:         dnf install java-25-openjdk-devel" \
      "  macOS:          brew install openjdk@25" \
      "  Elsewhere:      unpack Temurin 25 from https://adoptium.net and set JAVA_HOME to its folder"
  } >&2
}
