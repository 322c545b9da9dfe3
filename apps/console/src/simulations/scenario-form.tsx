import { type SubmitEvent, useState } from 'react';
import { type Fault, RequestError } from '../api/problem.js';
import { post } from '../api/request.js';
import { useResource } from '../api/use-resource.js';
import { goTo } from '../pages/go-to.js';
import { whatIfHash } from '../pages/page.js';
import { type Draft, draftOf, newOverlay, requestOf } from './draft.js';
import { FaultField } from './fault-field.js';
import { OVERLAY_KINDS } from './overlay-fields.js';
import { OverlayRow } from './overlay-row.js';
import { PolicyRows } from './policy-rows.js';
import type { ReadyScenario, Run, Vocabulary } from './wire.js';

interface ScenarioFormProps {
  readonly draft: Draft;
  readonly setDraft: (next: Draft) => void;
  readonly busy: boolean;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
/** Parts of a request that have a field of their own; what is wrong with others is listed. */
const PLACED =
  /^(title|day|seed|replications|mismatch|effort\.moves|cadence\.(energy|dispatch)_minutes|overlays\[\d+\].*|policies\..+)$/;

/** Text and numbers that are one input each. */
const PARTS: readonly {
  readonly part: 'replications' | 'seed' | 'mismatch' | 'moves' | 'dispatchMinutes' | 'energyMinutes';
  readonly path: string;
  readonly label: string;
  readonly more?: true;
}[] = [
  { part: 'replications', path: 'replications', label: 'Drawn days' },
  { part: 'seed', path: 'seed', label: 'Seed', more: true },
  { part: 'mismatch', path: 'mismatch', label: 'Mismatch (0 to 4)', more: true },
  { part: 'moves', path: 'effort.moves', label: 'Moves a dispatch plan', more: true },
  { part: 'dispatchMinutes', path: 'cadence.dispatch_minutes', label: 'Dispatch plan every, min', more: true },
  { part: 'energyMinutes', path: 'cadence.energy_minutes', label: 'Energy plan every, min', more: true },
];

/** Asks for a run: a ready scenario or one's own. What the platform refuses is said at its field. */
export const ScenarioForm = ({ draft, setDraft, busy }: ScenarioFormProps) => {
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [problem, setProblem] = useState<string>();
  const [sending, setSending] = useState(false);
  const [ready, setReady] = useState('');
  const [kind, setKind] = useState('attendance');
  const offered = useResource<{ scenarios: readonly ReadyScenario[] }>('/simulations/scenarios');
  // While a day is typed, the names of the last whole one stay.
  const [namedDay, setNamedDay] = useState(draft.day);
  if (draft.day !== namedDay && DAY.test(draft.day)) setNamedDay(draft.day);
  const known = useResource<Vocabulary>(`/simulations/vocabulary?day=${namedDay}`);
  const words = known.state === 'ready' ? known.value : undefined;
  const scenarios = offered.state === 'ready' ? offered.value.scenarios : [];

  const forget = () => {
    setFaults([]);
    setProblem(undefined);
  };
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const choose = (name: string) => {
    setReady(name);
    forget();
    const chosen = scenarios.find((one) => one.name === name);
    if (chosen) setDraft(draftOf(chosen.scenario));
  };
  const send = async (): Promise<void> => {
    forget();
    setSending(true);
    try {
      const run = (await post('/simulations', requestOf(draft))) as Run;
      goTo(whatIfHash(run.id));
    } catch (error) {
      const found = error instanceof RequestError ? error.faults : [];
      setFaults(found);
      const unplaced = found.filter(({ path }) => !PLACED.test(path)).map(({ path, message }) => `${path}: ${message}`);
      const said = error instanceof Error ? error.message : String(error);
      const count = found.length === 1 ? 'One thing is' : `${found.length} things are`;
      setProblem(found.length === 0 ? said : [`${count} wrong, as the form says.`, ...unplaced].join(' '));
    } finally {
      setSending(false);
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!busy && !sending) void send();
  };
  const inputs = (more: boolean) =>
    PARTS.filter((one) => (one.more ?? false) === more).map(({ part, path, label }) => (
      <FaultField key={path} label={label} path={path} faults={faults}>
        {(of) => (
          <input
            {...of}
            inputMode="decimal"
            value={draft[part]}
            onChange={(event) => change({ [part]: event.target.value })}
          />
        )}
      </FaultField>
    ));
  const days = Number(draft.replications) * draft.policies.length;

  return (
    <section className="panel scenario" tabIndex={-1} aria-labelledby="new-run">
      <header>
        <h2 id="new-run">New run</h2>
      </header>
      <form onSubmit={submit} aria-labelledby="new-run" noValidate>
        <div className="form">
          <label>
            <span>Start from</span>
            <select value={ready} onChange={(event) => choose(event.target.value)}>
              <option value="">my own</option>
              {scenarios.map(({ name, scenario }) => (
                <option key={name} value={name}>
                  {scenario.title}
                </option>
              ))}
            </select>
          </label>
          <FaultField label="Title" path="title" faults={faults}>
            {(of) => <input {...of} value={draft.title} onChange={(event) => change({ title: event.target.value })} />}
          </FaultField>
          <FaultField label="Day" path="day" faults={faults}>
            {(of) => (
              <input {...of} type="date" value={draft.day} onChange={(event) => change({ day: event.target.value })} />
            )}
          </FaultField>
          {inputs(false)}
          <label className="check">
            <input
              type="checkbox"
              checked={draft.replay}
              onChange={(event) => change({ replay: event.target.checked })}
            />
            replay a past day: what was measured on it, beside what happened
          </label>
        </div>

        <h3>What is otherwise</h3>
        {draft.overlays.length === 0 && <p className="muted">Nothing: the day as the recording has it.</p>}
        <ul>
          {draft.overlays.map((overlay, index) => (
            <OverlayRow
              key={overlay.key}
              overlay={overlay}
              index={index}
              words={words}
              faults={faults}
              change={(fields) =>
                change({ overlays: draft.overlays.map((one) => (one.key === overlay.key ? { ...one, fields } : one)) })
              }
              remove={() => {
                // What was said of the rows after it would stand at others now.
                setFaults(faults.filter(({ path }) => !path.startsWith('overlays')));
                change({ overlays: draft.overlays.filter(({ key }) => key !== overlay.key) });
              }}
            />
          ))}
        </ul>
        <div className="form add-overlay">
          <label>
            <span>Kind of change</span>
            <select value={kind} onChange={(event) => setKind(event.target.value)}>
              {OVERLAY_KINDS.map((one) => (
                <option key={one.kind} value={one.kind}>
                  {one.title}
                </option>
              ))}
            </select>
          </label>
          <button type="button" onClick={() => change({ overlays: [...draft.overlays, newOverlay(kind)] })}>
            Add
          </button>
        </div>

        <h3>What is compared</h3>
        <PolicyRows draft={draft} faults={faults} change={change} />

        <details open={faults.some(({ path }) => /^(seed|mismatch|effort|cadence)/.test(path)) || undefined}>
          <summary>More: seed, mismatch, effort</summary>
          <div className="form">{inputs(true)}</div>
        </details>

        {problem !== undefined && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <div className="buttons">
          <button type="submit" className="primary" aria-disabled={busy || sending}>
            Run
          </button>
          {Number.isInteger(days) && (
            <span className="muted">
              {days} {days === 1 ? 'day' : 'days'} to simulate
            </span>
          )}
        </div>
      </form>
    </section>
  );
};
