import { seededRandom } from '#libs/kernel';
import { gaussians } from './driven-trip.fixture.js';
import { adviseHeadways, type HeadwayVehicle } from './headways.js';

/** A circuit on which buses go round without a rest: people come at a steady rate, so who is late has more to board and gets later. */
export interface Loop {
  readonly seed: number;
  readonly buses: number;
  readonly stops: number;
  /** Without noise, between two stops, s. */
  readonly runS: number;
  /** Standard deviation of it, s. */
  readonly noiseS: number;
  /** Seconds of boarding for each second since the last bus. */
  readonly boarding: number;
  readonly hours: number;
  readonly advised: boolean;
}

export interface LoopResult {
  /** Standard deviation of the headways at stops over their mean, of the second half. */
  readonly variation: number;
  readonly meanS: number;
  /** Seconds of a round, of the second half. */
  readonly roundS: number;
  readonly holds: number;
}

const STOP_M = 500;

interface Bus {
  readonly name: string;
  /** Stops passed since the start. */
  count: number;
  /** It leaves the last one then, s. */
  leavesS: number;
}

/** Event by event: each bus arrives, boards, may be held as advised, and drives on. */
export const runLoop = ({ seed, buses, stops, runS, noiseS, boarding, hours, advised }: Loop): LoopResult => {
  const random = seededRandom(seed);
  const endS = hours * 3600;
  const circuitM = stops * STOP_M;
  // As a timetable has it, with calls.
  const paceMps = STOP_M / (runS * 1.4);
  const target_s = circuitM / paceMps / buses;
  const fleet = Array.from({ length: buses }, (_, index): Bus => {
    const count = Math.round((index * stops) / buses);
    return { name: `bus-${index}`, count, leavesS: 0 };
  });
  const lastLeft = new Map<number, number>();
  const lastAt = new Map<number, number>();
  const headways: number[] = [];
  const rounds: number[] = [];
  const began = new Map<string, number>();
  let holds = 0;
  const arrivals = new Map(fleet.map((bus) => [bus, runS * (0.5 + random())]));
  for (;;) {
    const [bus, nowS] = [...arrivals].reduce((a, b) => (b[1] < a[1] ? b : a));
    if (nowS > endS) break;
    bus.count += 1;
    const stop = bus.count % stops;
    const sinceS = nowS - (lastAt.get(stop) ?? nowS - target_s);
    lastAt.set(stop, nowS);
    if (nowS > endS / 2) headways.push(sinceS);
    if (stop === 0) {
      const start = began.get(bus.name);
      if (start !== undefined && nowS > endS / 2) rounds.push(nowS - start);
      began.set(bus.name, nowS);
    }
    let leavesS = nowS + 5 + boarding * Math.min(sinceS, 3 * target_s);
    const before = lastLeft.get(stop);
    if (advised) {
      const vehicles = fleet.map((one): HeadwayVehicle => {
        const toGoS = (arrivals.get(one) ?? 0) - nowS;
        const progressM =
          one === bus
            ? stop * STOP_M
            : ((one.count + 1) * STOP_M - Math.min(runS, Math.max(0, toGoS)) * (STOP_M / runS)) % circuitM;
        return {
          vehicle: one.name,
          progressM,
          nextStop: Math.floor(progressM / STOP_M),
          departs_ms: (one === bus ? leavesS : one.leavesS) * 1000,
          ...(one === bus && before !== undefined && { sinceLast_s: leavesS - before }),
        };
      });
      const advice = adviseHeadways(
        { pattern: 'loop', vehicles, target_s, paceMps, circuitM, lastStop: stops, hasBay: () => true },
        nowS * 1000,
      ).find(({ vehicle }) => vehicle === bus.name);
      if (advice?.action === 'hold' && advice.until_ms !== undefined) {
        holds += 1;
        leavesS = Math.max(leavesS, advice.until_ms / 1000);
      }
    }
    lastLeft.set(stop, leavesS);
    bus.leavesS = leavesS;
    arrivals.set(bus, leavesS + Math.max(runS / 2, runS + noiseS * gaussians(random)[0]));
  }
  const meanS = mean(headways);
  const variation = Math.sqrt(mean(headways.map((headway) => (headway - meanS) ** 2))) / meanS;
  return { variation, meanS, roundS: mean(rounds), holds };
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
