import { nodeAt } from '../search/network.js';
import type { VehiclePrices } from './vehicle-prices.js';
import type { FreePart } from './free-part.js';

/** What one departure of each kind costs on each pattern of a strand in each slot. Numbered (position x kinds + kind) x slots + slot; infinite where none can leave. */
export interface DeparturePrices {
  readonly price: Float64Array;
  /** The fleet that is cheapest, by position; -1 where none can leave. */
  readonly fleet: Int32Array;
}

/** At prices of vehicles and bays. */
export const departurePrices = (
  { compiled, fleets }: FreePart,
  strand: number,
  prices: VehiclePrices,
): DeparturePrices => {
  const { network } = compiled;
  const { slots, places, kinds, sink } = network;
  const patterns = compiled.strands[strand]?.patterns ?? [];
  const price = new Float64Array(patterns.length * kinds.length * slots).fill(Infinity);
  const cheapest = new Int32Array(price.length).fill(-1);
  for (const [position, pattern] of patterns.entries()) {
    const arc = network.patterns[pattern];
    if (!arc) continue;
    const { from, to, busy, bayCalls } = arc;
    for (const [fleet, { vehicles }] of fleets.entries()) {
      const vehicleClass = network.classes[vehicles];
      const cost = vehicleClass?.tripCost[pattern] ?? Infinity;
      if (!vehicleClass || cost === Infinity) continue;
      const worth = prices.of(fleet);
      const row = (position * kinds.length + vehicleClass.kind) * slots;
      for (let slot = 0; slot < slots && slot + busy <= vehicleClass.untilSlot; slot += 1) {
        const ends = nodeAt(network, to, slot + busy);
        const own = cost + (worth[slot * places + from] ?? 0) - (ends === sink ? 0 : (worth[ends] ?? 0));
        if (own >= (price[row + slot] ?? 0)) continue;
        price[row + slot] = own;
        cheapest[row + slot] = fleet;
      }
    }
    for (const { bay, offset } of bayCalls) {
      for (let slot = 0; slot + offset < slots; slot += 1) {
        const called = prices.bays[bay * slots + slot + offset] ?? 0;
        if (called === 0) continue;
        for (let kind = 0; kind < kinds.length; kind += 1) {
          const at = (position * kinds.length + kind) * slots + slot;
          price[at] = (price[at] ?? 0) + called;
        }
      }
    }
  }
  return { price, fleet: cheapest };
};
