#!/usr/bin/env bash
# The integration suites against real servers: Debian's Mosquitto and TimescaleDB. Arguments go to jest.
set -euo pipefail
cd "$(dirname "$0")/../.."
trap 'bash test/servers/mosquitto.sh stop; bash test/servers/timescaledb.sh stop' EXIT
DATABASE_URL=$(bash test/servers/timescaledb.sh start)
MQTT_URL=$(bash test/servers/mosquitto.sh start)
export DATABASE_URL MQTT_URL
# One suite at a time: they share the broker, and with it topics and sessions.
node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js --selectProjects integration --runInBand "$@"
