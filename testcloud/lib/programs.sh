# The services' programs. Their packages are not installed (see packages.sh), so each program is a few lines of our own
# around the entry point of the library. /usr/bin/python3 and not the first one on PATH: only Debian's knows the libraries.

program() { # NAME MODULE:FUNCTION [PYTHON LINE TO RUN FIRST]
  cat > "$BIN/$1" <<E
#!/usr/bin/python3
import sys
sys.argv[0] = '$1'
from ${2%%:*} import ${2##*:} as main
${3:-}
sys.exit(main())
E
  chmod +x "$BIN/$1"
}

wsgi_program() { # NAME MODULE:FUNCTION
  printf 'from %s import %s as make\napplication = make()\n' "${2%%:*}" "${2##*:}" > "$BIN/$1-wsgi.py"
}

start_wsgi() { # NAME PORT PROCESSES THREADS [VARIABLE=VALUE]...
  local name=$1 port=$2 processes=$3 threads=$4 variable environment=(); shift 4
  for variable in "$@"; do environment+=(--env "$variable"); done
  # uwsgi takes --name for an ambiguous prefix and fails, hence only --procname-prefix.
  start "$name" /usr/bin/uwsgi --plugin python3 --http-socket "$HOST:$port" --wsgi-file "$BIN/$name-wsgi.py" --procname-prefix "$name " \
    --master --processes "$processes" --threads "$threads" --enable-threads --thunder-lock --lazy-apps --die-on-term --need-app \
    --add-header 'Connection: close' --buffer-size 65535 --so-keepalive --log-5xx --disable-logging "${environment[@]}"
}
