import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import type { ReadingRow } from '#libs/store';
import { QUALITY, QUALITY_IMPORTED } from '#libs/telemetry';

import { readEstimate } from './estimate.js';
import type { Picture } from './picture.js';
import { energyPlan, minute } from './plan.fixture.js';
import { feederGlances, venueGlances } from './venue-glances.js';

const NOW = epochMs(minute(5));
const venue = (id: string) => ({
  id,
  name: id,
  stop: '1',
  grid: { feeder: 'north', import_limit_kw: 300, export_limit_kw: 0 },
});
const pack = {
  venues: [venue('marshall'), venue('library')],
  feeders: [{ id: 'north', name: 'North', limit_kw: 400 }],
};

const picture = (
  readings: readonly (readonly [venue: string, kind: string, value: number, quality?: number])[],
): Picture => ({
  now: NOW,
  clock: { state: 'online', event_ms: NOW, wall_ms: NOW, speed: 1 },
  totals: { stored: 0, imported: 0, rejected: 0 },
  points: readings.map(([at, kind], id) => ({ id, venue: at, gateway: 'gw', point: kind, kind, unit: 'kW' })),
  latest: new Map(
    readings.map(([, , value, quality = QUALITY.good], pointId): [number, ReadingRow] => [
      pointId,
      { pointId, ts: epochMs(NOW - pointId * 60_000), value, quality },
    ]),
  ),
  energy: { plan: energyPlan('active'), proposed: undefined, hold: undefined },
  dispatch: { plan: undefined, proposed: undefined, hold: undefined },
  overrides: [],
  estimate: readEstimate(null),
  gateways: [],
});

describe('venueGlances', () => {
  it('puts the latest readings beside the limit and the plan', () => {
    const [marshall] = venueGlances(
      pack,
      picture([
        ['marshall', 'load_power', 120],
        ['marshall', 'grid_power', 105],
      ]),
    );
    expect(marshall).toMatchObject({
      load_kw: 120,
      grid_kw: 105,
      pv_kw: null,
      import_limit_kw: 300,
      planned_grid_kw: 100,
      measured_ms: NOW - 60_000,
    });
  });

  it('shows no bad reading, but imported history', () => {
    const [marshall] = venueGlances(
      pack,
      picture([
        ['marshall', 'load_power', 120, QUALITY.bad + QUALITY_IMPORTED],
        ['marshall', 'grid_power', 105, QUALITY.good + QUALITY_IMPORTED],
      ]),
    );
    expect(marshall).toMatchObject({ load_kw: null, grid_kw: 105 });
  });
});

describe('feederGlances', () => {
  it('adds what its venues take from the grid', () => {
    const venues = venueGlances(
      pack,
      picture([
        ['marshall', 'grid_power', 300],
        ['library', 'grid_power', -100],
      ]),
    );
    expect(feederGlances(pack, venues)).toEqual([
      { id: 'north', name: 'North', load_kw: 200, limit_kw: 400, loading_ratio: 0.5 },
    ]);
  });

  it('does not know what nobody measures', () => {
    expect(feederGlances(pack, venueGlances(pack, picture([])))).toMatchObject([
      { load_kw: null, loading_ratio: null },
    ]);
  });
});
