import { useState } from 'react';
import { StateWord } from '../controls/state-word.js';
import { formatWall } from '../devices/wall-time.js';
import { goTo } from '../pages/go-to.js';
import { whatIfHash } from '../pages/page.js';
import { Progress } from './progress.js';
import { STATE_LEVELS, stateWords } from './run-words.js';
import { isOver, type RunHead } from './wire.js';

const MOST_COMPARED = 4;

/** Runs, newest first, each with a way to it, and to some of them beside each other. */
export const RunList = ({ runs }: { readonly runs: readonly RunHead[] }) => {
  const [marked, setMarked] = useState<readonly string[]>([]);
  const chosen = marked.filter((id) => runs.some((run) => run.id === id));
  const toggle = (id: string) =>
    setMarked(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-MOST_COMPARED));
  const ready = chosen.length > 1;
  return (
    <section className="panel" tabIndex={-1} aria-labelledby="runs">
      <header>
        <h2 id="runs">Runs</h2>
        {runs.length > 1 && (
          <span className="aside">
            <button
              type="button"
              aria-disabled={!ready}
              onClick={() => {
                if (ready) goTo(whatIfHash(...chosen));
              }}
            >
              Compare{chosen.length > 0 ? ` ${chosen.length}` : ''}
            </button>
          </span>
        )}
      </header>
      {runs.length === 0 && <p className="muted">Nothing has been run yet. Start with a ready scenario below.</p>}
      {runs.length > 1 && !ready && <p className="muted">Mark two to four runs to compare them.</p>}
      <ul className="rows scrolling">
        {runs.map((run) => (
          <li key={run.id}>
            {runs.length > 1 && (
              <input
                type="checkbox"
                checked={chosen.includes(run.id)}
                onChange={() => toggle(run.id)}
                aria-label={`Compare ${run.title}`}
              />
            )}
            <div className="grow">
              <p>
                <a href={whatIfHash(run.id)}>{run.title}</a>
                {run.kept && <span className="muted"> · kept</span>}
              </p>
              <p className="muted">
                {run.day}, {run.replications} × {run.policies.join(', ')}; {run.by}, {formatWall(run.created_ms)}
              </p>
            </div>
            {isOver(run) ? (
              <StateWord level={STATE_LEVELS[run.state]}>{run.state}</StateWord>
            ) : (
              <Progress label={run.title} ratio={run.progress} words={stateWords(run)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};
