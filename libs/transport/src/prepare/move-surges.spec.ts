import { describe, expect, it } from '@jest/globals';
import { epochMs, MINUTE_MS } from '#libs/kernel';
import { moveSurges, type SessionNews } from './move-surges.js';

const grid = { start: epochMs(0), slotMs: 5 * MINUTE_MS, count: 36 };
const at = (slot: number) => epochMs(slot * grid.slotMs);
/** Ten people a slot, and 200 more in each of slots 10 and 11: a session that ends at slot 10. */
const people = Array.from({ length: 36 }, (_, slot) => (slot === 10 || slot === 11 ? 210 : 10));
const session = (news: Partial<SessionNews>): SessionNews => ({
  venue: 'hall',
  planned: { start: at(0), end: at(10) },
  state: 'running',
  ...news,
});
const surges = (moved: readonly number[]) =>
  moved.flatMap((count, slot) => (Math.abs(count - 10) > 1e-9 ? [[slot, count]] : []));
const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

describe('moveSurges', () => {
  it('01 moves the people of a session that ends 40 minutes later, and loses none', () => {
    const moved = moveSurges(people, grid, [session({ state: 'over_time', ends: at(18) })], at(5));
    expect(surges(moved)).toEqual([[18, 210], [19, 210]]); // prettier-ignore
    expect(total(moved)).toBeCloseTo(total(people));
  });

  it('02 brings them earlier, but not before now', () => {
    expect(surges(moveSurges(people, grid, [session({ state: 'ended', ends: at(8) })], at(5)))).toEqual([[8, 210], [9, 210]]); // prettier-ignore
    const late = moveSurges(people, grid, [session({ state: 'ended', ends: at(8) })], at(9));
    expect(surges(late)).toEqual([[9, 410]]);
  });

  it('03 takes them out when the session is cancelled', () => {
    expect(surges(moveSurges(people, grid, [session({ state: 'cancelled' })], at(5)))).toEqual([]);
  });

  it('04 holds them back while a session runs past its end and nobody says until when', () => {
    expect(surges(moveSurges(people, grid, [session({})], at(5)))).toEqual([[10, 210], [11, 210]]); // prettier-ignore
    expect(surges(moveSurges(people, grid, [session({})], at(11)))).toEqual([[10, 210], [12, 210]]); // prettier-ignore
  });

  it('05 leaves the usual people, who have nothing to do with the session', () => {
    const flat = people.map(() => 10);
    expect(moveSurges(flat, grid, [session({ ends: at(18) })], at(5))).toEqual(flat);
    expect(moveSurges([], { ...grid, count: 0 }, [session({ ends: at(18) })], at(5))).toEqual([]);
  });
});
