# What is taken from Debian. The libraries and programs are installed; the service packages themselves are not:
# they would start daemons, ask questions and bring qemu and libvirt along (about 100 packages more).

# Filled up by the files of infra/ and services/.
PACKAGES=(python3-openstackclient python3-pymysql python3-memcache uwsgi-core uwsgi-plugin-python3 procps)
# Packages whose shipped files are wanted (paste pipelines, metadata definitions) but whose configuration scripts
# would ask about databases: they are unpacked below share/, not installed.
UNPACKED=()

APT=(apt-get -q -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0)

require_machine() {
  local id='' version=''
  if [ -r /etc/os-release ]; then
    id=$(sed -n 's/^ID=//p' /etc/os-release | tr -d '"'); version=$(sed -n 's/^VERSION_ID=//p' /etc/os-release | tr -d '"')
  fi
  [ "$id $version" = 'debian 12' ] || refuse "the test cloud is made of Debian 12's packages; this is ${id:-an unknown system} $version"
  [ "$(id -u)" = 0 ] || refuse 'the test cloud must run as root (it installs Debian packages; its services run as root, on loopback only)'
}

missing_packages() {
  printf '%s\n' "${PACKAGES[@]}" |
    grep -vxFf <(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' "${PACKAGES[@]}" 2> /dev/null | sed -n 's/^ii  *//p') || true
}

# DPkg::Lock::Timeout makes apt wait for other installers, but not for the lock on the package lists.
apt_update() {
  local i
  for ((i = 0; i < 120; i++)); do
    if "${APT[@]}" update >> "$LOG/apt.log" 2>&1; then return 0; fi
    tail -n 5 "$LOG/apt.log" | grep -q 'Could not get lock' || break
    sleep 5
  done
  tail -n 5 "$LOG/apt.log" >&2
  die "apt-get update: see $LOG/apt.log"
}

agree_to_install() { # NUMBER
  local answer
  if [ "${CI:-}" = true ] || [ "$YES" = true ]; then return 0; fi
  [ -t 0 ] || refuse "$1 Debian packages and what they need are missing. Run 'testcloud/up --yes' (or set CI=true) to have them installed"
  # The question goes to the terminal itself: the caller may keep the output in a file.
  read -r -p "Install $1 Debian packages and what they need (on a bare system 215 MB to fetch, 1 GB on disk; no daemon is started)? [y/N] " answer 2> /dev/tty
  [[ $answer == [yY]* ]] || refuse 'nothing was installed'
}

install_packages() {
  local missing package folder policy=/usr/sbin/policy-rc.d made_policy=false
  mapfile -t missing < <(missing_packages)
  if [ ${#missing[@]} -gt 0 ]; then
    agree_to_install ${#missing[@]}
    say "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt_update
    # Debian asks this program before a package may start its daemon; 101 means no.
    if [ ! -e $policy ]; then printf '#!/bin/sh\nexit 101\n' > $policy; chmod 755 $policy; made_policy=true; fi
    "${APT[@]}" install -y --no-install-recommends -o Dpkg::Options::=--force-confold "${missing[@]}" < /dev/null >> "$LOG/apt.log" 2>&1 || {
      if $made_policy; then rm -f $policy; fi
      tail -n 5 "$LOG/apt.log" >&2
      die "apt-get install: see $LOG/apt.log"
    }
    if $made_policy; then rm -f $policy; fi
  fi
  for package in "${UNPACKED[@]}"; do
    if [ -e "$SHARE/.$package" ]; then continue; fi
    folder=$(mktemp -d)
    chmod 777 "$folder" # apt fetches as its own user
    (cd "$folder" && "${APT[@]}" download "$package" >> "$LOG/apt.log" 2>&1) ||
      { apt_update && (cd "$folder" && "${APT[@]}" download "$package" >> "$LOG/apt.log" 2>&1); } || die "apt-get download $package: see $LOG/apt.log"
    dpkg-deb -x "$folder"/*.deb "$SHARE"
    rm -rf "$folder"
    : > "$SHARE/.$package"
  done
}
