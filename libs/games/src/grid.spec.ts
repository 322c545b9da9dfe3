import { describe, expect, it } from '@jest/globals';
import { feederPath, listConnections, plannedOutages } from './grid.js';
import { tinyPack } from './tiny-pack.fixture.js';

const terms = { feeder: 'north', import_limit_kw: 100, export_limit_kw: 0 };

describe('the grid of a pack', () => {
  it('gives a venue its own connection first', () => {
    const connections = [{ id: 'hall-b', ...terms, feeder: 'south' }];
    expect(listConnections({ id: 'hall', grid: terms, connections }).map(({ id, feeder }) => [id, feeder])).toEqual([
      ['hall', 'north'],
      ['hall-b', 'south'],
    ]);
  });

  it('leads from a feeder outward', () => {
    const feeders = [
      { id: 'station', name: 'Station', limit_kw: 9 },
      { id: 'north', name: 'North', limit_kw: 9, parent: 'station' },
    ];
    expect(feederPath(feeders, 'north')).toEqual(['north', 'station']);
  });

  it('is dead in civil time', () => {
    const outages = [{ from: '2026-02-06T10:00', until: '2026-02-06T12:00' }];
    expect(plannedOutages(tinyPack(), { outages })).toEqual([
      { start: Date.UTC(2026, 1, 6, 15), end: Date.UTC(2026, 1, 6, 17) },
    ]);
  });
});
