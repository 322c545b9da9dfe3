import { epochMs } from '#libs/kernel';
import { messageOf, RECEIVED } from '../device-message.fixture.js';
import type { DeviceReader, DeviceReport } from '../profile.js';
import { sparkplugB } from '../sparkplug-b.js';
import { encodePayload, wirePayload } from './metric.fixture.js';

export const T = 1_486_144_502_122;
export const open = (topic = 'spBv1.0/G/+/E/#') => sparkplugB.createReader({ topic, timeZone: 'UTC' });
export const send = (
  reader: DeviceReader,
  topic: string,
  payload: Uint8Array,
  afterMs = 0,
  retained = false,
): DeviceReport =>
  reader.read(messageOf(payload, { topic: `spBv1.0/${topic}`, received: epochMs(RECEIVED + afterMs), retained }));
export const rows = (report: DeviceReport) => report.measurements.map(({ channel, value }) => [channel, value]);

export const nodeBirth = (seq = 0, bdSeq = 0) =>
  encodePayload({
    timestamp: T,
    seq,
    metrics: [
      { name: 'bdSeq', timestamp: T, type: 'UInt64', value: bdSeq },
      { name: 'Node Control/Rebirth', timestamp: T, type: 'Boolean', value: false },
      {
        name: 'Supply/power',
        alias: 1,
        timestamp: T,
        type: 'Double',
        value: 412.5,
        properties: { engUnit: { type: 'String', value: 'kW' } },
      },
      { name: 'Supply/count', alias: 2, timestamp: T, type: 'Int16', value: -3 },
      { name: 'Supply/label', alias: 3, timestamp: T, type: 'String', value: 'hall' },
    ],
  });
export const deviceBirth = (seq = 1) =>
  encodePayload({
    timestamp: T,
    seq,
    metrics: [{ name: 'Inputs/A', alias: 7, timestamp: T, type: 'Boolean', value: true }],
  });
export const nodeDeath = (bdSeq: number) =>
  encodePayload({ timestamp: T, metrics: [{ name: 'bdSeq', timestamp: T, type: 'UInt64', value: bdSeq }] });
/** Data as the standard wants them: an alias, no name, no datatype. */
export const data = (seq: number, alias: number, doubleValue: number) =>
  wirePayload({ timestamp: T + seq, seq, metrics: [{ alias, timestamp: T + seq, doubleValue }] });
/** A node and its device after their births. */
export const born = (topic?: string): DeviceReader => {
  const reader = open(topic);
  send(reader, 'G/NBIRTH/E', nodeBirth());
  send(reader, 'G/DBIRTH/E/D', deviceBirth());
  return reader;
};
export const asksRebirth = (report: DeviceReport) => (report.requests?.length ?? 0) > 0;
