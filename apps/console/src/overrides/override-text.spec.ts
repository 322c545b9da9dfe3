import { describe, expect, it } from '@jest/globals';
import { describeOverride } from './override-text.js';

const overview = {
  event: { name: 'Games', time_zone: 'UTC', currency: 'EUR' },
  venues: [
    {
      id: 'hall',
      name: 'Ice hall',
      load_kw: null,
      pv_kw: null,
      battery_kw: null,
      battery_soc_ratio: null,
      grid_kw: null,
      feeder: 'north',
      import_limit_kw: 100,
      measured_ms: null,
      connections: [],
      generators: [],
      switches: [],
      points: { live: 1, stale: 0, never: 0 },
    },
  ],
  feeders: [{ id: 'north', name: 'North feeder', load_kw: null, limit_kw: 100, loading_ratio: null }],
  lines: [
    { id: 'A', name: 'Line A', next_departures: [], dropped_departures: [], queue: null, mean_wait_seconds: null },
  ],
};
const now = Date.parse('2026-02-07T12:00Z');
const departs = Date.parse('2026-02-07T12:30Z');

describe('describeOverride', () => {
  it.each([
    ['setpoint', { venue: 'hall', asset: 'battery', value: 30 }, 'Ice hall: battery charges at 30.0 kW'],
    ['setpoint', { venue: 'hall', asset: 'battery', value: -30 }, 'Ice hall: battery discharges at 30.0 kW'],
    ['setpoint', { venue: 'hall', asset: 'battery', value: 0 }, 'Ice hall: battery idle'],
    ['setpoint', { venue: 'rink', asset: 'pv', value: 5 }, 'rink: PV feeds in at most 5.0 kW'],
    ['departure', { line: 'A', departs_ms: departs, action: 'add' }, 'Line A: departure at 12:30 added'],
    ['departure', { line: 'A', departs_ms: departs, action: 'cancel' }, 'Line A: departure at 12:30 cancelled'],
    ['switch', { venue: 'hall', switch: 'transfer', connection: 'hall-b' }, 'Ice hall: transfer stays on hall-b'],
    ['vehicle', { vehicle: 'bus-01' }, 'bus-01 cannot drive'],
    ['road', { road: 'Oak Drive' }, 'Oak Drive is closed'],
    ['outage', { of: 'feeder', id: 'north' }, 'North feeder has no power'],
    ['outage', { of: 'generator', id: 'hall/genset' }, 'generator hall/genset has no power'],
  ] as const)('%s %p', (kind, target, text) => expect(describeOverride({ kind, target }, overview, now)).toBe(text));
});
