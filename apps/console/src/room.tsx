import { Alarms } from './alarms/alarms.js';
import type { Overview } from './api/wire.js';
import { OutcomeLine } from './controls/outcome-line.js';
import { useActions } from './controls/use-actions.js';
import { Feeders } from './feeders/feeders.js';
import { Lines } from './lines/lines.js';
import { Overrides } from './overrides/overrides.js';
import { PlanCard } from './plans/plan-card.js';
import { Sessions } from './sessions/sessions.js';
import { Venues } from './venues/venues.js';

interface RoomProps {
  readonly overview: Overview;
  readonly now: number;
  readonly live: boolean;
}

/** The whole picture of the event, and what a person may do about it. */
export const Room = ({ overview, now, live }: RoomProps) => {
  const { act, busy, outcome, dismiss } = useActions();
  const desk = { overview, now, act, busy: busy || !live };
  return (
    <>
      <main className={live ? 'room' : 'room stale-picture'} tabIndex={-1}>
        <PlanCard kind="dispatch" {...desk} />
        <PlanCard kind="energy" {...desk} />
        <Alarms {...desk} />
        <Venues overview={overview} now={now} />
        <Lines overview={overview} now={now} />
        <Feeders feeders={overview.feeders} />
        <Overrides {...desk} />
        <Sessions overview={overview} now={now} />
      </main>
      <OutcomeLine outcome={outcome} onDismiss={dismiss} />
    </>
  );
};
