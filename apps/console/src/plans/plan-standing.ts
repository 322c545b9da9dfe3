import type { Overview, PlanGlance, PlanKind } from '../api/wire.js';
import { ageLevel, type Level } from '../controls/level.js';

const KINDS: readonly PlanKind[] = ['dispatch', 'energy'];

/** How often a plan of the kind is made, event time. A person is given three times as long to decide on one. */
export const CADENCE_S: Readonly<Record<PlanKind, number>> = { dispatch: 60, energy: 300 };
const APPROVAL_CADENCES = 3;

/** `waits`: new plans wait for a person. */
export const planAgeLevel = (kind: PlanKind, ageSeconds: number, waits: boolean): Level =>
  ageLevel(ageSeconds, CADENCE_S[kind] * (waits ? APPROVAL_CADENCES : 1));

/** Whether a new plan of the kind waits for a person, by the pack or after a roll-back. */
export const waitsForPerson = (overview: Pick<Overview, 'approval' | 'plans'>, kind: PlanKind): boolean =>
  overview.approval[kind] === 'by_approval' || (overview.plans[kind]?.hold ?? null) !== null;

/** The kinds with a plan that a person is to decide on. */
export const plansWaiting = (overview: Pick<Overview, 'approval' | 'plans'>): readonly PlanKind[] =>
  KINDS.filter((kind) => waitsForPerson(overview, kind) && overview.plans[kind]?.proposed);

export const isInForce = (plan: Pick<PlanGlance, 'state' | 'valid_until_ms'>, now: number): boolean =>
  plan.state === 'active' && now < plan.valid_until_ms;

/** Where a plan stands, in a word. */
export const standingOf = (
  plan: Pick<PlanGlance, 'state' | 'seq' | 'valid_until_ms'>,
  now: number,
): { readonly level: Level; readonly text: string } => {
  if (isInForce(plan, now)) return { level: 'good', text: `active, no. ${plan.seq}` };
  if (plan.state === 'active') return { level: 'bad', text: `run out, no. ${plan.seq}` };
  if (plan.state === 'approved') return { level: 'warn', text: `approved, no. ${plan.seq}` };
  return { level: 'bad', text: 'none in force' };
};
