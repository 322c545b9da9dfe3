import type { Overview } from '../api/wire.js';
import { Points } from './points.js';
import { Rejected } from './rejected.js';
import { Senders } from './senders.js';

interface DevicesProps {
  readonly overview: Overview;
  readonly venue: string | undefined;
  readonly now: number;
  readonly live: boolean;
}

/** What measures: who sends, which values can be trusted, and what was not taken. */
export const Devices = ({ overview, venue, now, live }: DevicesProps) => {
  const venueName = (id: string): string => overview.venues.find((entry) => entry.id === id)?.name ?? id;
  return (
    <main className={live ? 'room' : 'room stale-picture'} tabIndex={-1}>
      <Senders overview={overview} venueName={venueName} />
      <Points overview={overview} venueName={venueName} venue={venue} now={now} />
      <Rejected />
    </main>
  );
};
