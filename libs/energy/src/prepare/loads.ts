import { forecastQuantile } from '#libs/forecast';
import type { Expected } from './energy-inputs.js';
import type { Pack, Venue } from '#libs/games';
import { HOUR_MS, slotStart, toCivil } from '#libs/kernel';
import type { Load, Supply } from '../problem.js';
import { assetKey, type EnergyInputs } from './energy-inputs.js';
import { plannedThermals } from './thermal.js';

/** A forecast as the pack's risk has it. */
const atRisk = (
  forecast: Expected | undefined,
  risk: Pack['energy']['risk'],
  of: 'load_quantile' | 'sun_quantile',
  count: number,
): readonly number[] => {
  if (!forecast) return new Array<number>(count).fill(0);
  return risk ? forecastQuantile(forecast, risk[of]) : forecast.values;
};

export const prepareSun = ({ pack, grid, pv }: EnergyInputs, { id }: Venue): Supply => ({
  supply: 'pv',
  available_kw: atRisk(pv.get(id), pack.energy.risk, 'sun_quantile', grid.count),
});

/** The metered load by its parts: the named ones, what planned thermal machines take, which is asked of them as cold or heat, and the rest. */
export const prepareLoads = (inputs: EnergyInputs, venue: Venue): readonly Load[] => {
  const { pack, grid, load, parts } = inputs;
  const forecast = (of: Expected | undefined): readonly number[] =>
    atRisk(of, pack.energy.risk, 'load_quantile', grid.count);
  const metered = forecast(load.get(venue.id));
  const shared = (share: number): readonly number[] => metered.map((kw) => kw * share);
  const named = (venue.loads ?? []).map(({ id, tier, share, shed_cost_per_kwh, restrike_minutes, ups }) => ({
    load: id,
    tier,
    power_kw: share === undefined ? forecast(parts?.get(assetKey(venue.id, id))) : shared(share),
    ...(shed_cost_per_kwh !== undefined && { shed_cost_per_kwh }),
    ...(restrike_minutes !== undefined && { restrike_min: restrike_minutes }),
    ...(ups && { ups: { power_kw: ups.power_kw, autonomy_min: ups.autonomy_minutes } }),
  }));
  const thermals = plannedThermals(inputs, venue);
  const apart = [
    ...named.map(({ power_kw }) => power_kw),
    ...thermals.flatMap(({ share }) => (share === undefined ? [] : [shared(share)])),
  ];
  const rest = metered.map((kw, slot) => Math.max(0, kw - apart.reduce((sum, own) => sum + (own[slot] ?? 0), 0)));
  const hourOf = (slot: number): number =>
    Math.floor(toCivil(pack.games.time_zone, slotStart(grid, slot)) / HOUR_MS) % 24;
  return [
    { load: 'load', tier: 'normal', power_kw: rest },
    ...named,
    ...thermals.map(({ id, share, profile_kw, machine }): Load => ({
      load: `${id}.asked`,
      bus: id,
      tier: 'normal',
      power_kw:
        share === undefined
          ? metered.map((_, slot) => profile_kw?.[hourOf(slot)] ?? 0)
          : shared(share).map((kw) => kw * machine.cop),
    })),
  ];
};
