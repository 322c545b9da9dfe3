#!/usr/bin/env bash
# The integration suites against real servers: Debian's Mosquitto, one for each suite, and TimescaleDB; those that need neither are left out. Arguments go to jest.
set -euo pipefail
cd "$(dirname "$0")/../.."
MOSQUITTO=$(PATH="$PATH:/usr/sbin" command -v mosquitto) || {
  echo 'mosquitto is missing. Perhaps: apt-get update && apt-get install -y mosquitto' >&2
  exit 1
}
trap 'sh test/servers/timescaledb.sh stop' EXIT
DATABASE_URL=$(sh test/servers/timescaledb.sh start)
export DATABASE_URL MOSQUITTO
node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js --selectProjects integration \
  --testPathIgnorePatterns 'integration/(simulate|boundaries)/' "$@"
