# memcached of our own, for tokens.
PACKAGES+=(memcached)

memcached_start() { start memcached /usr/bin/memcached -u nobody -l "$HOST" -p "${PORT[memcached]}" -U 0 -m 128 -c 4096; }
