import type { TransitNetwork } from './transit-network.js';
import type { LinkVolumes } from './load-strategy.js';

/** What is claimed of one destination: how far every node is, and who goes where. */
export interface StrategyClaim {
  /** Index of the stop. */
  readonly destination: number;
  /** By stop: people who go from there. */
  readonly demand: Float64Array;
  /** By node: stops, then calls. */
  readonly seconds: Float64Array;
  readonly volumes: LinkVolumes;
}

/** A link of the linear program: people on it, its time, and where it leads. */
interface Link {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
  readonly people: number;
  /** Of a boarding; Infinity of a link that nobody waits for. */
  readonly rate: number;
}

/**
 * What speaks against a claim that volumes are optimal strategies, by the conditions of Spiess and Florian's linear program; it shares no code with the
 * algorithm. The program: minimise time on links plus waits, so that people are conserved at every node and no boarding takes more than its
 * rate times the wait at its stop. Optimal are volumes that keep to this, with distances u for which
 * - a link without a wait makes nobody nearer than its end: u_i <= t + u_j, with equality where somebody uses it;
 * - at a stop the sum of rate times max(0, u_i - u_j) over its boardings is at most 1, and 1 where somebody waits;
 * - who waits boards everything with u_j < u_i, and nothing with u_j > u_i;
 * - distances times demand sum to the time spent.
 */
export const checkStrategies = (network: TransitNetwork, claim: StrategyClaim): readonly string[] => {
  const links = listLinks(network, claim.volumes);
  const scale = 1 + claim.demand.reduce((sum, count) => sum + count, 0);
  const near = (a: number, b: number, size: number) => a === b || Math.abs(a - b) <= 1e-7 * (1 + Math.abs(size));
  const below = (a: number, b: number) => a <= b || near(a, b, a);
  const some = (people: number) => people > 1e-9 * scale;
  return [
    ...checkConservation(network, claim, links, scale),
    ...checkDistances(network, claim, links, { below, near, some }),
    ...checkWaits(network, claim, links, { below, near, some }),
    ...checkTotal(claim, links, near),
  ];
};

interface Tolerances {
  readonly below: (a: number, b: number) => boolean;
  readonly near: (a: number, b: number, size: number) => boolean;
  readonly some: (people: number) => boolean;
}

const listLinks = (network: TransitNetwork, { board, ride, alight, walk }: LinkVolumes): readonly Link[] => {
  const stops = network.stops.length;
  const links: Link[] = [];
  network.callStop.forEach((stop, call) => {
    const name = `call ${call} of ${network.patterns[network.callPattern[call] ?? -1]?.pattern ?? ''} at ${network.stops[stop] ?? ''}`;
    const node = stops + call;
    const rate = network.callRate[call] ?? 0;
    const rideS = network.rideS[call] ?? Infinity;
    links.push({ name: `boarding ${name}`, from: stop, to: node, seconds: 0, people: board[call] ?? 0, rate });
    links.push({
      name: `alighting ${name}`,
      from: node,
      to: stop,
      seconds: 0,
      people: alight[call] ?? 0,
      rate: Infinity,
    });
    if (Number.isFinite(rideS)) {
      links.push({
        name: `riding ${name}`,
        from: node,
        to: node + 1,
        seconds: rideS,
        people: ride[call] ?? 0,
        rate: Infinity,
      });
    } else if (ride[call] !== 0) {
      links.push({
        name: `riding past the last ${name}`,
        from: node,
        to: node,
        seconds: 0,
        people: Number.NaN,
        rate: 0,
      });
    }
  });
  network.walkFrom.forEach((from, way) => {
    const to = network.walkTo[way] ?? from;
    const name = `walking from ${network.stops[from] ?? ''} to ${network.stops[to] ?? ''}`;
    links.push({ name, from, to, seconds: network.walkS[way] ?? 0, people: walk[way] ?? 0, rate: Infinity });
  });
  return links;
};

