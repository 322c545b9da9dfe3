import { useState } from 'react';
import { usePolled } from '../api/use-polled.js';
import type { Overview } from '../api/wire.js';
import { formatDate } from '../format/civil-time.js';
import { goTo } from '../pages/go-to.js';
import { whatIfHash } from '../pages/page.js';
import { CompareView } from './compare-view.js';
import { type Draft, draftOf, emptyDraft } from './draft.js';
import { LedgerPanel } from './ledger-panel.js';
import { RunList } from './run-list.js';
import { RunView } from './run-view.js';
import { ScenarioForm } from './scenario-form.js';
import type { RunHead } from './wire.js';

const POLL_MS = 2_000;

interface WhatIfProps {
  readonly overview: Overview;
  /** None: all of them; one; or those that are compared. */
  readonly ids: readonly string[];
  readonly now: number;
  readonly live: boolean;
}

interface AllRunsProps {
  readonly draft: Draft;
  readonly setDraft: (next: Draft) => void;
  readonly busy: boolean;
  readonly currency: string;
}

const AllRuns = ({ draft, setDraft, busy, currency }: AllRunsProps) => {
  const { value, problem } = usePolled<{ simulations: readonly RunHead[] }>('/simulations', POLL_MS);
  return (
    <>
      <section className="panel">
        <header>
          <h2>What if?</h2>
        </header>
        <p>
          Runs a day of the event again with something otherwise, under several policies on the same drawn days, and
          says what differs and how sure that is. Nothing of it reaches the live event.
        </p>
        {problem !== undefined && (
          <p className="problem" role="status">
            {problem}
          </p>
        )}
      </section>
      {value && <RunList runs={value.simulations} />}
      {!value && problem === undefined && <p className="panel muted">Loading the runs…</p>}
      <ScenarioForm draft={draft} setDraft={setDraft} busy={busy} />
      <LedgerPanel currency={currency} />
    </>
  );
};

/** What-if runs: all of them with a form for another, one, or some beside each other. */
export const WhatIf = ({ overview, ids, now, live }: WhatIfProps) => {
  const { time_zone: zone } = overview.event;
  const [draft, setDraft] = useState(() => emptyDraft(formatDate(zone, now)));
  const currency = overview.plans.energy?.cost.currency ?? overview.plans.dispatch?.cost.currency ?? 'money';
  const [first, ...others] = ids;
  return (
    <main className={live ? 'room' : 'room stale-picture'} tabIndex={-1}>
      {first === undefined && <AllRuns draft={draft} setDraft={setDraft} busy={!live} currency={currency} />}
      {first !== undefined && others.length === 0 && (
        <RunView
          key={first}
          id={first}
          currency={currency}
          busy={!live}
          onAgain={(scenario, replay) => {
            setDraft(draftOf(scenario, replay));
            goTo(whatIfHash());
          }}
        />
      )}
      {others.length > 0 && <CompareView key={ids.join()} ids={ids} currency={currency} />}
    </main>
  );
};
