import { describe, expect, it } from '@jest/globals';
import type { Point, Venue } from '#libs/games';

import { listGroups, venueLoad } from './pack-meters.js';

const venue = (id: string, feeder: string, over: Partial<Venue> = {}): Venue => ({
  id,
  name: id,
  stop: '1',
  grid: { feeder, import_limit_kw: 100, export_limit_kw: 0 },
  ...over,
});
const point = (id: string, kind: Point['kind']): Point => ({ id, kind, unit: 'kW', min: 0, max: 100, interval_s: 60 });
const gateway = (of: string, ...more: readonly Point[]) => ({
  id: `gw-${of}`,
  venue: of,
  points: [point('main.active_power', 'grid_power'), point('load.active_power', 'load_power'), ...more],
});
/** A substation with a meter feeds the hall and two feeders; of them only the north one has a meter. */
const pack = {
  feeders: [
    { id: 'substation', name: 'S', limit_kw: 1, meter: { venue: 'hall', point: 'head.active_power' } },
    { id: 'north', name: 'N', limit_kw: 1, parent: 'substation', meter: { venue: 'rink', point: 'head.active_power' } },
    { id: 'south', name: 'S', limit_kw: 1, parent: 'substation' },
  ],
  venues: [venue('hall', 'substation'), venue('rink', 'north'), venue('field', 'south')],
  gateways: [
    gateway('hall', point('head.active_power', 'sensor')),
    gateway('rink', point('head.active_power', 'sensor')),
    gateway(
      'field',
      point('pv.active_power', 'pv_power'),
      point('battery.active_power', 'battery_power'),
      point('genset.active_power', 'asset_power'),
    ),
  ],
  devices: [],
};

describe('listGroups', () => {
  it('G01 sets against a substation’s meter what stands next behind it', () => {
    const [substation, north] = listGroups(pack);
    expect(substation).toMatchObject({ level: 'feeder', id: 'substation', main: 'hall/head.active_power' });
    expect(substation?.parts.map(({ meter }) => meter)).toEqual([
      'hall/main.active_power',
      'rink/head.active_power',
      'field/main.active_power',
    ]);
    expect(north?.parts).toEqual([{ meter: 'rink/main.active_power', sign: 1 }]);
  });

  it('G02 sets against a site’s import its load, less sun and generators, and its battery', () => {
    const generators = [
      {
        id: 'genset',
        capacity_kw: 80,
        min_kw: 25,
        start_cost: 5,
        stop_cost: 0,
        min_up_minutes: 30,
        min_down_minutes: 30,
        fuel: { curve: [[25, 9] as [number, number], [80, 23] as [number, number]], price: 1.4, carbon_kg: 2.7 },
        point: 'genset.active_power',
      },
    ];
    const field = { ...pack, venues: [venue('field', 'south', { generators })], feeders: [] };
    expect(listGroups(field)).toEqual([
      {
        level: 'site',
        id: 'field',
        feeder: 'south',
        main: 'field/main.active_power',
        parts: [
          { meter: 'field/load.active_power', sign: 1 },
          { meter: 'field/pv.active_power', sign: -1 },
          { meter: 'field/battery.active_power', sign: 1 },
          { meter: 'field/genset.active_power', sign: -1 },
        ],
        loss_ratio: 0,
      },
    ]);
  });

  it('G05 has a site behind each feeder for its share of the time, of two that are one feeder’s for all of it', () => {
    const shares = new Map([
      [
        'rink',
        {
          byDefault: [false, false],
          of: new Map([
            ['north', [1, 0]],
            ['south', [0, 1]],
          ]),
        },
      ],
    ]);
    const partsOf = (feeder: string, of = pack) => listGroups(of, shares).find(({ id }) => id === feeder)?.parts;
    expect(partsOf('north')).toEqual([{ meter: 'rink/main.active_power', sign: 1, share: [1, 0] }]);
    expect(partsOf('substation')).toContainEqual({ meter: 'rink/main.active_power', sign: 1, share: [0, 1] });
    const [substation, , south] = pack.feeders;
    const bare = {
      ...pack,
      feeders: [substation, { id: 'north', name: 'N', limit_kw: 1, parent: 'substation' }, south],
    } as typeof pack;
    expect(partsOf('substation', bare)).toContainEqual({ meter: 'rink/main.active_power', sign: 1 });
  });
});

describe('venueLoad', () => {
  it('G03 is the venue’s own where nothing is said', () => {
    expect(venueLoad(pack, venue('hall', 'north'))).toEqual({
      load: 'hall/load.active_power',
      customers: [{ customer: 'hall', of: 'rest' }],
    });
  });

  it('G04 gives parts to other customers, the rest to the venue’s', () => {
    const loads: Venue['loads'] = [
      { id: 'cameras', tier: 'broadcast', point: 'cameras.active_power', customer: 'Broadcaster' },
      { id: 'kitchen', tier: 'normal', share: 0.2, customer: 'Caterer' },
      { id: 'light', tier: 'life_safety', share: 0.1 },
    ];
    expect(venueLoad(pack, venue('hall', 'north', { customer: 'Organiser', loads })).customers).toEqual([
      { customer: 'Broadcaster', of: { meter: 'hall/cameras.active_power' } },
      { customer: 'Caterer', of: { share: 0.2 } },
      { customer: 'Organiser', of: 'rest' },
    ]);
  });
});
