#!/usr/bin/env bash
# The fault suite against Debian's Mosquitto and TimescaleDB. FAULTS_MINUTES of faults at random (half of one when absent; from 5 on the database
# stays away for 60 s instead of 10), FAULTS_SEED. Arguments go to jest.
set -euo pipefail
cd "$(dirname "$0")/../.."
MOSQUITTO=$(PATH="$PATH:/usr/sbin" command -v mosquitto) || {
  echo 'mosquitto is missing. Perhaps: apt-get update && apt-get install -y mosquitto' >&2
  exit 1
}
export MOSQUITTO
node apps/cli/prepare.mjs
trap 'sh test/servers/timescaledb.sh stop' EXIT
node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js --selectProjects faults "$@"
