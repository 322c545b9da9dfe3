import { listMeters, meterKey, type MeterSeries, type RegisterSpan, type Standing, standingOf } from '#libs/energy';
import { listPackPoints, type Pack, type Point } from '#libs/games';
import { epochMs, type SlotGrid, slotStart } from '#libs/kernel';
import type { SeriesStep, Store } from '#libs/store';
import { differ } from '#libs/telemetry';

/** Steps that one question of the store asks for: 50 days. */
const STEPS_AT_ONCE = 4_800;
/** A quarter hour counts as measured with half of the readings that belong in it. */
const ENOUGH_RATIO = 0.5;

/** A point of the pack: what it is known by, and the counter that counts what it measures. */
interface Meter {
  readonly key: string;
  readonly point: Point;
  readonly counter?: { readonly key: string; readonly point: Point; readonly rolloverAt: number | undefined };
}

export interface ReadMeters {
  readonly meters: ReadonlyMap<string, MeterSeries>;
  readonly socRatio: ReadonlyMap<string, readonly (number | undefined)[]>;
  readonly standing: ReadonlyMap<string, readonly Standing[]>;
  /** Of the meters, those that the store does not know. */
  readonly unknown: readonly string[];
}

type Steps = ReadonlyMap<number, SeriesStep>;

/** What the store has of a pack's meters on a grid of quarter hours, from its rollups. */
export const readMeters = async (store: Store, pack: Pack, grid: SlotGrid): Promise<ReadMeters> => {
  const ids = new Map((await store.listPoints()).map((row) => [meterKey(row.venue, row.point), row.id]));
  const stepsOf = async (key: string): Promise<Steps> => {
    const id = ids.get(key);
    const steps = new Map<number, SeriesStep>();
    for (let first = 0; id !== undefined && first < grid.count; first += STEPS_AT_ONCE) {
      const [from, to] = [slotStart(grid, first), slotStart(grid, Math.min(grid.count, first + STEPS_AT_ONCE))];
      for (const step of await store.readings.series(id, from, to, grid.slotMs)) steps.set(step.ts, step);
    }
    return steps;
  };
  const meters = await Promise.all(
    packMeters(pack).map(async ({ key, point, counter }) => {
      const kw = onGrid(grid, await stepsOf(key), point, ({ sum, count }) => sum / count);
      if (!counter) return [key, { meter: key, kw }] as const;
      const shown = onGrid(grid, await stepsOf(counter.key), counter.point, ({ last }) => last);
      return [key, { meter: key, kw, register: registerSpans(grid, shown, counter.rolloverAt) }] as const;
    }),
  );
  const charges = await Promise.all(
    listPackPoints(pack)
      .filter(({ point }) => point.kind === 'battery_soc')
      .map(async ({ venue, point }) => {
        const key = meterKey(venue, point.id);
        return [key, onGrid(grid, await stepsOf(key), point, ({ last }) => last)] as const;
      }),
  );
  const positions = await Promise.all(
    listPackPoints(pack)
      .filter(({ point }) => point.kind === 'switch_position')
      .map(async ({ venue, point }) => {
        const key = meterKey(venue, point.id);
        const steps = onGrid(grid, await stepsOf(key), point, ({ min, max, sum, count }) =>
          standingOf({ min, max, mean: sum / count }),
        );
        return [key, steps.map((standing) => standing ?? [])] as const;
      }),
  );
  return {
    standing: new Map(positions),
    meters: new Map(meters),
    socRatio: new Map(charges),
    unknown: meters.map(([key]) => key).filter((key) => !ids.has(key)),
  };
};

const onGrid = <Value>(
  grid: SlotGrid,
  steps: Steps,
  { interval_s }: Point,
  value: (step: SeriesStep) => Value,
): readonly (Value | undefined)[] => {
  const expected = Math.max(1, grid.slotMs / 1000 / interval_s);
  return Array.from({ length: grid.count }, (_, slot) => {
    const step = steps.get(slotStart(grid, slot));
    return step && step.count >= expected * ENOUGH_RATIO ? value(step) : undefined;
  });
};

/** Energy between one quarter hour's end and the next that the counter was read at; a reset begins anew. */
const registerSpans = (
  grid: SlotGrid,
  shown: readonly (number | undefined)[],
  rolloverAt: number | undefined,
): readonly RegisterSpan[] => {
  const spans: RegisterSpan[] = [];
  let previous: number | undefined;
  for (const [slot, value] of shown.entries()) {
    if (value === undefined) continue;
    const before = previous === undefined ? undefined : { ts: slotStart(grid, previous), value: shown[previous] ?? 0 };
    const difference = differ(
      before,
      { ts: epochMs(slotStart(grid, slot)), value },
      { rolloverAt, maxGapMs: Infinity },
    );
    if (difference.ok && previous !== undefined)
      spans.push({ from_slot: previous + 1, until_slot: slot + 1, kwh: difference.value.energyKwh });
    previous = slot;
  }
  return spans;
};

/** The meters that are reconciled. Of one that cannot run backwards, the counter of the same device, where there is only one, is its register. */
const packMeters = (pack: Pack): readonly Meter[] => {
  const sources = [...pack.gateways, ...pack.devices];
  return listMeters(pack).flatMap((key): readonly Meter[] => {
    for (const { venue, points } of sources) {
      const point = points.find(({ id }) => meterKey(venue, id) === key);
      if (!point) continue;
      const named = 'difference_of' in point ? point.difference_of : undefined;
      const device = point.id.slice(0, point.id.indexOf('.') + 1);
      const counters = points.filter(
        ({ id, kind }) => kind === 'energy_counter' && (named === undefined ? id.startsWith(device) : id === named),
      );
      const [counter] = counters;
      if (!counter || counters.length > 1 || point.min < 0) return [{ key, point }];
      const rolloverAt = 'rollover_at' in counter ? counter.rollover_at : undefined;
      return [{ key, point, counter: { key: meterKey(venue, counter.id), point: counter, rolloverAt } }];
    }
    return [];
  });
};
