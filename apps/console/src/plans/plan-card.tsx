import type { Overview, PlanGlance, PlanKind } from '../api/wire.js';
import { Meter } from '../controls/meter.js';
import { StateWord } from '../controls/state-word.js';
import type { Act } from '../controls/use-actions.js';
import { formatMoment } from '../format/civil-time.js';
import { formatDuration, formatGap, formatMoney } from '../format/quantity.js';
import { PlanButtons } from './plan-buttons.js';
import { CADENCE_S, isInForce, planAgeLevel, standingOf, waitsForPerson } from './plan-standing.js';
import { ProposalNotice } from './proposal-notice.js';

const TITLES: Readonly<Record<PlanKind, string>> = { dispatch: 'Dispatch plan', energy: 'Energy plan' };
/** What the plan's cost is held against. */
const WITHOUT: Readonly<Record<PlanKind, string>> = { dispatch: 'timetable', energy: 'idle batteries' };

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
  /** New plans wait for a person. */
  readonly waits: boolean;
}

const PlanFacts = ({ kind, plan, ageSeconds, waits }: PlanFactsProps) => (
  <dl className="facts">
    <dt>Age</dt>
    <dd>
      <StateWord level={planAgeLevel(kind, ageSeconds, waits)}>{formatDuration(ageSeconds)}</StateWord>
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
    <dd>{waits ? 'wait for approval' : 'start by themselves'}</dd>
    <dt>Limits broken</dt>
    <dd className={plan.violations > 0 ? 'problem' : undefined}>{plan.violations}</dd>
  </dl>
);

/** The plan of one kind that rules now, what waits for a person, and what a person may do about it. */
export const PlanCard = ({ kind, overview, now, act, busy }: PlanCardProps) => {
  const plan = overview.plans[kind];
  const zone = overview.event.time_zone;
  const waits = waitsForPerson(overview, kind);
  const waiting = waits ? (plan?.proposed ?? null) : null;
  const inForce = plan && isInForce(plan, now) ? plan : undefined;
  const standing = plan && standingOf(plan, now);
  return (
    <section className="panel third" id={`${kind}-panel`} tabIndex={-1} aria-labelledby={`${kind}-plan`}>
      <header>
        <h2 id={`${kind}-plan`}>{TITLES[kind]}</h2>
        {standing && <StateWord level={standing.level}>{standing.text}</StateWord>}
      </header>
      {waiting && <ProposalNotice {...{ proposal: waiting, inForce, without: WITHOUT[kind], zone, now }} />}
      {plan?.state === 'active' && (
        <PlanFacts kind={kind} plan={plan} ageSeconds={(now - plan.created_ms) / 1000} waits={waits} />
      )}
      {!plan && !overview.importing && (
        <p className="muted">No plan yet. The first one comes once there are readings to forecast from.</p>
      )}
      {!plan && overview.importing && (
        <>
          <p className="muted">No plan yet. The first one comes once the last days are imported to forecast from.</p>
          <Meter
            label="Imported"
            ratio={overview.importing.done_ratio}
            level="good"
            reading={`${Math.floor(100 * overview.importing.done_ratio)} %`}
          />
        </>
      )}
      {plan?.state === 'rejected' && (
        <p>
          No. {plan.seq} was rejected. Another plan is made within {formatDuration(CADENCE_S[kind])}.
        </p>
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
          inForce={inForce !== undefined}
          waiting={waiting}
          zone={zone}
          now={now}
          act={act}
          busy={busy}
        />
      )}
    </section>
  );
};
