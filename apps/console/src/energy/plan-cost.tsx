import { formatCount, formatMoney } from '../format/quantity.js';
import type { EnergyPlan } from './wire.js';

const PARTS = [
  ['energy', 'Energy, bought less sold'],
  ['capacity', 'Capacity: peaks and changes'],
  ['carbon', 'Carbon'],
  ['wear', 'Wear of batteries'],
  ['generation', 'Generation'],
  ['shedding', 'Shedding'],
] as const;

/** What the plan costs over its horizon, of what, and what nobody's deciding would have cost. */
export const PlanCost = ({ plan }: { readonly plan: EnergyPlan }) => {
  const { cost, currency, carbon_kg: carbon } = plan;
  const saving = cost.without_plan - cost.total;
  return (
    <>
      <h3>What it costs</h3>
      <dl className="facts costs">
        {PARTS.map(([part, name]) => (
          <div key={part}>
            <dt>{name}</dt>
            <dd>{formatMoney(cost[part], currency)}</dd>
          </div>
        ))}
        <div className="total">
          <dt>Together</dt>
          <dd>{formatMoney(cost.total, currency)}</dd>
        </div>
        <div>
          <dt>Without the plan</dt>
          <dd>{formatMoney(cost.without_plan, currency)}</dd>
        </div>
        <div className="total">
          <dt>{saving < 0 ? 'The plan costs more' : 'The plan saves'}</dt>
          <dd>{formatMoney(Math.abs(saving), currency)}</dd>
        </div>
        <div>
          <dt>Carbon of what is bought and burnt</dt>
          <dd>{formatCount(carbon)} kg</dd>
        </div>
      </dl>
    </>
  );
};
