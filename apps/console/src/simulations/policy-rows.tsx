import type { Fault } from '../api/problem.js';
import { type Draft, newPolicy, type PolicyDraft } from './draft.js';
import { FaultField } from './fault-field.js';

const DISPATCH: readonly (readonly [PolicyDraft['dispatch'], string])[] = [
  ['timetable', 'by the timetable'],
  ['dispatch', 'planned for who was counted'],
  ['dispatch_with_forecast', 'planned with the forecast'],
];
const ENERGY: readonly (readonly [PolicyDraft['energy'], string])[] = [
  ['idle', 'do nothing'],
  ['rule', 'by a simple rule'],
  ['planned', 'by the energy plan'],
];

interface PolicyRowsProps {
  readonly draft: Draft;
  readonly faults: readonly Fault[];
  readonly change: (part: Partial<Draft>) => void;
}

/** What is compared: how vehicles and batteries are run, and which of them the others are compared with. */
export const PolicyRows = ({ draft, faults, change }: PolicyRowsProps) => {
  const { policies, baseline } = draft;
  const set = (key: number, part: Partial<PolicyDraft>) =>
    change({ policies: policies.map((policy) => (policy.key === key ? { ...policy, ...part } : policy)) });
  const remove = (key: number) => {
    const left = policies.filter((policy) => policy.key !== key);
    change({ policies: left, baseline: key === baseline ? (left[0]?.key ?? 0) : baseline });
  };
  return (
    <>
      <ul className="rows">
        {policies.map(({ key, name, dispatch, energy }) => (
          <li key={key}>
            <fieldset className="form grow">
              <legend className="visually-hidden">Policy {name}</legend>
              <FaultField label="Name" path={`policies.${name}`} faults={faults}>
                {(of) => <input {...of} value={name} onChange={(event) => set(key, { name: event.target.value })} />}
              </FaultField>
              <FaultField label="Vehicles leave" path={`policies.${name}.dispatch`} faults={faults}>
                {(of) => (
                  <select
                    {...of}
                    value={dispatch}
                    onChange={(event) => set(key, { dispatch: event.target.value as PolicyDraft['dispatch'] })}
                  >
                    {DISPATCH.map(([value, text]) => (
                      <option key={value} value={value}>
                        {text}
                      </option>
                    ))}
                  </select>
                )}
              </FaultField>
              <FaultField label="Batteries" path={`policies.${name}.energy`} faults={faults}>
                {(of) => (
                  <select
                    {...of}
                    value={energy}
                    onChange={(event) => set(key, { energy: event.target.value as PolicyDraft['energy'] })}
                  >
                    {ENERGY.map(([value, text]) => (
                      <option key={value} value={value}>
                        {text}
                      </option>
                    ))}
                  </select>
                )}
              </FaultField>
              <div className="choice">
                <label>
                  <input
                    type="radio"
                    name="baseline"
                    checked={key === baseline}
                    onChange={() => change({ baseline: key })}
                  />
                  baseline
                </label>
                {policies.length > 1 && (
                  <button type="button" onClick={() => remove(key)} aria-label={`Remove policy ${name}`}>
                    Remove
                  </button>
                )}
              </div>
            </fieldset>
          </li>
        ))}
      </ul>
      <div className="buttons">
        <button
          type="button"
          onClick={() =>
            change({
              policies: [
                ...policies,
                newPolicy(`policy_${policies.length + 1}`, { dispatch: 'timetable', energy: 'rule' }),
              ],
            })
          }
        >
          Add a policy
        </button>
      </div>
    </>
  );
};
