import type { EpochMs } from '#libs/kernel';
import { type Condition, PRIORITIES, type Priority } from './condition.js';

/** A condition that was raised and has not cleared. */
export interface Alarm {
  readonly id: string;
  readonly priority: Priority;
  readonly text: string;
  readonly advice: string;
  /** Event time at which it was raised. */
  readonly since: EpochMs;
  readonly acknowledged: { readonly by: string; readonly at: EpochMs } | null;
}

const rank = (priority: Priority): number => PRIORITIES.indexOf(priority);

/**
 * The alarms that stand after these conditions were seen, by priority and then by age. A new one needs a condition that
 * raises; a standing one stays until its condition is gone. Its priority only rises while it stands, and then it asks to be
 * acknowledged again.
 */
export const advance = (
  previous: readonly Alarm[],
  conditions: readonly Condition[],
  now: EpochMs,
): readonly Alarm[] => {
  const standing = new Map(previous.map((alarm) => [alarm.id, alarm]));
  return conditions
    .flatMap(({ raises, ...condition }) => {
      const before = standing.get(condition.id);
      if (!before) return raises ? [{ ...condition, since: now, acknowledged: null }] : [];
      const worse = rank(condition.priority) < rank(before.priority);
      const priority = worse ? condition.priority : before.priority;
      return [{ ...condition, priority, since: before.since, acknowledged: worse ? null : before.acknowledged }];
    })
    .sort((a, b) => rank(a.priority) - rank(b.priority) || a.since - b.since || (a.id < b.id ? -1 : 1));
};

/** The alarms with one acknowledged; undefined when it does not stand. The first to acknowledge is kept. */
export const acknowledge = (
  alarms: readonly Alarm[],
  id: string,
  by: string,
  now: EpochMs,
): readonly Alarm[] | undefined =>
  alarms.some((alarm) => alarm.id === id)
    ? alarms.map((alarm) =>
        alarm.id === id ? { ...alarm, acknowledged: alarm.acknowledged ?? { by, at: now } } : alarm,
      )
    : undefined;
