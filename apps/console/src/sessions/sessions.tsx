import type { Overview, Session } from '../api/wire.js';
import { StateWord } from '../controls/state-word.js';
import { formatMoment, formatTime } from '../format/civil-time.js';

interface SessionsProps {
  readonly overview: Overview;
  readonly now: number;
}

const sayState = ({ state }: Session): string => (state === 'over_time' ? 'over time' : (state ?? 'running'));

/** What is on and what comes next, and the gateways that are not well. */
export const Sessions = ({ overview, now }: SessionsProps) => {
  const { sessions, gateways, event, venues } = overview;
  const venueName = (id: string) => venues.find((venue) => venue.id === id)?.name ?? id;
  const when = ({ start_ms: start, end_ms: end, expected_end_ms: expected }: Session) =>
    `${formatMoment(event.time_zone, start, now)} to ${formatTime(event.time_zone, expected ?? end)}`;
  const away = gateways.filter((gateway) => gateway.state !== 'online');
  return (
    <section className="panel third" aria-labelledby="sessions">
      <header>
        <h2 id="sessions">Sessions and gateways</h2>
      </header>
      <ul className="rows">
        {sessions.now.map((session) => (
          <li key={session.id}>
            <span className="grow">
              <StateWord level={session.state === 'over_time' ? 'warn' : 'good'}>{sayState(session)}</StateWord>{' '}
              {session.name}
            </span>
            <span className="muted">
              {venueName(session.venue)}, {when(session)}
            </span>
          </li>
        ))}
        {sessions.next.map((session) => (
          <li key={session.id}>
            <span className="grow">
              <StateWord level={session.state === 'cancelled' ? 'warn' : 'none'}>
                {session.state === 'cancelled' ? 'cancelled' : 'next'}
              </StateWord>{' '}
              {session.name}
            </span>
            <span className="muted">
              {venueName(session.venue)}, {when(session)}
            </span>
          </li>
        ))}
        {sessions.now.length + sessions.next.length === 0 && (
          <li className="muted">No session runs, and none begins soon.</li>
        )}
        {away.map((gateway) => (
          <li key={`${gateway.venue}/${gateway.id}`}>
            <span className="grow">
              <StateWord level="bad">{`gateway ${gateway.state}`}</StateWord> {gateway.id}
            </span>
            <span className="muted">{venueName(gateway.venue)}: values may be old</span>
          </li>
        ))}
        <li>
          <StateWord level={away.length === 0 ? 'good' : 'bad'}>
            {`${gateways.length - away.length} of ${gateways.length} gateways online`}
          </StateWord>
        </li>
      </ul>
    </section>
  );
};
