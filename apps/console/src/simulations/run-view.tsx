import { useState } from 'react';
import { patch, post } from '../api/request.js';
import { usePolled } from '../api/use-polled.js';
import { ActionButton } from '../controls/action-button.js';
import { ConfirmDialog } from '../controls/confirm-dialog.js';
import { OutcomeLine } from '../controls/outcome-line.js';
import { StateWord } from '../controls/state-word.js';
import { useActions } from '../controls/use-actions.js';
import { formatWall } from '../devices/wall-time.js';
import { whatIfHash } from '../pages/page.js';
import { FiguresTable } from './figures-table.js';
import { Progress } from './progress.js';
import { STATE_LEVELS, stateWords } from './run-words.js';
import { isOver, type Run, type Scenario } from './wire.js';

/** While it runs, and after that, when only others may still change it. */
const [SOON_MS, LATER_MS] = [2_000, 15_000];

interface RunViewProps {
  readonly id: string;
  readonly currency: string;
  readonly busy: boolean;
  readonly onAgain: (scenario: Scenario, replay: boolean) => void;
}

const Results = ({ run, currency }: { readonly run: Run; readonly currency: string }) => {
  const { baseline, means, differences, policies } = run;
  const others = policies.filter((policy) => policy !== baseline);
  const happened =
    run.happened &&
    Object.fromEntries(Object.entries(run.happened).map(([name, mean]) => [name, { mean, half_width: null }]));
  return (
    <section className="panel" tabIndex={-1} aria-labelledby="results">
      <header>
        <h2 id="results">What it came to</h2>
        <span className="muted">
          means of {run.days_done} of {run.days} days; differences to {baseline} on the same days, bold where chance
          alone does not explain them
        </span>
      </header>
      <FiguresTable
        caption="Means and differences"
        currency={currency}
        columns={[
          ...(happened ? [{ key: 'happened', title: 'what happened', of: happened }] : []),
          { key: baseline, title: baseline, of: means[baseline] },
          ...others.flatMap((policy) => [
            { key: policy, title: policy, of: means[policy] },
            { key: `${policy} less`, title: 'difference', of: differences[policy], difference: true as const },
          ]),
        ]}
      />
    </section>
  );
};

/** One run: how far it is, what it came to, and what can be done with it. */
export const RunView = ({ id, currency, busy: away, onAgain }: RunViewProps) => {
  const [settled, setSettled] = useState(false);
  const [asking, setAsking] = useState(false);
  const { value: run, problem } = usePolled<Run>(`/simulations/${id}`, settled ? LATER_MS : SOON_MS);
  const { act, busy: acting, outcome, dismiss } = useActions();
  const busy = away || acting;
  if (run && isOver(run) !== settled && !acting) setSettled(isOver(run));
  if (!run)
    return (
      <section className="panel">
        {problem === undefined ? <p className="muted">Loading the run…</p> : <p className="problem">{problem}</p>}
        <p>
          <a href={whatIfHash()}>All runs</a>
        </p>
      </section>
    );

  const over = isOver(run);
  const report = `/api/v1/simulations/${id}/report.html`;
  const whole = over && run.days_done >= run.policies.length;
  const doThen = (done: string, work: () => Promise<unknown>) => {
    // Asks at once what it is like then.
    act(done, () => work().then(() => setSettled((last) => !last)));
  };
  return (
    <>
      <section className="panel" tabIndex={-1} aria-labelledby="run">
        <header>
          <h2 id="run">{run.title}</h2>
          {over ? (
            <StateWord level={STATE_LEVELS[run.state]}>{run.state}</StateWord>
          ) : (
            <Progress label={run.title} ratio={run.progress} words={stateWords(run)} />
          )}
          <span className="aside">
            <a href={whatIfHash()}>All runs</a>
          </span>
        </header>
        {problem !== undefined && <p className="problem">{problem}</p>}
        {run.failure !== null && <p className="problem">{run.failure}</p>}
        <p>
          {run.day}, {run.replications} drawn {run.replications === 1 ? 'day' : 'days'} under {run.policies.join(', ')}
          {run.replay && ', with what was measured on it'}.{' '}
          <span className="muted">
            By {run.by}, {formatWall(run.created_ms)}. {run.kept ? 'Kept.' : 'Goes when fifty newer ones have ended.'}
          </span>
        </p>
        <div className="buttons">
          {!over && (
            <ActionButton busy={busy} onClick={() => setAsking(true)}>
              Cancel the run…
            </ActionButton>
          )}
          <ActionButton
            busy={busy}
            onClick={() =>
              doThen(run.kept ? 'The run is let go.' : 'The run is kept.', () =>
                patch(`/simulations/${id}`, { kept: !run.kept }),
              )
            }
          >
            {run.kept ? 'Let go' : 'Keep'}
          </ActionButton>
          <ActionButton busy={busy} onClick={() => onAgain(run.scenario, run.replay)}>
            Change and run again
          </ActionButton>
        </div>
        <div className="form share">
          <label>
            <span>Link to this run</span>
            <input readOnly value={location.href} onFocus={(event) => event.target.select()} />
          </label>
          <p>
            {whole && (
              <>
                <a href={report} target="_blank" rel="noreferrer">
                  Report
                </a>{' '}
                ·{' '}
              </>
            )}
            <a href={`/api/v1/simulations/${id}/indicators.csv`} download={`${id}.csv`}>
              Table (CSV)
            </a>
          </p>
        </div>
      </section>
      {run.replay && run.happened === null && (
        <p className="panel muted">
          The event was not live all of that day, so there is nothing that happened to set beside it.
        </p>
      )}
      {run.days_done > 0 ? (
        <Results run={run} currency={currency} />
      ) : (
        <p className="panel muted">
          {over ? 'No day was done.' : 'The first day is not done yet; figures come as days are done.'}
        </p>
      )}
      {whole && (
        <section className="panel" aria-labelledby="report">
          <header>
            <h2 id="report">Report</h2>
          </header>
          <iframe className="report" title={`Report of ${run.title}`} src={report} sandbox="" loading="lazy" />
        </section>
      )}
      {asking && (
        <ConfirmDialog
          title="Cancel the run"
          text="Days that are done stay; those under way are lost. It cannot go on later."
          confirm="Cancel the run"
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            doThen('The run is cancelled.', () => post(`/simulations/${id}/cancel`, {}));
          }}
        />
      )}
      <OutcomeLine outcome={outcome} onDismiss={dismiss} />
    </>
  );
};
