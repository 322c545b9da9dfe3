import { type Random, seededRandom } from '#libs/kernel';

import type { DispatchProblem } from './contract.js';
import type { DemandDay, RidePeople, SessionEnd } from './demand-day.js';
import { drawComing } from './people.js';
import { normalOf } from './seeded.js';

/** Crowds differ from what is expected by so much (standard deviation of the logarithm), for each pair of stops. */
const CROWD_SPREAD = 0.2;
/** And come up to so many slots earlier or later. */
const SHIFT_SLOTS = 1;
/** 40 minutes. */
const OVERRUN_SLOTS = 8;
/** Most of a crowd leaves within 45 minutes. */
const CROWD_SLOTS = 9;
const CROWD_PEOPLE = 100;
/** Its first slot brings so much of what its fullest one does. */
const SUDDEN_SHARE = 0.3;

/** A crowd that comes to a stop when a session ends. */
interface Crowd {
  readonly stop: string;
  readonly slot: number;
}

/**
 * A day that nobody has seen: the instance's rides are the forecast; crowds are larger or smaller, earlier or later than that, single people come by chance, and one session
 * ends 40 minutes late, which becomes known when it should have ended. Whole people. The same seed gives the same day.
 */
export const makeDemandDay = (instance: DispatchProblem, seed: number): DemandDay => {
  const random = seededRandom(seed);
  const slots = instance.grid.count;
  const slotS = instance.grid.slotMs / 1000;
  const forecast = instance.rides.map(({ waiting, arrivals }) => ({ waiting, arrivals }));
  const crowds = findCrowds(instance);
  const candidates = crowds.filter(({ slot }) => slot > 0 && slot + OVERRUN_SLOTS + CROWD_SLOTS <= slots);
  const late = candidates[Math.floor(random() * candidates.length)];
  const delayed = (rides: readonly RidePeople[]): readonly RidePeople[] =>
    late ? delay(instance, rides, late) : rides;
  const crowdSize = memo(() => Math.exp(CROWD_SPREAD * normalOf(random(), random())));
  const shift = memo(() => Math.round((random() * 2 - 1) * (SHIFT_SLOTS + 0.5)));
  const means = delayed(
    instance.rides.map(({ from_stop, to_stop }, ride) => {
      const { waiting, arrivals } = forecast[ride] ?? { waiting: 0, arrivals: [] };
      const [size, by] = [crowdSize(`${from_stop} ${to_stop}`), shift(from_stop)];
      const at = (slot: number) => arrivals[Math.min(slots - 1, Math.max(0, slot - by))] ?? 0;
      return { waiting: waiting * size, arrivals: arrivals.map((_, slot) => at(slot) * size) };
    }),
  );
  return {
    name: `seed ${seed}`,
    came: means.map((people) => drawCounts(people, random)),
    forecasts: [
      { known_s: 0, rides: forecast },
      ...(late ? [{ known_s: late.slot * slotS, rides: delayed(forecast) }] : []),
    ],
    sessions: crowds.map(({ stop, slot }): SessionEnd => {
      const ends = slot + (stop === late?.stop ? OVERRUN_SLOTS : 0);
      return { id: `${stop}${stop === late?.stop ? ' (40 min late)' : ''}`, stop, ends_s: ends * slotS };
    }),
  };
};

/** One draw for each key, in the order in which keys are asked for. */
const memo = (draw: () => number): ((key: string) => number) => {
  const drawn = new Map<string, number>();
  return (key) => {
    const value = drawn.get(key) ?? draw();
    drawn.set(key, value);
    return value;
  };
};

const drawCounts = ({ waiting, arrivals }: RidePeople, random: Random): RidePeople => {
  const comes = drawComing([waiting, ...arrivals], 1, random);
  const counts = new Array<number>(arrivals.length + 1).fill(0);
  for (const at of comes) counts[Math.floor(at)] = (counts[Math.floor(at)] ?? 0) + 1;
  const [before = 0, ...rest] = counts;
  return { waiting: before, arrivals: rest };
};

/** Stops at which, from one slot to the next, a crowd begins to come: three times as many people as usual within 45 minutes. Before sessions crowds grow slowly. */
const findCrowds = ({ rides, grid }: DispatchProblem): readonly Crowd[] =>
  [...new Set(rides.map(({ from_stop }) => from_stop))].flatMap((stop) => {
    const leaving = rides.filter((ride) => ride.from_stop === stop);
    const people = Array.from({ length: grid.count }, (_, slot) =>
      leaving.reduce((sum, { arrivals }) => sum + (arrivals[slot] ?? 0), 0),
    );
    const within = people.map((_, slot) => people.slice(slot, slot + CROWD_SLOTS).reduce((a, b) => a + b, 0));
    const most = Math.max(...within);
    const slot = within.indexOf(most);
    const usual = [...people].sort((a, b) => a - b)[Math.floor(people.length / 2)] ?? 0;
    const jump = (people[slot] ?? 0) - (people[slot - 1] ?? 0);
    const sudden = jump >= SUDDEN_SHARE * Math.max(...people);
    return sudden && most >= Math.max(CROWD_PEOPLE, 3 * CROWD_SLOTS * usual) ? [{ stop, slot }] : [];
  });

/** Who comes to the stop from the session's end on comes later; meanwhile as many as at the quietest time. */
const delay = (
  { rides }: Pick<DispatchProblem, 'rides'>,
  people: readonly RidePeople[],
  { stop, slot }: Crowd,
): readonly RidePeople[] =>
  people.map((ride, index) => {
    if (rides[index]?.from_stop !== stop) return ride;
    const usual = Math.min(...ride.arrivals);
    const arrivals = ride.arrivals.map((count, at) => {
      if (at < slot) return count;
      return at < slot + OVERRUN_SLOTS ? usual : (ride.arrivals[at - OVERRUN_SLOTS] ?? 0);
    });
    return { ...ride, arrivals };
  });
