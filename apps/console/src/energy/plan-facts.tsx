import type { Overview } from '../api/wire.js';
import { StateWord } from '../controls/state-word.js';
import { formatSoon } from '../format/civil-time.js';
import { formatDuration } from '../format/quantity.js';
import { planAgeLevel, standingOf, waitsForPerson } from '../plans/plan-standing.js';
import { PlanCost } from './plan-cost.js';
import type { EnergyPlan } from './wire.js';

interface PlanFactsProps {
  readonly plan: EnergyPlan | null;
  readonly overview: Overview;
  readonly now: number;
}

const NoPlan = ({ overview }: Pick<PlanFactsProps, 'overview'>) =>
  overview.plans.energy ? (
    <p>
      No plan is in force: batteries rest. <a href="#energy-panel">See the newest.</a>
    </p>
  ) : (
    <p className="muted">No plan yet. The first one comes once there are readings to forecast from.</p>
  );

/** Which plan the page shows, and how far it can be trusted. */
export const PlanFacts = ({ plan, overview, now }: PlanFactsProps) => {
  const zone = overview.event.time_zone;
  const standing = plan && standingOf({ ...plan, state: 'active' }, now);
  const ageSeconds = plan ? (now - plan.created_ms) / 1000 : 0;
  const level = planAgeLevel('energy', ageSeconds, waitsForPerson(overview, 'energy'));
  return (
    <section className="panel third" aria-labelledby="plan-in-force">
      <header>
        <h2 id="plan-in-force">Plan in force</h2>
        {standing && <StateWord level={standing.level}>{standing.text}</StateWord>}
      </header>
      {plan ? (
        <>
          <dl className="facts">
            <dt>Made</dt>
            <dd>{formatSoon(zone, plan.created_ms, now)}</dd>
            <dt>Age</dt>
            <dd>
              <StateWord level={level}>{formatDuration(ageSeconds)}</StateWord>
            </dd>
            <dt>Counts until</dt>
            <dd>{formatSoon(zone, plan.valid_until_ms, now)}</dd>
          </dl>
          {level !== 'good' && (
            <p className="problem">
              The plan is out of date: what it says of the hours ahead rests on old measurements.
            </p>
          )}
          <PlanCost plan={plan} />
        </>
      ) : (
        <NoPlan overview={overview} />
      )}
    </section>
  );
};
