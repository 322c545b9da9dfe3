import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSolver, ModelBuilder, type Term } from '#libs/lp';
import { seededRandom } from '#libs/kernel';
import { checkStrategies, type StrategyClaim } from './check-strategies.js';
import { findStrategy, type Strategy } from './find-strategy.js';
import { loadStrategy } from './load-strategy.js';
import { splitTrip } from './split-trip.js';
import { buildTransitNetwork, type TransitNetwork } from './transit-network.js';

const STOPS = 6;
const stop = fc.nat(STOPS - 1).map((index) => `s${index}`);

/** Small networks with loops, lines that do not run, walks and stops that nothing serves. */
const networks = fc
  .record({
    patterns: fc.array(
      fc.record({
        line: fc.constantFrom('A', 'B', 'C'),
        perHour: fc.constantFrom(0, 1, 2, 6, 10, 30),
        calls: fc.array(fc.record({ stop, rideS: fc.nat(900) }), { minLength: 2, maxLength: 5 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    walks: fc.array(fc.record({ fromStop: stop, toStop: stop, seconds: fc.nat(1800) }), { maxLength: 4 }),
    waitInHeadways: fc.constantFrom(0.5, 1),
  })
  .map(({ patterns, walks, waitInHeadways }) =>
    buildTransitNetwork({
      stops: Array.from({ length: STOPS }, (_, index) => `s${index}`),
      patterns: patterns.map(({ line, perHour, calls }, index) => {
        let offsetS = 0;
        return {
          line,
          pattern: `${line}-${index}`,
          perHour,
          stops: calls.map((call) => ({ stop: call.stop, offsetS: (offsetS += call.rideS) })),
        };
      }),
      walks,
      waitInHeadways,
    }),
  );

const demands = fc.array(fc.nat(100), { minLength: STOPS, maxLength: STOPS });

const solved = (
  network: TransitNetwork,
  destination: number,
  people: readonly number[],
): StrategyClaim & { strategy: Strategy } => {
  const strategy = findStrategy(network, destination);
  const demand = Float64Array.from(people, (count, index) => (index === destination ? 0 : count));
  return { destination, demand, seconds: strategy.seconds, volumes: loadStrategy(network, strategy, demand), strategy };
};

/** The linear program of Spiess and Florian; people of stops from which no way leads stay out. */
const linearProgram = (network: TransitNetwork, { destination, demand, seconds }: StrategyClaim) => {
  const builder = new ModelBuilder('optimal strategies');
  const stops = network.stops.length;
  const balance: Term[][] = Array.from({ length: stops + network.callStop.length }, () => []);
  const link = (name: string, from: number, to: number, cost: number): number => {
    const variable = builder.addVariable(name, { cost });
    balance[from]?.push([variable, 1]);
    balance[to]?.push([variable, -1]);
    return variable;
  };
  const waits = network.stops.map((_, index) => builder.addVariable(`wait[${index}]`, { cost: 1 }));
  network.callStop.forEach((at, call) => {
    const rideS = network.rideS[call] ?? Infinity;
    link(`alight[${call}]`, stops + call, at, 0);
    if (rideS !== Infinity) link(`ride[${call}]`, stops + call, stops + call + 1, rideS);
    const board = link(`board[${call}]`, at, stops + call, 0);
    builder.addConstraint(`wait[${call}]`, { upper: 0 }, [
      [board, 1],
      [waits[at] ?? 0, -(network.callRate[call] ?? 0)],
    ]);
  });
  network.walkFrom.forEach((from, way) =>
    link(`walk[${way}]`, from, network.walkTo[way] ?? from, network.walkS[way] ?? 0),
  );
  balance.forEach((terms, node) => {
    if (node === destination) return;
    const people = node < stops && seconds[node] !== Infinity ? (demand[node] ?? 0) : 0;
    builder.addConstraint(`people[${node}]`, { equal: people }, terms);
  });
  return builder.build();
};

describe('strategies on random networks', () => {
  const solver = createSolver('highs');
  afterAll(() => solver.close());

  it('meet the optimality conditions', () => {
    fc.assert(
      fc.property(networks, fc.nat(STOPS - 1), demands, (network, destination, people) => {
        expect(checkStrategies(network, solved(network, destination, people))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('cost what the linear program costs', async () => {
    await fc.assert(
      fc.asyncProperty(networks, fc.nat(STOPS - 1), demands, async (network, destination, people) => {
        const claim = solved(network, destination, people);
        const outcome = await solver.solve(linearProgram(network, claim), { deadlineMs: 10_000 });
        const promised = claim.demand.reduce((sum, count, from) => {
          const seconds = claim.seconds[from] ?? Infinity;
          return seconds === Infinity ? sum : sum + count * seconds;
        }, 0);
        expect(outcome.status).toBe('optimal');
        if (outcome.status !== 'optimal') return;
        expect(Math.abs(outcome.objective - promised)).toBeLessThan(1e-6 * (1 + promised));
      }),
      { numRuns: 60 },
    );
  });

  it('do not pass the check when people or distances are moved', () => {
    const random = seededRandom(1);
    let found = 0;
    fc.assert(
      fc.property(networks, fc.nat(STOPS - 1), demands, (network, destination, people) => {
        const claim = solved(network, destination, people);
        const used = [...claim.volumes.board.keys()].filter((call) => (claim.volumes.board[call] ?? 0) > 0);
        const call = used[Math.floor(random() * used.length)];
        if (call === undefined) return;
        found++;
        const board = claim.volumes.board.map((count, index) => (index === call ? count * 0.9 : count));
        expect(checkStrategies(network, { ...claim, volumes: { ...claim.volumes, board } })).not.toEqual([]);
        const from = network.callStop[call] ?? 0;
        const seconds = claim.seconds.map((distance, node) => (node === from ? distance + 60 : distance));
        expect(checkStrategies(network, { ...claim, seconds })).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
    expect(found).toBeGreaterThan(20);
  });

  it('split a trip into legs whose shares and times are those of the volumes', () => {
    fc.assert(
      fc.property(networks, fc.nat(STOPS - 1), fc.nat(STOPS - 1), (network, destination, origin) => {
        const people = network.stops.map((_, index) => (index === origin ? 1 : 0));
        const { strategy, volumes } = solved(network, destination, people);
        const trip = splitTrip(network, strategy, origin);
        if (trip.kind === 'unreachable') {
          expect(strategy.seconds[origin]).toBe(Infinity);
          return;
        }
        const legs = trip.kind === 'ride' ? trip.legs : [];
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        expect(sum(legs.map(({ share }) => share))).toBeCloseTo(sum([...volumes.board]), 9);
        expect(sum(legs.flatMap(({ isFirst, share }) => (isFirst ? share : [])))).toBeCloseTo(
          legs.length === 0 ? 0 : 1,
          9,
        );
        for (const { fromStop, comesS } of legs) {
          const left = strategy.seconds[network.stopIndex.get(fromStop) ?? -1] ?? Infinity;
          expect(comesS).toBeGreaterThanOrEqual(-1e-9);
          expect(left).toBeLessThanOrEqual(trip.seconds + 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });
});
