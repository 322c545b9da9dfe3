#!/bin/sh
# Debian's mosquitto with config/mosquitto.conf for the integration tests, on a free port of loopback.
# Usage: mosquitto.sh start (prints MQTT_URL) | stop
set -eu

folder=${MOSQUITTO_FOLDER:-/tmp/venueflow-mosquitto}
here=$(cd "$(dirname "$0")/../.." && pwd)
program=$(command -v mosquitto || echo /usr/sbin/mosquitto)

stop() {
  if [ -e "$folder/pid" ]; then
    pid=$(cat "$folder/pid")
    # The number may be another program's by now.
    if grep -qs "^mosquitto$" "/proc/$pid/comm"; then
      kill "$pid" || true
      for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        grep -qs "^mosquitto$" "/proc/$pid/comm" || break
        sleep 0.1
      done
    fi
  fi
  rm -rf "$folder"
}

start() {
  if [ ! -x "$program" ]; then
    echo "mosquitto is missing. Perhaps: apt-get update && apt-get install -y mosquitto" >&2
    exit 1
  fi
  stop
  mkdir -m 700 "$folder"
  port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
  # Root would drop to the user mosquitto, who owns nothing here.
  sed -e "s|^listener .*|listener $port 127.0.0.1|" -e "s|^persistence_location .*|persistence_location $folder/|" \
    "$here/config/mosquitto.conf" >"$folder/mosquitto.conf"
  [ "$(id -u)" != 0 ] || echo "user root" >>"$folder/mosquitto.conf"
  "$program" -c "$folder/mosquitto.conf" >"$folder/log" 2>&1 </dev/null &
  echo $! >"$folder/pid"
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    if node -e "require('node:net').connect($port, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))"; then
      echo "mqtt://127.0.0.1:$port"
      return
    fi
    sleep 0.1
  done
  echo "mosquitto did not start: $(tail -n 1 "$folder/log")" >&2
  exit 1
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  *)
    echo "Usage: $0 start | stop" >&2
    exit 2
    ;;
esac
