#!/bin/sh
# TimescaleDB (Apache edition) of Debian trixie for the integration tests, in a folder of its own and without any mount.
# Needs root and debootstrap. Usage: timescaledb.sh start (prints DATABASE_URL of an empty server) | stop
# halt fast|immediate ends the server and keeps its data, resume starts it again on its port. With TIMESCALEDB_DURABLE=1 commits reach the disk.
set -eu

root=${TIMESCALEDB_ROOT:-/var/cache/venueflow-test/timescaledb}
bin=/usr/lib/postgresql/17/bin
data=/var/lib/postgresql/venueflow-test

inside() {
  chroot "$root" setpriv --reuid postgres --regid postgres --clear-groups env LC_ALL=C HOME=/var/lib/postgresql "$@"
}

prepare() {
  [ -e "$root.ready" ] && return
  if ! command -v debootstrap >/dev/null; then
    echo "debootstrap is missing. Perhaps: apt-get update && apt-get install -y debootstrap" >&2
    exit 1
  fi
  rm -rf "$root"
  mkdir -p "$root"
  debootstrap --variant=minbase --include=postgresql-17,postgresql-17-timescaledb trixie "$root" >"$root.log" 2>&1 || {
    echo "debootstrap failed: $(tail -n 1 "$root.log") (whole log: $root.log)" >&2
    exit 1
  }
  touch "$root.ready"
}

stop() {
  if [ -e "$root$data/postmaster.pid" ]; then
    inside "$bin/pg_ctl" stop -s -w -m fast -t 20 -D "$data" || inside "$bin/pg_ctl" stop -s -w -m immediate -D "$data" || true
  fi
  rm -rf "${root:?}$data"
}

resume() {
  inside "$bin/pg_ctl" start -s -w -D "$data" -l "$data/server.log" >&2 || {
    tail -n 5 "$root$data/server.log" >&2
    exit 1
  }
}

start() {
  stop
  port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
  password=$(node -p 'require("node:crypto").randomBytes(18).toString("base64url")')
  mkdir -p "$root$data"
  printf '%s\n' "$password" >"$root$data.password"
  chroot "$root" chown postgres: "$data" "$data.password"
  chmod 600 "$root$data.password"
  inside "$bin/initdb" -D "$data" -U postgres --auth=scram-sha-256 --pwfile="$data.password" --encoding=UTF8 --locale=C --no-sync >/dev/null
  rm "$root$data.password"
  cat >>"$root$data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
dynamic_shared_memory_type = 'mmap'
shared_preload_libraries = 'timescaledb'
timescaledb.telemetry_level = off
timezone = 'UTC'
CONF
  if [ -z "${TIMESCALEDB_DURABLE:-}" ]; then
    printf '%s\n' 'fsync = off' 'full_page_writes = off' >>"$root$data/postgresql.conf"
  fi
  resume
  echo "postgres://postgres:$password@127.0.0.1:$port/postgres"
}

case "${1:-}" in
  start) prepare && start ;;
  stop) stop ;;
  halt) inside "$bin/pg_ctl" stop -s -w -m "${2:-fast}" -t 20 -D "$data" ;;
  resume) resume ;;
  *)
    echo "Usage: $0 start | stop | halt [fast|immediate] | resume" >&2
    exit 2
    ;;
esac
