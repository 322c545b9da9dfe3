import { StateWord } from '../controls/state-word.js';
import { formatSoon } from '../format/civil-time.js';
import { formatPower } from '../format/quantity.js';
import { limitName, tierWords } from './limit-words.js';
import type { Names } from './names.js';
import { ShadowPrices } from './reasons.js';
import type { EnergyPlan } from './wire.js';

interface ViolationsProps {
  readonly plan: EnergyPlan;
  readonly now: number;
  readonly zone: string;
  readonly names: Names;
}

/** When the plan ends. */
const endOf = ({ start_ms, slot_ms, sites }: EnergyPlan): number =>
  start_ms + (sites[0]?.load_kw.length ?? 0) * slot_ms;

const AllHold = ({ plan, now, zone }: Omit<ViolationsProps, 'names'>) =>
  now < plan.valid_until_ms ? (
    <p>
      <StateWord level="good">{`All limits hold until ${formatSoon(zone, endOf(plan), now)}.`}</StateWord>
    </p>
  ) : (
    <p className="muted">The plan broke no limit, but it has run out: nobody has checked what is ahead.</p>
  );

/** The limits that the plan cannot hold, what must not fail first, and what more of the others would be worth. */
export const Violations = ({ plan, now, zone, names }: ViolationsProps) => {
  const ahead = plan.violations.filter(({ until_ms: until }) => until > now);
  const hidden = plan.violations_total - plan.violations.length;
  return (
    <section className="panel two-thirds" aria-labelledby="violations">
      <header>
        <h2 id="violations">Limits that cannot hold</h2>
        {ahead.length > 0 && <span className="aside problem">{ahead.length + hidden}</span>}
      </header>
      {ahead.length === 0 ? (
        <AllHold plan={plan} now={now} zone={zone} />
      ) : (
        <div className="long">
          <table className="stacking" aria-labelledby="violations">
            <thead>
              <tr>
                <th scope="col">Tier</th>
                <th scope="col">Limit</th>
                <th scope="col">From</th>
                <th scope="col">Until</th>
                <th scope="col" className="number">
                  Over by
                </th>
                <th scope="col">What would clear it</th>
              </tr>
            </thead>
            <tbody>
              {ahead.map(({ limit, tier, at, from_ms: from, until_ms: until, worst, unit, relief }) => (
                <tr key={`${limit} ${at} ${from}`}>
                  <th scope="row" className="tier">
                    <StateWord level={tierWords(tier).level}>{tierWords(tier).name}</StateWord>
                  </th>
                  <td className="wide words">
                    {names.place(at)}: {limitName(limit)}
                  </td>
                  <td data-label="From">{formatSoon(zone, from, now)}</td>
                  <td data-label="Until">{formatSoon(zone, until, now)}</td>
                  <td className="number" data-label="Over by">
                    {formatPower(worst)} {unit}
                  </td>
                  <td className="wide words">{relief}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {hidden > 0 && (
        <p className="muted">
          The last {hidden} of {plan.violations_total} are not shown.
        </p>
      )}
      <ShadowPrices plan={plan} now={now} zone={zone} names={names} />
    </section>
  );
};
