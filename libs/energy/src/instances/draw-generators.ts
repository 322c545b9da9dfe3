import type { Random } from '#libs/kernel';
import type { Unit } from '../problem.js';
import { draw } from './day.js';

/** kWh in a litre of Diesel. */
const KWH_PER_LITRE = 10;
const EUR_PER_LITRE = 0.95;
const KG_PER_LITRE = 2.68;

/** Two or three machines that could carry a peak together: the first two are twins, as they are hired. */
export const drawGenerators = (random: Random, peakKw: number): readonly Unit[] => {
  const count = random() < 0.5 ? 2 : 3;
  const twin = drawMachine(random, (peakKw * draw(random, 1.15, 1.35)) / count);
  return Array.from({ length: count }, (_, at) => {
    const machine = at < 2 ? twin : drawMachine(random, (peakKw * 1.25) / count);
    return { ...machine, unit: `generator ${at + 1}` };
  });
};

const drawMachine = (random: Random, kw: number): Omit<Unit, 'unit'> => {
  const capacity = Math.max(10, Math.round(kw));
  const least = Math.round(capacity * draw(random, 0.25, 0.4));
  const best = draw(random, 0.36, 0.41);
  /** Litres an hour: dearer per kWh at little load, and again above three quarters. */
  const burnt = (share: number, efficiency: number): number =>
    Number(((capacity * share) / (KWH_PER_LITRE * efficiency)).toFixed(3));
  return {
    capacity_kw: capacity,
    outputs: [{ bus: 'power', per_kw: 1 }],
    inputs: [],
    cost_per_kwh: 0.01,
    fuel: {
      curve: [
        [least, burnt(least / capacity, best * 0.8)],
        [0.75 * capacity, burnt(0.75, best)],
        [capacity, burnt(1, best * 0.98)],
      ],
      price: EUR_PER_LITRE,
      carbon_kg: KG_PER_LITRE,
    },
    commitment: {
      min_kw: least,
      start_cost: Math.round(5 + capacity * draw(random, 0.03, 0.08)),
      stop_cost: 2,
      min_up_slots: 4 + Math.floor(random() * 5),
      min_down_slots: 2 + Math.floor(random() * 5),
      on: false,
      slots_so: 96,
    },
  };
};
