import { Inject, Injectable } from '@nestjs/common';
import { acknowledge, advance, type Alarm, type Condition, PRIORITIES } from '#libs/alarms';
import { epochMs, type EpochMs } from '#libs/kernel';
import { z } from 'zod';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { type AlarmDocument, alarmDocument, alarmSchema } from './alarm.schema.js';

const STATE = 'alarms';

const readAlarms = (document: unknown): readonly Alarm[] => {
  const parsed = z.array(alarmSchema).safeParse(document);
  if (!parsed.success) return [];
  return parsed.data.map(({ since_ms, acknowledged, ...alarm }) => ({
    ...alarm,
    since: epochMs(since_ms),
    acknowledged: acknowledged && { by: acknowledged.by, at: epochMs(acknowledged.at_ms) },
  }));
};

const sameStanding = (a: readonly Alarm[], b: readonly Alarm[]): boolean =>
  a.length === b.length && a.every(({ id, priority }, i) => id === b[i]?.id && priority === b[i].priority);

/** The alarms that stand, kept in the store so that a restart remembers who has seen what. One change at a time. */
@Injectable()
export class AlarmDesk {
  private last: Promise<unknown> = Promise.resolve();

  constructor(@Inject(CONTEXT) private readonly context: PlatformContext) {}

  /** Takes in what holds now; gives the alarms that stand. */
  async advance(conditions: readonly Condition[], now: EpochMs): Promise<readonly AlarmDocument[]> {
    const alarms = await this.change((previous) => advance(previous, conditions, now));
    for (const priority of PRIORITIES) {
      const count = alarms?.filter((alarm) => alarm.priority === priority).length ?? 0;
      this.context.metrics.alarmsActive.set({ priority }, count);
    }
    return alarms?.map(alarmDocument) ?? [];
  }

  /** The alarms that stood at the last look. */
  async list(): Promise<readonly AlarmDocument[]> {
    return readAlarms(await this.context.store.operations.getState(STATE)).map(alarmDocument);
  }

  /** The alarm, seen by a person; undefined when it does not stand. */
  async acknowledge(id: string, by: string, now: EpochMs): Promise<AlarmDocument | undefined> {
    const alarms = await this.change((previous) => acknowledge(previous, id, by, now), { always: true });
    const alarm = alarms?.find((standing) => standing.id === id);
    return alarm && alarmDocument(alarm);
  }

  private change(
    step: (previous: readonly Alarm[]) => readonly Alarm[] | undefined,
    options: { readonly always: boolean } = { always: false },
  ): Promise<readonly Alarm[] | undefined> {
    const { operations } = this.context.store;
    const done = this.last.then(async () => {
      const previous = readAlarms(await operations.getState(STATE));
      const next = step(previous);
      if (next && (options.always || !sameStanding(previous, next)))
        await operations.putState(STATE, next.map(alarmDocument));
      return next;
    });
    this.last = done.catch(() => undefined);
    return done;
  }
}
