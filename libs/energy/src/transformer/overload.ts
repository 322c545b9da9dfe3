import { slotDuration } from '#libs/kernel';
import { type EnergyProblem, type Feeder, type Transformer, valueAt } from '../problem.js';
import { feederLimit, loadShapeOf } from './feeder-rating.js';
import {
  type Heat,
  heatAfter,
  hotSpotOf,
  LIFE_HOURS,
  MOST_CELSIUS,
  MOST_LOAD,
  simulateHotSpot,
  steadyHeat,
} from './hot-spot.js';

/** Loads up to which overload has one price, as ratios of the rating. */
const STEPS = [1, 1.1, 1.2, 1.3, 1.4, MOST_LOAD] as const;
/** Bisections for the load that just keeps a transformer cool enough. */
const BISECTIONS = 20;
/** Hot spots over the limit by less than this are met, K. */
const CLOSE = 0.5;

/** The most that each transformer may carry, as a ratio of its rating, one a slot, by feeder. Absent: `MOST_LOAD`. */
export type LoadCaps = ReadonlyMap<string, readonly number[]>;

/** A part of a feeder's overload: so many kW at so much each in the slot. */
export interface OverloadStep {
  readonly kw: number;
  readonly price_per_kw: number;
}

/** kW below which overload begins, and its steps, each dearer than the one before: life used in the slot from the heat of rated load on. */
export const overloadOf = (
  problem: EnergyProblem,
  one: Feeder,
  slot: number,
  cap: number = MOST_LOAD,
): { readonly rated: number; readonly steps: readonly OverloadStep[] } => {
  const { transformer } = one;
  const limitAt = (load: number): number => Math.max(0, feederLimit(problem, one, slot, load));
  const rated = limitAt(Math.min(1, cap));
  if (!transformer) return { rated, steps: [] };
  const lifeAt = (load: number): number => {
    const hours = slotDuration(problem.grid) / 3600;
    return (
      (heatAfter(steadyHeat(1), load, valueAt(transformer.ambient_c, slot), hours).ageing * transformer.price) /
      LIFE_HOURS
    );
  };
  const steps: OverloadStep[] = [];
  for (const [at, from] of STEPS.entries()) {
    const to = Math.min(cap, STEPS[at + 1] ?? from);
    const kw = to > from ? limitAt(to) - limitAt(from) : 0;
    if (kw > 0) steps.push({ kw, price_per_kw: (lifeAt(to) - lifeAt(from)) / kw });
  }
  return { rated, steps };
};

/** Load of a transformer by slot, as a ratio of its rating. */
export const loadRatios = (
  problem: EnergyProblem,
  { feeder, transformer }: Feeder,
  net: readonly number[],
): readonly number[] =>
  net.map((kw, slot) => {
    const { kvar, skew } = loadShapeOf(problem, feeder, slot);
    return Math.hypot(Math.abs(kw) + 3 * skew, kvar) / (transformer?.rated_kva ?? 1);
  });

/** Lower caps where planned loads make a hot spot too hot; undefined where none is. `loads`: what the plan puts on each transformer, as ratios, by feeder. */
export const coolerCaps = (
  problem: EnergyProblem,
  loads: ReadonlyMap<string, readonly number[]>,
  caps: LoadCaps,
): LoadCaps | undefined => {
  const hours = slotDuration(problem.grid) / 3600;
  const next = new Map(caps);
  let isHot = false;
  for (const { feeder, transformer } of problem.feeders) {
    const planned = loads.get(feeder);
    if (!transformer || !planned) continue;
    if (simulateHotSpot(transformer, planned, hours).celsius.every((celsius) => celsius <= MOST_CELSIUS + CLOSE))
      continue;
    isHot = true;
    next.set(feeder, coolLoads(transformer, planned, hours, caps.get(feeder)));
  }
  return isHot ? next : undefined;
};

/** The most that a transformer may carry in each slot after what it has carried before, as a ratio of its rating: what makes it no hotter than it may be, or than it is. */
export const heatLimits = (transformer: Transformer, loads: readonly number[], hours: number): readonly number[] => {
  let heat = steadyHeat(transformer.load_before ?? 0);
  return loads.map((load, slot) => {
    const ambient = valueAt(transformer.ambient_c, slot);
    const most = coolLoad(heat, MOST_LOAD, ambient, hours, MOST_CELSIUS + CLOSE);
    heat = heatAfter(heat, load, ambient, hours).heat;
    return most;
  });
};

/** The largest load up to a given one that makes a hot spot no hotter than it may be, or than it is. */
const coolLoad = (from: Heat, load: number, ambient: number, hours: number, mostCelsius: number): number => {
  const isCool = (at: number): boolean =>
    heatAfter(from, at, ambient, hours).hottest <= Math.max(mostCelsius, hotSpotOf(ambient, from));
  if (isCool(load)) return load;
  let [low, high] = [0, load];
  for (let step = 0; step < BISECTIONS; step += 1) {
    const middle = (low + high) / 2;
    if (isCool(middle)) low = middle;
    else high = middle;
  }
  return low;
};

/** From the first slot on, what each may carry after what those before it carry. */
const coolLoads = (
  transformer: Transformer,
  planned: readonly number[],
  hours: number,
  caps: readonly number[] | undefined,
): readonly number[] => {
  let heat = steadyHeat(transformer.load_before ?? 0);
  return planned.map((load, slot) => {
    const ambient = valueAt(transformer.ambient_c, slot);
    const cool = coolLoad(heat, load, ambient, hours, MOST_CELSIUS);
    heat = heatAfter(heat, cool, ambient, hours).heat;
    return cool < load ? cool : (caps?.[slot] ?? MOST_LOAD);
  });
};
