import type { SiteProblem } from '../problem.js';
import { isAlive } from './add-meters.js';

/** Whether a switch may have a connection closed in a slot: it is alive, and people hold neither that switch on another nor another switch on one that is interlocked with it. */
export const mayClose = (
  { connections, switches = [], interlocks = [] }: SiteProblem,
  name: string,
  slot: number,
): boolean => {
  const one = connections.find(({ connection }) => connection === name);
  if (!one || !isAlive(one, slot)) return false;
  return switches.every(({ connections: own, held }) => {
    const other = held?.[slot] ?? null;
    if (other === null || other === name) return true;
    return (
      !own.includes(name) &&
      interlocks.every((lock) => !(lock.connections.includes(name) && lock.connections.includes(other)))
    );
  });
};
