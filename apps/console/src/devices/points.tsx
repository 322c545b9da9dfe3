import { useState } from 'react';
import { usePolled } from '../api/use-polled.js';
import type { Overview, PointCounts } from '../api/wire.js';
import { Field } from '../controls/field.js';
import { StateWord } from '../controls/state-word.js';
import { formatCount } from '../format/quantity.js';
import { arrangePoints, firstRows, MOST_ROWS, type PointFilter } from './arrange-points.js';
import { PointRow } from './point-row.js';
import { ProblemLine } from './problem-line.js';
import type { PointList } from './wire.js';

const EVERY_MS = 5_000;
const SHOWN: readonly (readonly [PointFilter['show'], string])[] = [
  ['all', 'all points'],
  ['stale', 'stale'],
  ['never', 'never heard'],
  ['doubtful', 'uncertain or bad'],
  ['live', 'live'],
];
const COLUMNS = 6;

const countWords = ({ live, stale, never }: PointCounts): string =>
  [`${formatCount(live)} live`, never > 0 ? `${formatCount(never)} never heard` : ''].filter(Boolean).join(', ') +
  (stale > 0 ? ', ' : '');

const Counts = ({ counts }: { readonly counts: PointCounts }) => (
  <>
    {countWords(counts)}
    {counts.stale > 0 && <StateWord level="bad">{`${formatCount(counts.stale)} stale`}</StateWord>}
  </>
);

interface PointsProps {
  readonly overview: Overview;
  readonly venueName: (id: string) => string;
  /** The venue to begin with; undefined: all. */
  readonly venue: string | undefined;
  readonly now: number;
}

/** Every point with its newest value, how far it may be trusted and why. What needs a person comes first. */
export const Points = ({ overview, venueName, venue: first, now }: PointsProps) => {
  const [venue, setVenue] = useState(overview.venues.some(({ id }) => id === first) ? (first ?? '') : '');
  const [search, setSearch] = useState('');
  const [show, setShow] = useState<PointFilter['show']>('all');
  const polled = usePolled<PointList>(
    venue === '' ? '/points' : `/points?venue=${encodeURIComponent(venue)}`,
    EVERY_MS,
  );
  const all = polled.value?.points.filter((point) => venue === '' || point.venue === venue);
  const found = arrangePoints(all ?? [], { search, show }, venueName);
  const { groups, hidden } = firstRows(found, MOST_ROWS);
  const total = found.reduce((sum, group) => sum + group.points.length, 0);
  return (
    <section className="panel" aria-labelledby="points">
      <header>
        <h2 id="points">Points</h2>
        {polled.value && (
          <span className="aside">
            <Counts counts={polled.value.counts} />
          </span>
        )}
      </header>
      <search className="form filters" aria-label="Points">
        <Field label="Search">
          <input
            type="search"
            placeholder="point, device, format, reason"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </Field>
        <Field label="Venue">
          <select value={venue} onChange={(event) => setVenue(event.target.value)}>
            <option value="">all venues</option>
            {overview.venues.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <Field label="Show">
          <select
            value={show}
            onChange={(event) => setShow(SHOWN.find(([value]) => value === event.target.value)?.[0] ?? 'all')}
          >
            {SHOWN.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </Field>
        <p className="muted" role="status">
          {all && `${formatCount(total)} of ${formatCount(all.length)} points`}
        </p>
      </search>
      <ProblemLine polled={polled} />
      {all && total === 0 && (
        <p className="muted">{all.length === 0 ? 'There are no points here.' : 'No point is like that.'}</p>
      )}
      {total > 0 && (
        <table className="stacking points">
          <thead>
            <tr>
              <th scope="col">Point</th>
              <th scope="col">State</th>
              <th scope="col" className="number">
                Value
              </th>
              <th scope="col">Quality</th>
              <th scope="col">Last seen</th>
              <th scope="col">Source</th>
            </tr>
          </thead>
          {groups.map((group) => (
            <tbody key={group.venue}>
              <tr className="group">
                <th scope="rowgroup" colSpan={COLUMNS}>
                  {venueName(group.venue)}{' '}
                  <span className="counts">
                    <Counts counts={group.counts} />
                  </span>
                </th>
              </tr>
              {group.points.map((point) => (
                <PointRow key={point.point} point={point} now={now} />
              ))}
            </tbody>
          ))}
        </table>
      )}
      {hidden > 0 && (
        <p className="muted">{formatCount(hidden)} more are not drawn: search, or choose a venue, to see them.</p>
      )}
    </section>
  );
};
