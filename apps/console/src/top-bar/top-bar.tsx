import type { Overview } from '../api/wire.js';
import { devicesHash, type Page, whatIfHash } from '../pages/page.js';
import { formatClock, formatDate } from '../format/civil-time.js';
import { formatCount } from '../format/quantity.js';
import { StateWord } from '../controls/state-word.js';
import { plansWaiting } from '../plans/plan-standing.js';
import type { Connection } from '../live/connection.js';
import { ConnectionLine } from './connection-line.js';

interface TopBarProps {
  readonly overview: Overview;
  readonly page: Page;
  readonly now: number;
  readonly connection: Connection;
  readonly onRetry: () => void;
}

/** That plans wait for a person, as the way to the first of them. */
const Waiting = ({ overview }: { readonly overview: Overview }) => {
  const [first, ...others] = plansWaiting(overview);
  if (first === undefined) return null;
  return (
    <a className="waiting" href={`#${first}-panel`}>
      <StateWord level="warn">
        {others.length === 0 ? `${first} plan waits for approval` : `${1 + others.length} plans wait for approval`}
      </StateWord>
    </a>
  );
};

const PAGES: readonly { readonly name: Page['name']; readonly title: string; readonly hash: string }[] = [
  { name: 'operations', title: 'Operations', hash: '#operations' },
  { name: 'transport', title: 'Transport', hash: '#transport' },
  { name: 'energy', title: 'Energy', hash: '#energy' },
  { name: 'what-if', title: 'What-if', hash: whatIfHash() },
  { name: 'devices', title: 'Devices', hash: devicesHash() },
];

/** The pages, with the one that is shown marked. */
const Navigation = ({ page }: { readonly page: Page }) => (
  <nav aria-label="Pages">
    {PAGES.map(({ name, title, hash }) => (
      <a key={name} href={hash} aria-current={name === page.name ? 'page' : undefined}>
        {title}
      </a>
    ))}
  </nav>
);

/** Which event, what time it is there, how much data came, and whether the page is live. */
export const TopBar = ({ overview, page, now, connection, onRetry }: TopBarProps) => {
  const { event, clock, readings } = overview;
  return (
    <header className="top-bar">
      <h1>{event.name}</h1>
      <Navigation page={page} />
      <p>
        <span className="event-time">
          {formatDate(event.time_zone, now)} {formatClock(event.time_zone, now)}
        </span>{' '}
        <span className="muted">
          times in {event.time_zone}
          {clock.speed === 1 ? '' : `, ${clock.speed}× speed`}
          {clock.state === 'online' ? '' : `, event clock ${clock.state}`}
        </span>
      </p>
      <Waiting overview={overview} />
      <p className="readings">
        <span className="muted">readings stored</span> <span data-testid="stored">{formatCount(readings.stored)}</span>{' '}
        <span className="muted">rejected</span>{' '}
        {readings.rejected > 0 ? (
          <a className="problem" href={devicesHash()}>
            {formatCount(readings.rejected)}
          </a>
        ) : (
          formatCount(readings.rejected)
        )}
      </p>
      <ConnectionLine connection={connection} onRetry={onRetry} />
    </header>
  );
};
