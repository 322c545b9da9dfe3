import { type SiteReading, valueOf } from './reading.js';
import { valueAt } from '../problem.js';

/** A switch has one live connection closed, or none where none is alive; only that one carries anything, and it operates no more often than it may. */
export const checkSwitches = ({ site, of, slots, report }: SiteReading): void => {
  for (const [at, { switch: name, connections, closed: before, most_operations }] of (site.switches ?? []).entries()) {
    const closed = of.switches[at]?.closed ?? [];
    const isAlive = (connection: string | null, slot: number): boolean =>
      site.connections.some((one) => one.connection === connection && valueAt(one.available ?? 1, slot) > 0);
    let operations = 0;
    for (const slot of slots) {
      const now = closed[slot] ?? null;
      const where = `${site.site} ${name}, slot ${slot}`;
      report(now === null || connections.includes(now), `${where}: ${now} is no connection of it.`);
      report(now === null || isAlive(now, slot), `${where}: ${now} is dead.`);
      for (const [index, { connection, net_kw }] of of.connections.entries()) {
        const net = valueOf(net_kw, slot);
        const isOpen = connections.includes(site.connections[index]?.connection ?? '') && connection !== now;
        report(!isOpen || net === 0, `${where}: ${connection} is open, at ${net} kW.`);
      }
      if (now !== null && now !== (slot === 0 ? before : closed[slot - 1])) operations += 1;
    }
    report(
      operations <= most_operations,
      `${site.site} ${name} operates ${operations} times, at most ${most_operations}.`,
    );
  }
};
