import type { DispatchProblem } from './contract.js';
import type { RidePeople } from './demand-day.js';
import type { ShuttleView } from './dispatcher.js';

/** What was counted in the last slots tells how far the forecast is off. */
const COUNTED_SLOTS = 4;
/** So many people of the forecast weigh as much as one who was counted: few people say little. */
const TRUST_PEOPLE = 20;
/** What was seen is worth 1/e so many slots later: an hour. */
const MEMORY_SLOTS = 12;

/** The forecast, moved at each stop by the ratio of people who came there lately to those who were expected. */
export const followCounts = (
  forecast: readonly RidePeople[],
  { rides }: Pick<DispatchProblem, 'rides'>,
  { came }: Pick<ShuttleView, 'came'>,
): readonly RidePeople[] => {
  const over = came[0]?.length ?? 0;
  const from = Math.max(0, over - COUNTED_SLOTS);
  const seen = new Map<string, { expected: number; came: number }>();
  rides.forEach(({ from_stop }, ride) => {
    const stop = seen.get(from_stop) ?? { expected: 0, came: 0 };
    for (let slot = from; slot < over; slot++) {
      stop.expected += forecast[ride]?.arrivals[slot] ?? 0;
      stop.came += came[ride]?.[slot] ?? 0;
    }
    seen.set(from_stop, stop);
  });
  return forecast.map(({ waiting, arrivals }, ride) => {
    const stop = seen.get(rides[ride]?.from_stop ?? '');
    const ratio = stop ? (stop.came + TRUST_PEOPLE) / (stop.expected + TRUST_PEOPLE) : 1;
    return {
      waiting,
      arrivals: arrivals.map((people, slot) =>
        slot < over ? people : people * (1 + (ratio - 1) * Math.exp(-(slot - over) / MEMORY_SLOTS)),
      ),
    };
  });
};
