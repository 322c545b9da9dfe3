import type { Overview } from '../api/wire.js';
import { StateWord } from '../controls/state-word.js';
import { formatTime } from '../format/civil-time.js';
import { formatCount, formatDuration, UNKNOWN } from '../format/quantity.js';
import { delayWords } from './delay-words.js';
import type { LivePicture } from './wire.js';

interface DeparturesProps {
  readonly picture: LivePicture;
  readonly overview: Overview;
  readonly zone: string;
}

const SHOWN = 16;

const delayOf = ({ planned_ms, actual_ms }: LivePicture['departures'][number]): number | undefined =>
  actual_ms === null ? undefined : (actual_ms - planned_ms) / 1000;

/** The latest departures: what was planned, and what was seen. */
export const Departures = ({ picture, overview, zone }: DeparturesProps) => {
  const latest = picture.departures.toSorted((a, b) => b.planned_ms - a.planned_ms).slice(0, SHOWN);
  const lineName = (id: string): string => overview.lines.find((line) => line.id === id)?.name ?? id;
  return (
    <section className="panel half scrolls" aria-labelledby="departures">
      <header>
        <h2 id="departures">Departures, planned and seen</h2>
      </header>
      {latest.length === 0 ? (
        <p className="muted">Nothing has left in the last hour.</p>
      ) : (
        <table data-testid="departures">
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Vehicle</th>
              <th scope="col">Planned</th>
              <th scope="col">Seen</th>
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {latest.map((departure) => {
              const words = delayWords(delayOf(departure));
              const { line, vehicle, planned_ms: planned, actual_ms: actual } = departure;
              return (
                <tr key={`${vehicle} ${planned}`}>
                  <th scope="row">{lineName(line)}</th>
                  <td>{vehicle}</td>
                  <td>{formatTime(zone, planned)}</td>
                  <td>{actual === null ? UNKNOWN : formatTime(zone, actual)}</td>
                  <td>
                    <StateWord level={words.level}>{actual === null ? 'not seen' : words.text}</StateWord>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
};

/** How each line kept to its plan in the last hour, and who waits for it. */
export const LineRecord = ({ picture, overview }: Pick<DeparturesProps, 'picture' | 'overview'>) => (
  <section className="panel half scrolls" aria-labelledby="line-record">
    <header>
      <h2 id="line-record">Lines in the last hour</h2>
    </header>
    <table data-testid="line-record">
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col" className="number">
            Left
          </th>
          <th scope="col" className="number">
            On time
          </th>
          <th scope="col" className="number">
            Mean delay
          </th>
          <th scope="col" className="number">
            Waiting
          </th>
          <th scope="col" className="number">
            Mean wait planned
          </th>
        </tr>
      </thead>
      <tbody>
        {overview.lines.map((line) => {
          const seen = picture.departures.filter((one) => one.line === line.id).flatMap((one) => delayOf(one) ?? []);
          const onTime = seen.filter((delay) => delayWords(delay).level === 'good').length;
          const mean = seen.length === 0 ? null : seen.reduce((sum, delay) => sum + delay, 0) / seen.length;
          return (
            <tr key={line.id}>
              <th scope="row">{line.name}</th>
              <td className="number">{formatCount(seen.length)}</td>
              <td className="number">{formatCount(onTime)}</td>
              <td className="number">{mean === null ? UNKNOWN : formatDuration(Math.max(0, mean))}</td>
              <td className="number">{formatCount(line.queue)}</td>
              <td className="number">{formatDuration(line.mean_wait_seconds)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  </section>
);
