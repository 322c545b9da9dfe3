import { usePolled } from '../api/use-polled.js';
import { whatIfHash } from '../pages/page.js';
import { FiguresTable } from './figures-table.js';
import { stateWords } from './run-words.js';
import { type Comparison, isOver } from './wire.js';

interface CompareViewProps {
  readonly ids: readonly string[];
  readonly currency: string;
}

const Tables = ({ comparison, currency }: { readonly comparison: Comparison; readonly currency: string }) => {
  const { runs, differences } = comparison;
  const [first, ...others] = runs;
  const compared = others.map((run) => ({ run, by: Object.entries(differences[run.id] ?? {}) }));
  const alike = compared.filter(({ by }) => by.length > 0);
  return (
    <>
      <section className="panel" tabIndex={-1} aria-labelledby="side">
        <header>
          <h2 id="side">Side by side</h2>
          <span className="aside">
            <a href={whatIfHash()}>All runs</a>
          </span>
        </header>
        <ul className="rows">
          {runs.map((run) => (
            <li key={run.id}>
              <a className="grow" href={whatIfHash(run.id)}>
                {run.title}
              </a>
              <span className="muted">
                {run.day}, {run.days_done} of {run.days} days{isOver(run) ? '' : `, ${stateWords(run)}`}
              </span>
            </li>
          ))}
        </ul>
        <FiguresTable
          caption="Means side by side"
          currency={currency}
          groups={runs.map(({ id, title, policies }) => ({ key: id, title, columns: policies.length }))}
          columns={runs.flatMap(({ id, policies, means }) =>
            policies.map((policy) => ({ key: `${id} ${policy}`, title: policy, of: means[policy] })),
          )}
        />
      </section>
      <section className="panel" tabIndex={-1} aria-labelledby="differences">
        <header>
          <h2 id="differences">Differences to {first?.title}</h2>
          <span className="muted">each policy to that of the same name, on the same drawn days</span>
        </header>
        {alike.length === 0 ? (
          <p className="muted">
            None: they are between runs of the same day, seed and mismatch, for policies of the same name whose days are
            done.
          </p>
        ) : (
          <FiguresTable
            caption={`Differences to ${first?.title ?? ''}`}
            currency={currency}
            groups={alike.map(({ run, by }) => ({ key: run.id, title: run.title, columns: by.length }))}
            columns={alike.flatMap(({ run, by }) =>
              by.map(([policy, of]) => ({ key: `${run.id} ${policy}`, title: policy, of, difference: true as const })),
            )}
          />
        )}
      </section>
    </>
  );
};

/** Two to four runs beside each other. */
export const CompareView = ({ ids, currency }: CompareViewProps) => {
  const { value: comparison, problem } = usePolled<Comparison>(`/simulations/compare?ids=${ids.join(',')}`, 5_000);
  return (
    <>
      {problem !== undefined && (
        <p className="panel problem" role="status">
          {problem}
        </p>
      )}
      {comparison && <Tables comparison={comparison} currency={currency} />}
      {!comparison && problem === undefined && <p className="panel muted">Loading the runs…</p>}
    </>
  );
};
