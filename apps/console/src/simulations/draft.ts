import { kindOf, PAIRED, type OverlayField } from './overlay-fields.js';
import type { Overlay, OverlayValue, Policy, Scenario } from './wire.js';

/** An overlay as it is filled in; everything is text, as inputs have it. Several choices have commas between. */
export interface OverlayDraft {
  /** Stays with the row while others go. */
  readonly key: number;
  readonly kind: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface PolicyDraft extends Policy {
  readonly key: number;
  readonly name: string;
}

/** A scenario as it is filled in. */
export interface Draft {
  readonly title: string;
  readonly day: string;
  readonly seed: string;
  readonly replications: string;
  readonly mismatch: string;
  readonly moves: string;
  readonly energyMinutes: string;
  readonly dispatchMinutes: string;
  /** A past day with what was measured on it. */
  readonly replay: boolean;
  readonly overlays: readonly OverlayDraft[];
  readonly policies: readonly PolicyDraft[];
  /** Key of a policy. */
  readonly baseline: number;
}

let lastKey = 0;
const nextKey = (): number => (lastKey += 1);

export const newOverlay = (kind: string): OverlayDraft => ({
  key: nextKey(),
  kind,
  fields: Object.fromEntries(
    (kindOf(kind)?.fields ?? []).flatMap(({ name, initial }) => (initial === undefined ? [] : [[name, initial]])),
  ),
});

export const newPolicy = (name: string, policy: Policy): PolicyDraft => ({ key: nextKey(), name, ...policy });

/** A day with the usual two policies and nothing otherwise. */
export const emptyDraft = (day: string): Draft => {
  const policies = [
    newPolicy('without_plan', { dispatch: 'timetable', energy: 'idle' }),
    newPolicy('planned', { dispatch: 'dispatch_with_forecast', energy: 'planned' }),
  ];
  return {
    title: '',
    day,
    seed: '1',
    replications: '2',
    mismatch: '1',
    moves: '500',
    energyMinutes: '15',
    dispatchMinutes: '15',
    replay: false,
    overlays: [],
    policies,
    baseline: policies[0]?.key ?? 0,
  };
};

const overlayDraft = ({ kind, ...fields }: Overlay): OverlayDraft => {
  const text = (value: OverlayValue): string => (Array.isArray(value) ? value.join(',') : String(value));
  const said = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, text(value)]));
  const own = pair(kind, said);
  const choices = kindOf(kind)?.fields.find(({ local }) => local)?.choices;
  // Which of the fields is said tells how.
  const how = ['change', 'count', 'closed', 'headway_scale'].find((name) => Object.hasOwn(own, name));
  return { key: nextKey(), kind, fields: { ...own, ...(choices && how !== undefined && { how }) } };
};

/** A scenario as the form has it. */
export const draftOf = (scenario: Scenario, replay = false): Draft => {
  const policies = Object.entries(scenario.policies).map(([name, policy]) => newPolicy(name, policy));
  return {
    title: scenario.title,
    day: scenario.day,
    seed: String(scenario.seed),
    replications: String(scenario.replications),
    mismatch: String(scenario.mismatch),
    moves: String(scenario.effort.moves),
    energyMinutes: String(scenario.cadence.energy_minutes),
    dispatchMinutes: String(scenario.cadence.dispatch_minutes),
    replay,
    overlays: scenario.overlays.map(overlayDraft),
    policies,
    baseline: policies.find(({ name }) => name === scenario.baseline)?.key ?? 0,
  };
};

/** A number as it was written; text that is none goes as it is, so that the platform says what is wrong with it. */
const number = (text: string): number | string => {
  const value = Number(text.trim().replace('\u2212', '-'));
  return text.trim() !== '' && Number.isFinite(value) ? value : text;
};

export const isShown = ({ when }: OverlayField, fields: OverlayDraft['fields']): boolean =>
  when === undefined || fields[when.field] === when.value;

const overlayOf = ({ kind, fields }: OverlayDraft): Readonly<Record<string, unknown>> => {
  const overlay: Record<string, unknown> = { kind };
  for (const field of kindOf(kind)?.fields ?? []) {
    const value = fields[field.name] ?? '';
    if (field.local || !isShown(field, fields) || value === '') continue;
    if (field.type === 'number' || field.type === 'whole') overlay[field.name] = number(value);
    else overlay[field.name] = field.type === 'choices' ? value.split(',') : value;
  }
  if (kind === 'line' && fields['how'] === 'closed') overlay['closed'] = true;
  return part(kind, overlay);
};

const pair = (kind: string, said: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const [field, of] = PAIRED[kind] ?? [];
  if (field === undefined || of === undefined) return said;
  const { venue = '', [of]: there = '', ...others } = said;
  return { ...others, [field]: `${venue}/${there}` };
};

const part = (kind: string, overlay: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const [field, of] = PAIRED[kind] ?? [];
  if (field === undefined || of === undefined) return overlay;
  const { [field]: paired = '', ...others } = overlay as Readonly<Record<string, string>>;
  const [venue, there] = paired.split('/');
  return { ...others, venue, [of]: there };
};

/** What to send. The platform checks it: nothing is missing that it would not say at its place. */
export const requestOf = (draft: Draft): Readonly<Record<string, unknown>> => ({
  title: draft.title.trim(),
  day: draft.day,
  seed: number(draft.seed),
  replications: number(draft.replications),
  mismatch: number(draft.mismatch),
  overlays: draft.overlays.map(overlayOf),
  policies: Object.fromEntries(draft.policies.map(({ name, dispatch, energy }) => [name.trim(), { dispatch, energy }])),
  baseline: draft.policies.find(({ key }) => key === draft.baseline)?.name.trim() ?? '',
  cadence: { energy_minutes: number(draft.energyMinutes), dispatch_minutes: number(draft.dispatchMinutes) },
  effort: { moves: number(draft.moves) },
  ...(draft.replay && { replay: true }),
});
