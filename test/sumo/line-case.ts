import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

import { seededRandom } from '#libs/kernel';

const stop = z.string().regex(/^[a-z]$/);
const document = z.strictObject({
  seed: z.number().int(),
  stops: z.array(stop),
  leg_minutes: z.number().int(),
  headway_minutes: z.number().int().multipleOf(5),
  departures: z.number().int(),
  cases: z.record(
    z.string(),
    z.strictObject({
      places: z.number().int(),
      /** By `<from>-<to>`. */
      people_a_minute: z.record(z.string().regex(/^[a-z]-[a-z]$/), z.number()),
    }),
  ),
});

/** People who want to get from a stop to another. */
export interface LineRide {
  readonly from: string;
  readonly to: string;
  /** By minute from midnight. */
  readonly people: readonly number[];
}

/** A line and everybody who comes, as both simulators are told. */
export interface LineCase {
  readonly name: string;
  readonly stops: readonly string[];
  readonly legMinutes: number;
  /** Minutes from midnight, in order. */
  readonly departures: readonly number[];
  readonly headwayMinutes: number;
  readonly places: number;
  /** In the order in which those of a minute queue. */
  readonly rides: readonly LineRide[];
}

/** Hours that both simulators run. */
export const CASE_HOURS = 2;

/** People come in the middle of a minute. */
export const COME_S = 30;

/** What a vehicle did at a stop. */
export interface LineCall {
  /** Minutes from midnight, when it left the first stop. */
  readonly departure: number;
  readonly stop: string;
  readonly alighted: number;
  readonly boarded: number;
  readonly left_behind: number;
}

export interface LineResult {
  /** By departure, then along the line. */
  readonly calls: readonly LineCall[];
  /** Of all who came; until the end of those who still wait then. */
  readonly meanWaitS: number;
  readonly unserved: number;
}

/** Knuth's: uniforms are multiplied until the product is below e^-mean. */
const poisson = (mean: number, random: () => number): number => {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
};

/** The cases of cases.yaml with the people that its seed gives. */
export const readCases = (): readonly LineCase[] => {
  const text = readFileSync(new URL('cases.yaml', import.meta.url), 'utf8');
  const { seed, stops, leg_minutes, headway_minutes, departures, cases } = document.parse(parse(text));
  return Object.entries(cases).map(([name, { places, people_a_minute }]) => {
    const random = seededRandom(seed);
    const minutes = headway_minutes * departures;
    return {
      name,
      stops,
      legMinutes: leg_minutes,
      departures: Array.from({ length: departures }, (_, index) => (index + 1) * headway_minutes),
      headwayMinutes: headway_minutes,
      places,
      rides: Object.entries(people_a_minute).map(([ends, mean]) => {
        const [from = '', to = ''] = ends.split('-');
        return { from, to, people: Array.from({ length: minutes }, () => poisson(mean, random)) };
      }),
    };
  });
};
