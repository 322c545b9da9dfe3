import { type TransferSwitch, valueAt } from '../problem.js';
import { type SiteReading, valueOf } from './reading.js';

/** A switch has one live connection closed, or none where none is alive or free; only that one carries anything. Where it is held, that is the one. What it need not open it opens no more often than it may, and not too soon. */
export const checkSwitches = (reading: SiteReading): void => {
  const { site, of, slots, report } = reading;
  for (const [at, one] of (site.switches ?? []).entries()) {
    const { switch: name, connections } = one;
    const closed = of.switches[at]?.closed ?? [];
    for (const slot of slots) {
      const now = closed[slot] ?? null;
      const where = `${site.site} ${name}, slot ${slot}`;
      report(now === null || connections.includes(now), `${where}: ${now} is no connection of it.`);
      report(now === null || isAlive(reading, now, slot), `${where}: ${now} is dead.`);
      const held = one.held?.[slot] ?? now;
      report(held === now, `${where}: ${now} is closed, it is held on ${held}.`);
      for (const [index, { connection, net_kw }] of of.connections.entries()) {
        const net = valueOf(net_kw, slot);
        const isOpen = connections.includes(site.connections[index]?.connection ?? '') && connection !== now;
        report(!isOpen || net === 0, `${where}: ${connection} is open, at ${net} kW.`);
      }
    }
    checkOperations(reading, one, closed);
  }
  for (const { interlock, connections } of site.interlocks ?? []) {
    for (const slot of slots) {
      const both = of.switches.map(({ closed }) => closed[slot] ?? '').filter((name) => connections.includes(name));
      report(both.length <= 1, `${site.site} ${interlock}, slot ${slot}: ${both.join(' and ')} are closed.`);
    }
  }
};

const isAlive = ({ site }: SiteReading, connection: string, slot: number): boolean =>
  site.connections.some((one) => one.connection === connection && valueAt(one.available ?? 1, slot) > 0);

/** Whether people's word opens a connection: its switch is held on another, or another switch on one that may not be closed beside it. */
const isPushed = ({ site }: SiteReading, one: TransferSwitch, name: string, slot: number): boolean =>
  (one.held?.[slot] ?? name) !== name ||
  (site.interlocks ?? []).some(
    ({ connections }) =>
      connections.includes(name) &&
      site.switches?.some(({ held }) => connections.some((other) => other !== name && held?.[slot] === other)) === true,
  );

const checkOperations = (reading: SiteReading, one: TransferSwitch, closed: readonly (string | null)[]): void => {
  const { site, slots, report } = reading;
  const { switch: name, closed: first, most_operations, min_closed_slots = 0, closed_slots = Infinity } = one;
  let [operations, before, length]: [number, string | null, number] = [0, first, closed_slots];
  for (const slot of slots) {
    const now = closed[slot] ?? null;
    if (now === before) {
      length += 1;
      continue;
    }
    if (before !== null && isAlive(reading, before, slot) && !isPushed(reading, one, before, slot)) {
      operations += 1;
      report(
        length >= min_closed_slots,
        `${site.site} ${name}, slot ${slot}: it opens ${before} after ${length} slots, least is ${min_closed_slots}.`,
      );
    }
    [before, length] = [now, 1];
  }
  report(
    operations <= most_operations,
    `${site.site} ${name} operates ${operations} times, at most ${most_operations}.`,
  );
};
