import { assetKey, dailyWindows, ENERGY_SLOT_MS, type MeasuredState } from '#libs/energy';
import type { SlotHistory } from '#libs/forecast';
import type { Pack, Venue } from '#libs/games';
import { epochMs, type EpochMs, floorTo, HOUR_MS, slotStart } from '#libs/kernel';
import type { PlanningRoom } from '../planning-room.js';
import { lastGood } from './last-good.js';

/** A machine that gives more than this part of its capacity runs. */
const RUNNING = 0.01;
const SLOT_HOURS = ENERGY_SLOT_MS / HOUR_MS;

/** What thermal stores hold, which generators run and since when, where switches stand, and what tasks have done, as far as readings of the last quarter hour tell. */
export const measuredState = async (
  room: Pick<PlanningRoom, 'pack' | 'points' | 'store' | 'histories'>,
  now: EpochMs,
): Promise<Omit<MeasuredState, 'peaks'>> => {
  const { pack, points, store, histories } = room;
  const assets = pack.venues.flatMap((venue) => listAssets(pack, venue));
  const ids = assets.map(({ venue, point }) => points.getNamed(venue, point).id);
  const values = await lastGood(store.readings, ids, now);
  const state = {
    stored: new Map<string, number>(),
    running: new Map(),
    positions: new Map(),
    doneKwh: new Map<string, number>(),
  };
  for (const [at, { venue, id, of }] of assets.entries()) {
    const pointId = ids[at];
    const value = pointId === undefined ? undefined : values.get(pointId);
    if (pointId === undefined || value === undefined) continue;
    const key = assetKey(venue, id);
    const history = () => histories.load(pointId, ENERGY_SLOT_MS, 'mean', now);
    if (of.kind === 'store') state.stored.set(key, Math.min(1, Math.max(0, value)));
    else if (of.kind === 'switch') state.positions.set(key, positionOf(value, await history()));
    else if (of.kind === 'generator') state.running.set(key, runningOf(value, await history(), of.capacityKw));
    else state.doneKwh.set(key, doneOf(await history(), of, now));
  }
  return state;
};

interface TaskHours {
  readonly from: string;
  readonly until: string;
  readonly timeZone: string;
}

interface MeasuredAsset {
  readonly venue: string;
  readonly id: string;
  readonly point: string;
  readonly of:
    | { readonly kind: 'store' }
    | { readonly kind: 'switch' }
    | { readonly kind: 'generator'; readonly capacityKw: number }
    | ({ readonly kind: 'task' } & TaskHours);
}

const listAssets = (
  { games }: Pick<Pack, 'games'>,
  { id: venue, thermal = [], generators = [], tasks = [], switches = [] }: Venue,
): readonly MeasuredAsset[] => [
  ...thermal.map(({ id, point }) => ({ venue, id, point, of: { kind: 'store' as const } })),
  ...switches.map(({ id, point }) => ({ venue, id, point, of: { kind: 'switch' as const } })),
  ...generators.map(({ id, point, capacity_kw }) => ({
    venue,
    id,
    point,
    of: { kind: 'generator' as const, capacityKw: capacity_kw },
  })),
  ...tasks.map(({ id, point, from, until }) => ({
    venue,
    id,
    point,
    of: { kind: 'task' as const, from, until, timeZone: games.time_zone },
  })),
];

/** Whether a generator runs, and in how many whole slots before this one it did so too. */
export const runningOf = (
  nowKw: number,
  { values }: SlotHistory,
  capacityKw: number,
): { readonly on: boolean; readonly slots: number } => {
  const runs = (kw: number): boolean => kw > RUNNING * capacityKw;
  const on = runs(nowKw);
  const other = values.findLastIndex((kw) => kw === null || runs(kw) !== on);
  return { on, slots: values.length - 1 - other };
};

/** Where a switch stands, and for how many whole slots before this one. */
export const positionOf = (
  now: number,
  { values }: SlotHistory,
): { readonly position: number; readonly slots: number } => {
  const position = Math.round(now);
  const other = values.findLastIndex((mean) => mean === null || mean !== position);
  return { position, slots: values.length - 1 - other };
};

/** kWh that a task has taken, in whole slots, since its window opened that is open at `now`'s slot; 0 where none is. */
export const doneOf = ({ grid, values }: SlotHistory, { from, until, timeZone }: TaskHours, now: EpochMs): number => {
  const start = floorTo(now, ENERGY_SLOT_MS);
  const [open] = dailyWindows({ from, until }, timeZone, { start, end: epochMs(start + 1) });
  if (!open) return 0;
  return values.reduce<number>(
    (sum, kw, slot) => (slotStart(grid, slot) >= open.start ? sum + (kw ?? 0) * SLOT_HOURS : sum),
    0,
  );
};
