import type { Overview } from '../api/wire.js';
import { formatTime } from '../format/civil-time.js';

/** What dispatch plans changed lately, and why. */
export const News = ({ overview }: { readonly overview: Overview }) => (
  <section className="panel third" aria-labelledby="news">
    <header>
      <h2 id="news">What the plan changed</h2>
    </header>
    <ul className="rows scrolling" data-testid="news">
      {overview.news.map(({ at_ms: at, text }) => (
        <li key={`${at} ${text}`}>
          <span className="muted">{formatTime(overview.event.time_zone, at)}</span> <span className="grow">{text}</span>
        </li>
      ))}
      {overview.news.length === 0 && (
        <li className="muted">Nothing in the last hour: the plan keeps to what it said.</li>
      )}
    </ul>
  </section>
);
