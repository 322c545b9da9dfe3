import { listConnections, type Venue } from '#libs/games';
import type { SlotGrid } from '#libs/kernel';
import type { Connection, Feeder, Tariff } from '../problem.js';
import { deadTimes } from './dead-times.js';
import type { EnergyInputs } from './energy-inputs.js';
import { usableConnections } from './switches.js';
import { monthPeaks } from './tariff.js';
import { slotsOf } from './time-slots.js';

/** Nothing flows but the peak counts: what hangs on it pays for its energy itself. */
const FREE = { import_price_per_kwh: 0, export_price_per_kwh: 0, carbon_kg_per_kwh: 0 };

export const prepareFeeders = ({ pack, grid, measured }: EnergyInputs): readonly Feeder[] =>
  pack.feeders.map(({ id, limit_kw, parent, peak_price_per_kw_month: price }) => ({
    feeder: id,
    limit_kw,
    ...(parent !== undefined && { parent }),
    ...(price !== undefined && {
      tariff: { ...FREE, peaks: monthPeaks(grid, pack.games.time_zone, price, measured?.peaks.get(id)) },
    }),
  }));

export const prepareConnections = (inputs: EnergyInputs, venue: Venue, tariff: Tariff): readonly Connection[] => {
  const { pack, grid, outages = [], measured } = inputs;
  return usableConnections(inputs, venue, listConnections(venue)).map((terms) => {
    const { id, feeder, import_limit_kw, export_limit_kw, peak_price_per_kw_month: price } = terms;
    const dead = slotsOf(grid, deadTimes(pack, terms, outages));
    const peaks = price !== undefined && monthPeaks(grid, pack.games.time_zone, price, measured?.peaks.get(id));
    return {
      connection: id,
      feeder,
      import_limit_kw,
      export_limit_kw,
      tariff: peaks ? { ...tariff, peaks } : tariff,
      ...(dead.length > 0 && { available: aliveSeries(grid, dead) }),
    };
  });
};

const aliveSeries = ({ count }: SlotGrid, dead: readonly number[]): readonly number[] =>
  Array.from({ length: count }, (_, slot) => (dead.includes(slot) ? 0 : 1));
