import { showValue } from '#libs/kernel';
import { isJsonObject } from './json-object.js';
import type { DeviceMessage, DeviceReport, Profile } from './profile.js';
import { EMPTY_REPORT, readJsonReport } from './report.js';
import { isTelemetryTopic, readTelemetry } from './thingsboard-telemetry.js';

const read = (message: DeviceMessage): DeviceReport =>
  isTelemetryTopic(message.topic)
    ? readJsonReport(message.payload, (json, report) => {
        if (!isJsonObject(json)) {
          report.refuse({ code: 'wrong_shape', detail: `expected telemetry by device, found ${showValue(json)}` });
          return;
        }
        for (const [device, telemetry] of Object.entries(json)) readTelemetry(telemetry, `${device}/`, message, report);
      })
    : EMPTY_REPORT;

/**
 * ThingsBoard's gateway telemetry (`v1/gateway/telemetry`): `{device: [{ts, values}]}`. Channel: `<device>/<key>`.
 * https://thingsboard.io/docs/reference/gateway-api/telemetry/
 */
export const thingsboardGateway: Profile = { name: 'thingsboard_gateway', createReader: () => ({ read }) };
