import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import type { ReadingRow } from '#libs/store';
import { QUALITY, QUALITY_IMPORTED } from '#libs/telemetry';

import { packPoints } from '../devices/pack-points.js';
import { readEstimate } from './estimate.js';
import type { Picture } from './picture.js';
import { energyPlan, minute } from './plan.fixture.js';
import type { VenueGlance } from './overview.schema.js';
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
  importing: null,
  estimate: readEstimate(null),
  gateways: [],
  sessions: [],
});

/** Of points that are read every 20 s. */
const glances = (of: Picture): VenueGlance[] =>
  venueGlances(
    pack,
    of,
    packPoints(
      {
        gateways: of.points.map(({ venue, point }) => ({
          id: 'gw',
          venue,
          points: [{ id: point, kind: 'load_power' as const, unit: 'kW' as const, min: 0, max: 500, interval_s: 20 }],
        })),
        devices: [],
      },
      of,
    ),
  );

describe('venueGlances', () => {
  it('puts the latest readings beside the limit and the plan', () => {
    const [marshall] = glances(
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

  it('counts its points by how fresh they are', () => {
    const [marshall, library] = glances(
      picture([
        ['marshall', 'load_power', 120],
        ['marshall', 'grid_power', 105],
        ['marshall', 'pv_power', 5],
      ]),
    );
    expect(marshall?.points).toEqual({ live: 2, stale: 1, never: 0 });
    expect(library?.points).toEqual({ live: 0, stale: 0, never: 0 });
  });

  it('shows no bad reading, but imported history', () => {
    const [marshall] = glances(
      picture([
        ['marshall', 'load_power', 120, QUALITY.bad + QUALITY_IMPORTED],
        ['marshall', 'grid_power', 105, QUALITY.good + QUALITY_IMPORTED],
      ]),
    );
    expect(marshall).toMatchObject({ load_kw: null, grid_kw: 105 });
  });
});

describe('switches of a venue', () => {
  const terms = { feeder: 'north', import_limit_kw: 300, export_limit_kw: 0 };
  const switched = {
    ...venue('library'),
    connections: [{ id: 'library-b', ...terms, feeder: 'south' }],
    switches: [
      {
        ...{ id: 'transfer', connections: ['library-b', 'library'], point: 'transfer.position' },
        ...{ operation_cost: 0, most_operations: 1 },
      },
    ],
  };
  const positionOf = (value: number) =>
    venueGlances({ venues: [switched] }, picture([['library', 'transfer.position', value]]), [])[0]?.switches;

  it('have their connections in their own order, and where they stand', () => {
    const connections = [
      { id: 'library-b', feeder: 'south' },
      { id: 'library', feeder: 'north' },
    ];
    expect(positionOf(2)).toEqual([{ id: 'transfer', connections, position: 2 }]);
    expect(venueGlances({ venues: [switched] }, picture([]), [])[0]?.switches[0]?.position).toBeNull();
  });
});

describe('feederGlances', () => {
  it('adds what its venues take from the grid', () => {
    const venues = glances(
      picture([
        ['marshall', 'grid_power', 300],
        ['library', 'grid_power', -100],
      ]),
    );
    expect(feederGlances(pack, picture([]), venues)).toEqual([
      { id: 'north', name: 'North', load_kw: 200, limit_kw: 400, loading_ratio: 0.5 },
    ]);
  });

  it('counts for a feeder what comes through those that hang on it', () => {
    const [north] = pack.feeders;
    if (!north) throw new Error('no feeder');
    const tree = {
      ...pack,
      feeders: [
        { id: 'trunk', name: 'Trunk', limit_kw: 800 },
        { ...north, parent: 'trunk' },
      ],
    };
    expect(feederGlances(tree, picture([]), glances(picture([['marshall', 'grid_power', 300]])))).toMatchObject([
      { id: 'trunk', load_kw: 300, loading_ratio: 0.375 },
      { id: 'north', load_kw: 300 },
    ]);
  });

  it('does not know what nobody measures', () => {
    expect(feederGlances(pack, picture([]), glances(picture([])))).toMatchObject([
      { load_kw: null, loading_ratio: null },
    ]);
  });
});
