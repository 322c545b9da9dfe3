import type { Overview, PlanGlance, PlanKind } from '../api/wire.js';
import { ageLevel } from '../controls/level.js';
import { StateWord } from '../controls/state-word.js';
import type { Act } from '../controls/use-actions.js';
import { formatMoment } from '../format/civil-time.js';
import { formatDuration, formatGap, formatMoney } from '../format/quantity.js';
import { PlanButtons } from './plan-buttons.js';

const TITLES: Readonly<Record<PlanKind, string>> = { dispatch: 'Dispatch plan', energy: 'Energy plan' };
/** What the plan's cost is held against. */
const WITHOUT: Readonly<Record<PlanKind, string>> = { dispatch: 'timetable', energy: 'idle batteries' };
/** How often a plan of the kind is made, event time. */
const CADENCE_S: Readonly<Record<PlanKind, number>> = { dispatch: 60, energy: 300 };

interface PlanCardProps {
  readonly kind: PlanKind;
  readonly overview: Overview;
  readonly now: number;
  readonly act: Act;
  readonly busy: boolean;
}

interface PlanFactsProps {
  readonly kind: PlanKind;
  readonly plan: PlanGlance;
  readonly ageSeconds: number;
  readonly policy: string;
}

const PlanFacts = ({ kind, plan, ageSeconds, policy }: PlanFactsProps) => (
  <dl className="facts">
    <dt>Age</dt>
    <dd>
      <StateWord level={ageLevel(ageSeconds, CADENCE_S[kind])}>{formatDuration(ageSeconds)}</StateWord>
    </dd>
    <dt>Cost</dt>
    <dd>{formatMoney(plan.cost.total, plan.cost.currency)}</dd>
    <dt>With {WITHOUT[kind]}</dt>
    <dd>{formatMoney(plan.cost.without_plan, plan.cost.currency)}</dd>
    <dt>Gap to the bound</dt>
    <dd>{formatGap(plan.gap_ratio)}</dd>
    <dt>Solved</dt>
    <dd>
      {plan.solver_status.replace('_', ' ')} in {(plan.solve_ms / 1000).toFixed(2)} s by {plan.solver}
    </dd>
    <dt>New plans</dt>
    <dd>{policy}</dd>
    <dt>Limits broken</dt>
    <dd className={plan.violations > 0 ? 'problem' : undefined}>{plan.violations}</dd>
  </dl>
);

/** The plan of one kind that rules now, and what a person may do about it. */
export const PlanCard = ({ kind, overview, now, act, busy }: PlanCardProps) => {
  const plan = overview.plans[kind];
  const zone = overview.event.time_zone;
  const policy = overview.approval[kind] === 'automatic' ? 'start by themselves' : 'wait for approval';
  return (
    <section className="panel third" aria-labelledby={`${kind}-plan`}>
      <header>
        <h2 id={`${kind}-plan`}>{TITLES[kind]}</h2>
        {plan && (
          <StateWord level={plan.state === 'active' ? 'good' : 'warn'}>
            {`${plan.state.replace('_', ' ')}, no. ${plan.seq}`}
          </StateWord>
        )}
      </header>
      {plan ? (
        <PlanFacts kind={kind} plan={plan} ageSeconds={(now - plan.created_ms) / 1000} policy={policy} />
      ) : (
        <p className="muted">No plan yet. The first one comes once there are readings to forecast from.</p>
      )}
      {plan?.hold && (
        <p>
          Held until {formatMoment(zone, plan.hold.until_ms, now)} by {plan.hold.by}: {plan.hold.reason}. New plans wait
          for approval.
        </p>
      )}
      {plan && (
        <PlanButtons
          kind={kind}
          plan={plan}
          // Under the automatic policy a proposal is on its way already.
          waiting={overview.approval[kind] === 'automatic' && !plan.hold ? null : plan.proposed}
          zone={zone}
          now={now}
          act={act}
          busy={busy}
        />
      )}
    </section>
  );
};
