import type { Pack } from '#libs/games';

const grid = { feeder: 'f', import_limit_kw: 100, export_limit_kw: 0 };

/** Two venues on the loop of the tiny feed, with two buses. */
export const tinyPack: Pick<Pack, 'games' | 'venues' | 'transport'> = {
  games: { id: 'tiny', name: 'Tiny', version: '1', time_zone: 'Europe/Rome', currency: 'EUR', history_days: 0 },
  venues: [
    { id: 'hall', name: 'Hall', stop: 'b', grid },
    { id: 'rink', name: 'Rink', stop: 'c', grid },
  ],
  transport: {
    gtfs: 'tiny.zip',
    vehicle_types: [{ id: 'bus', seats: 20, standing: 0, accessible: 0, cost_per_hour: 12, cost_per_km: 0 }],
    depots: [{ id: 'depot', name: 'Depot', stop: 'a' }],
    fleet: [{ prefix: 'bus', count: 2, type: 'bus', depot: 'depot' }],
    groups: [{ id: 'visitors', name: 'Visitors', waiting_cost_per_hour: 12, late_cost_per_hour: 0 }],
    prices: { change_cost: 0, missed_cost: 100, left_wait_minutes: 0 },
    layover_s: 60,
    lines: [
      {
        id: 'L',
        rides: [
          { from: 'hall', to: 'rink', group: 'visitors', count: { venue: 'hall', point: 'gates.out' }, share: 0.5 },
          { from: 'rink', to: 'hall', group: 'visitors', count: { venue: 'hall', point: 'gates.in' }, share: 0.25 },
        ],
      },
    ],
    approval: 'automatic',
  },
};
