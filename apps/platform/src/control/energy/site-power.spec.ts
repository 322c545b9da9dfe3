import { describe, expect, it } from '@jest/globals';
import { feederLoads } from './site-power.js';

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

describe('feederLoads', () => {
  it('adds the venues of a feeder, and counts export as load too', () => {
    const kw = new Map([
      ['hall', 250],
      ['rink', -50],
      ['gate', -80],
    ]);
    expect(feederLoads(pack, (venue) => kw.get(venue))).toEqual([
      { feeder: 'north', load_kw: 200, limit_kw: 400, loading_ratio: 0.5 },
      { feeder: 'south', load_kw: -80, limit_kw: 100, loading_ratio: 0.8 },
    ]);
  });
});
