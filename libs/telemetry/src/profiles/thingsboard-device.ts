import type { DeviceMessage, DeviceReport, Profile } from './profile.js';
import { EMPTY_REPORT, readJsonReport } from './report.js';
import { isTelemetryTopic, readTelemetry } from './thingsboard-telemetry.js';

const read = (message: DeviceMessage): DeviceReport =>
  isTelemetryTopic(message.topic)
    ? readJsonReport(message.payload, (json, report) => {
        readTelemetry(json, '', message, report);
      })
    : EMPTY_REPORT;

/**
 * ThingsBoard's device telemetry (`v1/devices/me/telemetry`, or any topic): `{key: value}`, `{ts, values}` or an array of these. Channel: the key.
 * https://thingsboard.io/docs/reference/mqtt-api/telemetry/
 */
export const thingsboardDevice: Profile = { name: 'thingsboard_device', createReader: () => ({ read }) };
