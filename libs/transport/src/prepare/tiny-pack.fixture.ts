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
    fleet: { prefix: 'bus', count: 2, seats: 20 },
    layover_s: 60,
    waiting_cost_per_hour: 12,
    vehicle_cost_per_hour: 12,
    lines: [
      {
        id: 'L',
        rides: [
          { from: 'hall', to: 'rink', count: { venue: 'hall', point: 'gates.out' }, share: 0.5 },
          { from: 'rink', to: 'hall', count: { venue: 'hall', point: 'gates.in' }, share: 0.25 },
        ],
      },
    ],
    approval: 'automatic',
  },
};
