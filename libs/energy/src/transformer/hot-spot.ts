import type { Transformer } from '../problem.js';

/** Constants of a distribution transformer with natural oil and air flow (IEC 60076-7:2005, table 5): rises at rated load in K, time constants in minutes. */
const OIL = { rise: 55, exponent: 0.8, lossRatio: 5, minutes: 180, k11: 1 } as const;
const WINDING = { rise: 23, exponent: 1.6, minutes: 4, k21: 1, k22: 2 } as const;
/** Hot spot at which paper that is not thermally upgraded ages at the normal rate, and by how much hotter it ages twice as fast; °C and K. */
const NORMAL = 98;
const DOUBLES = 6;
/** Hours of life at the normal rate. */
export const LIFE_HOURS = 180_000;
/** Normal cyclic loading of distribution transformers: hot spot in °C, and load as a ratio of the rating, at most (IEC 60076-7:2005, table 4). */
export const MOST_CELSIUS = 120;
export const MOST_LOAD = 1.5;
/** Life goes by steps: at most half the shortest time constant. */
const STEP_MINUTES = 2;

/** Rises over ambient, K. */
export interface Heat {
  readonly oil: number;
  readonly winding: number;
}

const oilRise = (load: number): number =>
  OIL.rise * ((1 + OIL.lossRatio * load ** 2) / (1 + OIL.lossRatio)) ** OIL.exponent;
const windingRise = (load: number): number => WINDING.k21 * WINDING.rise * load ** WINDING.exponent;

/** After a long time at one load, as a ratio of the rating. */
export const steadyHeat = (load: number): Heat => ({ oil: oilRise(load), winding: windingRise(load) });

export const hotSpotOf = (ambient: number, { oil, winding }: Heat): number => ambient + oil + winding;

/** How fast it ages: 1 at the normal rate. */
export const ageingAt = (celsius: number): number => 2 ** ((celsius - NORMAL) / DOUBLES);

/**
 * Heat after `hours` at one load by the exponential equations of IEC 60076-7:2005, 8.2.2; with k21 = 1 the second part of the hot spot's gradient is zero. The hottest and the hours of life used
 * (`ageing`) are of steps in between.
 */
export const heatAfter = (
  from: Heat,
  load: number,
  ambient: number,
  hours: number,
): { readonly heat: Heat; readonly hottest: number; readonly ageing: number } => {
  const steps = Math.max(1, Math.ceil((hours * 60) / STEP_MINUTES));
  const minutes = (hours * 60) / steps;
  const shareOf = (constant: number): number => 1 - Math.exp(-minutes / constant);
  const [oilShare, windingShare] = [shareOf(OIL.k11 * OIL.minutes), shareOf(WINDING.k22 * WINDING.minutes)];
  let [{ oil, winding }, hottest, ageing] = [from, hotSpotOf(ambient, from), 0];
  for (let step = 0; step < steps; step += 1) {
    oil += (oilRise(load) - oil) * oilShare;
    winding += (windingRise(load) - winding) * windingShare;
    const celsius = hotSpotOf(ambient, { oil, winding });
    hottest = Math.max(hottest, celsius);
    ageing += ageingAt(celsius) * (minutes / 60);
  }
  return { heat: { oil, winding }, hottest, ageing };
};

/** Hot spot at its hottest in each slot, °C, and hours of life used in all. `loads`: ratios of the rating, one a slot. */
export const simulateHotSpot = (
  { ambient_c, load_before = 0 }: Pick<Transformer, 'ambient_c' | 'load_before'>,
  loads: readonly number[],
  hours: number,
): { readonly celsius: readonly number[]; readonly ageing: number } => {
  let heat = steadyHeat(load_before);
  let total = 0;
  const celsius = loads.map((load, slot) => {
    const ambient = typeof ambient_c === 'number' ? ambient_c : (ambient_c[slot] ?? 0);
    const after = heatAfter(heat, Math.abs(load), ambient, hours);
    heat = after.heat;
    total += after.ageing;
    return after.hottest;
  });
  return { celsius, ageing: total };
};
