import { epochMs, MINUTE_MS, seededRandom } from '#libs/kernel';
import type { EnergyProblem } from '../problem.js';
import { START_MS } from './day.js';
import { drawParts } from './draw-site.js';
import { connect, drawMarket, layFeeders } from './lay-grid.js';
import { referenceImport } from './reference-day.js';

export interface EnergyInstanceSize {
  /** At least 1. */
  readonly sites: number;
  /** Slots of 15 minutes, at least 1. */
  readonly slots: number;
  readonly seed: number;
  /** Each site has two or three generators that are on or off, and every third no connection. Default false. */
  readonly generators?: boolean;
}

/** Sites of an instance have random numbers of their own: a larger instance begins with the sites of a smaller one. */
const SEEDS_APART = 1_000_003;

/**
 * An energy problem as an event's sites have it on a day of sessions. Limits are a little above what a simple rule needs (`referenceImport`): they can be kept, and they bind where prices would
 * have all batteries charge at once. The same size and seed give the same problem, byte for byte.
 */
export const generateEnergyInstance = ({
  sites: count,
  slots,
  seed,
  generators = false,
}: EnergyInstanceSize): EnergyProblem => {
  const market = drawMarket(seededRandom(seed), slots);
  const drawn = Array.from({ length: count }, (_, at) => {
    const random = seededRandom(seed * SEEDS_APART + at);
    const parts = drawParts(random, at, slots, generators);
    const isAlone = generators && at % 3 === 2;
    const load = isAlone ? new Array<number>(slots).fill(0) : referenceImport(parts, slots);
    return { load, site: { ...parts, connections: isAlone ? [] : connect(random, at, market, load) } };
  });
  return {
    grid: { start: epochMs(START_MS), slotMs: 15 * MINUTE_MS, count: slots },
    currency: 'EUR',
    carbon_price_per_kg: 0.08,
    feeders: layFeeders(drawn.map(({ load }) => load)),
    sites: drawn.map(({ site }) => site),
  };
};
