import { Fragment } from 'react';
import type { Line, Overview } from '../api/wire.js';
import { StateWord } from '../controls/state-word.js';
import { formatDistance, formatTime } from '../format/civil-time.js';
import { formatCount, formatDuration } from '../format/quantity.js';

const SHOWN = 3;

const Departures = ({ line, zone, now }: { line: Line; zone: string; now: number }) => {
  const ahead = line.next_departures.filter(({ departs_ms: departs }) => departs > now - 30_000).slice(0, SHOWN);
  if (ahead.length === 0) return <span className="muted">none planned</span>;
  return ahead.map(({ departs_ms: departs, vehicle, source }, index) => (
    <Fragment key={`${departs} ${source} ${index}`}>
      {index > 0 && ', '}
      <span className="departure">
        {formatTime(zone, departs)}{' '}
        <span className="muted">
          {formatDistance(departs, now)}
          {source === 'override' && ` (added${vehicle === null ? '' : `, ${vehicle}`})`}
        </span>
      </span>
    </Fragment>
  ));
};

/** What was planned or added, and no vehicle can make. */
const Dropped = ({ line, zone }: { readonly line: Line; readonly zone: string }) =>
  line.dropped_departures.slice(0, SHOWN).map(({ departs_ms: departs, reason }, index) => (
    <p key={`${departs} ${index}`}>
      <StateWord level="bad">{`${formatTime(zone, departs)} cannot leave`}</StateWord>{' '}
      <span className="muted">{reason}</span>
    </p>
  ));

/** The lines: what leaves next, who waits and how long. */
export const Lines = ({ overview, now }: { readonly overview: Overview; readonly now: number }) => (
  <section className="panel two-thirds" aria-labelledby="lines">
    <header>
      <h2 id="lines">Lines</h2>
      <span className="aside muted">departures in {overview.event.time_zone} time</span>
    </header>
    <div className="long">
      <table className="stacking lines">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Next departures</th>
            <th scope="col" className="number">
              Waiting
            </th>
            <th scope="col" className="number">
              Mean wait
            </th>
          </tr>
        </thead>
        <tbody>
          {overview.lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">{line.name}</th>
              <td className="wide">
                <div className="departures-ahead">
                  <Departures line={line} zone={overview.event.time_zone} now={now} />
                  <Dropped line={line} zone={overview.event.time_zone} />
                </div>
              </td>
              <td className="number" data-label="Waiting">
                {formatCount(line.queue)}
              </td>
              <td className="number" data-label="Mean wait">
                {formatDuration(line.mean_wait_seconds)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);
