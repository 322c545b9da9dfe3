import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import { QUALITY, QUALITY_IMPORTED } from '#libs/telemetry';
import { PackPoints } from '../points.js';
import { feederLoads, reportPower } from './site-power.js';

const grid = { feeder: 'north', import_limit_kw: 300, export_limit_kw: 100 };
const pack = {
  feeders: [
    { id: 'north', name: 'North', limit_kw: 400 },
    { id: 'south', name: 'South', limit_kw: 100 },
  ],
  venues: [
    { id: 'hall', name: 'Hall', stop: '1', grid },
    { id: 'rink', name: 'Rink', stop: '2', grid },
    { id: 'gate', name: 'Gate', stop: '3', grid: { ...grid, feeder: 'south' } },
  ],
};

const nobody = () => undefined;

describe('feederLoads', () => {
  it('adds the venues of a feeder, and counts export as load too', () => {
    const kw = new Map([
      ['hall', 250],
      ['rink', -50],
      ['gate', -80],
    ]);
    expect(feederLoads(pack, (venue) => kw.get(venue), nobody)).toEqual([
      { feeder: 'north', load_kw: 200, limit_kw: 400, loading_ratio: 0.5 },
      { feeder: 'south', load_kw: -80, limit_kw: 100, loading_ratio: 0.8 },
    ]);
  });
});

describe('feeders of a venue with a transfer switch', () => {
  const venues = [
    {
      ...{ id: 'hall', name: 'Hall', stop: '1', grid },
      connections: [{ ...grid, id: 'hall-b', feeder: 'south' }],
      switches: [
        {
          ...{ id: 'transfer', connections: ['hall', 'hall-b'], operation_cost: 1, most_operations: 2 },
          point: 'transfer.position',
        },
      ],
    },
  ];
  const loadsAt = (position: number | undefined) =>
    Object.fromEntries(
      feederLoads(
        { ...pack, venues },
        () => 90,
        () => position,
      ).map(({ feeder, load_kw }) => [feeder, load_kw]),
    );

  it('carry it where it stands, on its first while nobody knows', () => {
    expect(loadsAt(2)).toEqual({ south: 90 });
    expect(loadsAt(1)).toEqual({ north: 90 });
    expect(loadsAt(undefined)).toEqual({ north: 90 });
  });

  it('carry nothing of it while it stands on none', () => expect(loadsAt(0)).toEqual({}));
});

describe('reportPower', () => {
  const meter = {
    id: 'main.active_power',
    kind: 'grid_power',
    unit: 'kW',
    min: -1000,
    max: 1000,
    interval_s: 60,
  } as const;
  const meters = pack.venues.map(({ id }) => ({ id: 'edge', venue: id, points: [meter] }));
  const rows = pack.venues.map(({ id: venue }, id) => ({
    id,
    venue,
    gateway: 'edge',
    point: meter.id,
    kind: meter.kind,
    unit: 'kW',
  }));
  const points = PackPoints.of({ devices: [], gateways: meters }, rows);
  const reading = (pointId: number, value: number, quality: number) => ({ pointId, ts: epochMs(0), value, quality });

  it('leaves bad readings out, also where there was a good one before', async () => {
    const metrics = new Metrics();
    const report = (...readings: ReturnType<typeof reading>[]) =>
      reportPower(pack, points, new Map(readings.map((one) => [one.pointId, one])), metrics);
    report(reading(0, 120, QUALITY.good), reading(1, 80, QUALITY.good), reading(2, 50, QUALITY.good));
    expect(await metrics.text()).toContain('venueflow_feeder_loading_ratio{feeder="south"} 0.5');
    const bad = QUALITY.bad + QUALITY_IMPORTED;
    const loads = report(reading(0, 120, QUALITY.good), reading(1, 9000, QUALITY.bad), reading(2, 9000, bad));
    expect(loads.map(({ feeder, load_kw }) => [feeder, load_kw])).toEqual([['north', 120]]);
    const text = await metrics.text();
    expect(text).toContain('venueflow_site_power_watts{venue="hall",direction="import"} 120000');
    expect(text).toContain('venueflow_feeder_loading_ratio{feeder="north"} 0.3');
    expect(text).not.toMatch(/venue="rink"|venue="gate"|feeder="south"/);
  });
});
