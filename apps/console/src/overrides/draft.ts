import type { EpochMs } from '#libs/kernel';
import type { Override } from '../api/wire.js';
import { nextTime } from '../format/civil-time.js';

/** The override form as it is filled in; everything is text, as inputs have it. */
export interface Draft {
  readonly kind: Override['kind'];
  readonly venue: string;
  readonly asset: 'battery' | 'pv';
  /** kW: of a battery positive while charging, of PV the most that is fed in. */
  readonly power: string;
  readonly line: string;
  readonly action: 'add' | 'cancel';
  /** `HH:MM` of an added departure. */
  readonly addTime: string;
  /** Epoch ms of the departure to cancel. */
  readonly cancelDeparture: string;
  readonly vehicle: string;
  /** Name of a road, or its link_id. */
  readonly road: string;
  /** Of the venue. */
  readonly switch: string;
  readonly connection: string;
  /** What has no power: `<of> <id>` of the override's target. */
  readonly dead: string;
  /** Minutes from now, or `time` for `endTime`. */
  readonly end: string;
  readonly endTime: string;
  readonly reason: string;
}

export const emptyDraft: Draft = {
  kind: 'setpoint',
  venue: '',
  asset: 'battery',
  power: '',
  line: '',
  action: 'add',
  addTime: '',
  cancelDeparture: '',
  vehicle: '',
  road: '',
  switch: '',
  connection: '',
  dead: '',
  end: '60',
  endTime: '',
  reason: '',
};

export type OverrideRequest = Pick<Override, 'kind' | 'target' | 'until_ms' | 'reason'>;

/** A departure's override is kept so long past it, so that a late vehicle still finds it. */
const AFTER_DEPARTURE_MS = 15 * 60_000;

const number = (text: string): number | undefined => {
  const value = Number(text.trim().replace('\u2212', '-'));
  return text.trim() !== '' && Number.isFinite(value) ? value : undefined;
};

const endOf = (draft: Draft, zone: string, now: EpochMs): number | undefined => {
  if (draft.end === 'time') return nextTime(zone, draft.endTime, now);
  const minutes = number(draft.end);
  return minutes === undefined ? undefined : Math.round(now + minutes * 60_000);
};

/** What to send, with times reckoned from `now`; undefined while something is missing. */
export const readDraft = (draft: Draft, zone: string, now: EpochMs): OverrideRequest | undefined => {
  const reason = draft.reason.trim();
  if (reason === '') return undefined;
  if (draft.kind === 'setpoint') {
    const value = number(draft.power);
    const until = endOf(draft, zone, now);
    if (value === undefined || until === undefined || draft.venue === '') return undefined;
    return { kind: 'setpoint', target: { venue: draft.venue, asset: draft.asset, value }, until_ms: until, reason };
  }
  if (draft.kind === 'switch') {
    const { venue, switch: name, connection } = draft;
    const until = endOf(draft, zone, now);
    if (connection === '' || until === undefined) return undefined;
    return { kind: 'switch', target: { venue, switch: name, connection }, until_ms: until, reason };
  }
  if (draft.kind === 'outage') {
    const [of = '', id = ''] = draft.dead.split(' ');
    const until = endOf(draft, zone, now);
    if (id === '' || until === undefined) return undefined;
    return { kind: 'outage', target: { of, id }, until_ms: until, reason };
  }
  if (draft.kind === 'vehicle' || draft.kind === 'road') {
    const name = draft[draft.kind].trim();
    const until = endOf(draft, zone, now);
    if (name === '' || until === undefined) return undefined;
    return { kind: draft.kind, target: { [draft.kind]: name }, until_ms: until, reason };
  }
  const departs = draft.action === 'add' ? nextTime(zone, draft.addTime, now) : number(draft.cancelDeparture);
  if (departs === undefined || draft.line === '') return undefined;
  return {
    kind: 'departure',
    target: { line: draft.line, departs_ms: departs, action: draft.action },
    until_ms: departs + AFTER_DEPARTURE_MS,
    reason,
  };
};
