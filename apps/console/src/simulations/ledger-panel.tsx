import { usePolled } from '../api/use-polled.js';
import { AccuracyTable, LedgerTable } from './ledger-table.js';
import type { Ledger } from './wire.js';

const POLL_MS = 15_000;
const SHOWN_DAYS = 14;

/** What was predicted of live days, and what happened. */
export const LedgerPanel = ({ currency }: { readonly currency: string }) => {
  const { value: ledger, problem } = usePolled<Ledger>(`/ledger?days=${SHOWN_DAYS}`, POLL_MS);
  return (
    <section className="panel" tabIndex={-1} aria-labelledby="ledger">
      <header>
        <h2 id="ledger">Predicted and happened</h2>
        <span className="muted">live days; bold where what happened lies outside the predicted interval</span>
      </header>
      {problem !== undefined && <p className="problem">{problem}</p>}
      {!ledger && problem === undefined && <p className="muted">Loading the ledger…</p>}
      {ledger?.days.length === 0 && (
        <p className="muted">
          No day has been live yet. Each day is simulated before it begins, from noon of the day before on, or as soon
          as plans are made; what happened stands beside that an hour after its end, when the day was live.
        </p>
      )}
      {ledger && Object.keys(ledger.accuracy).length > 0 && <AccuracyTable ledger={ledger} currency={currency} />}
      {ledger && ledger.days.length > 0 && <LedgerTable days={ledger.days} currency={currency} />}
    </section>
  );
};
