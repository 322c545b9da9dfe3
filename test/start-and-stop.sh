#!/usr/bin/env bash
# `npm start`, of the pack that the arguments name or of its own, in a home of its own until it is ready, a look at the API, SIGTERM to npm itself, and nothing may be left.
set -euo pipefail
cd "$(dirname "$0")/.."
home=$(mktemp -d)
chmod 755 "$home"
free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}
port=$(free_port)
npm start -- "$@" --home "$home/venueflow" --port "$port" --mqtt-port "$(free_port)" >"$home/log" 2>&1 &
npm=$!
trap 'kill -TERM "$npm" 2>/dev/null || true; wait "$npm" 2>/dev/null || true; cat "$home/log"; rm -rf "$home"' EXIT

for _ in $(seq 300); do
  grep -q '^Venueflow is ready: ' "$home/log" && break
  kill -0 "$npm" || { echo 'npm start ended before it was ready'; exit 1; }
  sleep 1
done
tail -n 1 "$home/log" | grep -qx "Venueflow is ready: http://127.0.0.1:$port"
curl -fsS "http://127.0.0.1:$port/api/v1/overview" | grep -q '"venues"'
curl -fsS "http://127.0.0.1:$port/health/ready" >/dev/null
curl -fsS "http://127.0.0.1:$port/" | grep -q '<div id="root">'

kill -TERM "$npm"
began=$SECONDS
code=0
wait "$npm" || code=$?
[ "$code" -eq 0 ] || { echo "npm start ended with exit code $code"; exit 1; }
[ $((SECONDS - began)) -le 10 ] || { echo "npm start took $((SECONDS - began)) s to end"; exit 1; }
sleep 0.2
if pgrep -fa "$home/venueflow"; then echo 'processes are left'; exit 1; fi