const checkConservation = (
  network: TransitNetwork,
  { destination, demand, seconds }: StrategyClaim,
  links: readonly Link[],
  scale: number,
): readonly string[] => {
  const found: string[] = [];
  const balance = new Float64Array(network.stops.length + network.callStop.length);
  demand.forEach((people, stop) => {
    if (stop !== destination && seconds[stop] !== Infinity) balance[stop] = people;
  });
  for (const { name, from, to, people } of links) {
    if (!(people >= 0)) found.push(`There are ${people} people on ${name}.`);
    balance[from] = (balance[from] ?? 0) - people;
    balance[to] = (balance[to] ?? 0) + people;
  }
  balance.forEach((left, node) => {
    if (node === destination || Math.abs(left) <= 1e-9 * scale) return;
    found.push(`At node ${node} ${left} people are left over.`);
  });
  return found;
};

const checkDistances = (
  network: TransitNetwork,
  { destination, seconds }: StrategyClaim,
  links: readonly Link[],
  { below, near, some }: Tolerances,
): readonly string[] => {
  const found: string[] = [];
  if (seconds[destination] !== 0) found.push(`The destination is ${seconds[destination] ?? ''} s from itself.`);
  for (const { name, from, to, seconds: time, people, rate } of links) {
    const [u, v] = [seconds[from] ?? Infinity, seconds[to] ?? Infinity];
    if (rate !== Infinity) continue;
    if (!below(u, time + v)) found.push(`By ${name} it is ${time + v} s, not ${u}.`);
    if (some(people) && !near(u, time + v, u))
      found.push(`People use ${name}, which takes ${time + v} s instead of ${u}.`);
  }
  network.stops.forEach((stop, index) => {
    const boardings = links.filter(({ from, rate }) => from === index && rate !== Infinity && rate > 0);
    const u = seconds[index] ?? Infinity;
    const gains = boardings.map(({ to, rate }) => {
      const v = seconds[to] ?? Infinity;
      return v >= u ? 0 : rate * (u - v);
    });
    const gain = gains.reduce((sum, one) => sum + one, 0);
    if (!below(gain, 1)) found.push(`Waiting at ${stop} would bring people nearer than ${u} s (${gain} > 1).`);
  });
  return found;
};

const checkWaits = (
  network: TransitNetwork,
  { seconds, volumes }: StrategyClaim,
  links: readonly Link[],
  { near, some }: Tolerances,
): readonly string[] =>
  network.stops.flatMap((stop, index) => {
    const wait = volumes.wait[index] ?? 0;
    const boardings = links.filter(({ from, rate }) => from === index && rate !== Infinity);
    const u = seconds[index] ?? Infinity;
    const found = boardings.flatMap(({ name, to, people, rate }) => {
      const v = seconds[to] ?? Infinity;
      const most = rate * wait;
      if (people > most && !near(people, most, most))
        return [`${people} people use ${name}, where the wait allows ${most}.`];
      if (some(people) && v > u && !near(v, u, u)) return [`People use ${name}, which leads away: ${v} s after ${u}.`];
      if (some(most) && v < u && !near(v, u, u) && !near(people, most, most)) {
        return [`People who wait at ${stop} let ${name} pass: ${people} instead of ${most} use it.`];
      }
      return [];
    });
    if (!some(wait)) return found;
    const gain = boardings.reduce((sum, { to, rate }) => sum + rate * Math.max(0, u - (seconds[to] ?? Infinity)), 0);
    return near(gain, 1, 1) ? found : [...found, `The wait at ${stop} does not pay: ${gain} instead of 1.`];
  });

const checkTotal = (
  { demand, seconds, volumes }: StrategyClaim,
  links: readonly Link[],
  near: Tolerances['near'],
): readonly string[] => {
  const spent =
    links.reduce((sum, link) => sum + link.seconds * link.people, 0) +
    volumes.wait.reduce((sum, wait) => sum + wait, 0);
  const promised = demand.reduce((sum, people, stop) => {
    const distance = seconds[stop] ?? Infinity;
    return distance === Infinity ? sum : sum + people * distance;
  }, 0);
  return near(spent, promised, promised) ? [] : [`People spend ${spent} s, where the distances say ${promised}.`];
};
