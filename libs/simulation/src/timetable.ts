import type { DispatchProblem } from '#libs/transport';

/** A departure of the timetable: when it is due, and in which slot a vehicle was there for it. */
export interface TimetableDeparture {
  /** Index of the pattern. */
  readonly pattern: number;
  readonly slot: number;
}

/**
 * The timetable as a depot without a planner drives it: departures in the order in which they are due, each with the next
 * vehicle that is ready. One for which there is none before the line's next departure is due is cancelled.
 */
export const driveTimetable = ({ patterns, vehicles }: DispatchProblem): readonly TimetableDeparture[] => {
  const due = patterns
    .flatMap(({ scheduled }, pattern) => {
      const slots = scheduled.flatMap((count, slot) => new Array<number>(count).fill(slot));
      return slots.map((slot, index) => ({ pattern, slot, next: slots[index + 1] ?? Infinity }));
    })
    .sort((a, b) => a.slot - b.slot || a.pattern - b.pattern);
  const ready = vehicles.map(() => 0);
  return due.flatMap(({ pattern, slot, next }) => {
    const earliest = Math.min(...ready);
    const leaves = Math.max(slot, earliest);
    if (leaves > slot && leaves >= next) return [];
    ready[ready.indexOf(earliest)] = leaves + (patterns[pattern]?.cycle_slots ?? 1);
    return [{ pattern, slot: leaves }];
  });
};
