import { expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import fc from 'fast-check';

import { EventQueue, type Phase, PHASES } from './event-queue.js';

it('runs events by time, then phase, then as scheduled, and stops before the end', async () => {
  const queue = new EventQueue();
  const seen: string[] = [];
  const add = (at: number, phase: Phase, name: string) =>
    queue.schedule(epochMs(at), phase, () => void seen.push(name));
  add(2, 'plan', 'later');
  add(1, 'minute', 'minute');
  add(1, 'plan', 'first plan');
  add(1, 'plan', 'second plan');
  add(3, 'plan', 'never');
  queue.schedule(epochMs(1), 'depart', () => {
    add(1, 'call', 'call at once');
  });
  await queue.runUntil(epochMs(3));
  expect(seen).toEqual(['first plan', 'second plan', 'call at once', 'minute', 'later']);
});

it('sorts whatever is scheduled', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(20), fc.constantFrom(...PHASES))), async (events) => {
      const queue = new EventQueue();
      const seen: number[] = [];
      const keyOf = (at: number, phase: Phase, index: number) => (at * 10 + PHASES.indexOf(phase)) * 1000 + index;
      const keys = events.map(([at, phase], index) => keyOf(at, phase, index));
      events.forEach(([at, phase], index) => {
        queue.schedule(epochMs(at), phase, () => void seen.push(keyOf(at, phase, index)));
      });
      await queue.runUntil(epochMs(100));
      expect(seen).toEqual(keys.sort((a, b) => a - b));
    }),
  );
});
