import { formatSoon } from '../format/civil-time.js';
import { formatPrice } from '../format/quantity.js';
import { limitName } from './limit-words.js';
import type { Names } from './names.js';
import { curtailsAt, nextWords, switchWords } from './setpoint-words.js';
import type { EnergyPlan } from './wire.js';

interface ReasonsProps {
  readonly plan: EnergyPlan;
  readonly now: number;
  readonly zone: string;
  readonly names: Names;
}

const NEXT_MS = 2 * 3_600_000;

/** What the plan tells assets to do in the next two hours, and switches over its whole horizon. */
export const NextSteps = ({ plan, now, zone, names }: ReasonsProps) => {
  const lines = plan.next.flatMap((asset) => {
    const site = plan.sites.find((entry) => entry.site === asset.site);
    const words = nextWords(asset, curtailsAt(site, plan), { now, until: now + NEXT_MS, zone, names });
    return words === undefined ? [] : [{ key: `${asset.site} ${asset.asset}`, words }];
  });
  const switches = plan.sites.flatMap(({ site, switches: own }) =>
    own.flatMap((one) => {
      const words = switchWords(site, one, { now, zone, names });
      return words === undefined ? [] : [{ key: `${site} ${one.switch}`, words }];
    }),
  );
  const rows = [...switches, ...lines];
  return (
    <section className="panel third" aria-labelledby="next-steps">
      <header>
        <h2 id="next-steps">What the plan does next</h2>
      </header>
      <ul className="rows">
        {rows.map(({ key, words }) => (
          <li key={key}>{words}</li>
        ))}
        {rows.length === 0 && <li className="muted">Nothing in the next two hours.</li>}
      </ul>
    </section>
  );
};

/** Less than half a hundredth of the currency is shown as nothing. */
const LEAST_PRICE = 0.005;

/** What one kW more of a limit would be worth. */
export const ShadowPrices = ({ plan, now, zone, names }: ReasonsProps) => {
  const ahead = plan.shadow_prices?.filter(
    ({ until_ms: until, price_per_kw: price }) => until > now && price >= LEAST_PRICE,
  );
  return (
    <section className="prices" aria-labelledby="shadow-prices">
      <h3 id="shadow-prices">What a kW more would be worth</h3>
      {!ahead && <p className="muted">The plan does not say: an earlier release made it.</p>}
      {ahead?.length === 0 && <p className="muted">The plan names no limit of which a kW more would save anything.</p>}
      {ahead && ahead.length > 0 && (
        <table className="stacking">
          <thead>
            <tr>
              <th scope="col">Limit</th>
              <th scope="col">From</th>
              <th scope="col">Until</th>
              <th scope="col" className="number">
                A kW saves
              </th>
            </tr>
          </thead>
          <tbody>
            {ahead.map(({ limit, at, from_ms: from, until_ms: until, price_per_kw: price }) => (
              <tr key={`${limit} ${at} ${from}`}>
                <th scope="row" className="words">
                  {names.place(at)}: {limitName(limit)}
                </th>
                <td data-label="From">{formatSoon(zone, from, now)}</td>
                <td data-label="Until">{formatSoon(zone, until, now)}</td>
                <td className="number wide" data-label="A kW saves">
                  {formatPrice(price, plan.currency)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
