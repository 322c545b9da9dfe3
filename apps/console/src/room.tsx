import { Alarms } from './alarms/alarms.js';
import { OutcomeLine } from './controls/outcome-line.js';
import { useActions } from './controls/use-actions.js';
import { Feeders } from './feeders/feeders.js';
import { Lines } from './lines/lines.js';
import type { Connection } from './live/connection.js';
import { useEventTime } from './live/use-event-time.js';
import type { Picture } from './live/use-live.js';
import { Overrides } from './overrides/overrides.js';
import { PlanCard } from './plans/plan-card.js';
import { Sessions } from './sessions/sessions.js';
import { useTitle } from './top-bar/use-title.js';
import { TopBar } from './top-bar/top-bar.js';
import { Venues } from './venues/venues.js';

interface RoomProps {
  readonly picture: Picture;
  readonly connection: Connection;
  readonly onRetry: () => void;
}

/** The whole picture of the event, and what a person may do about it. */
export const Room = ({ picture, connection, onRetry }: RoomProps) => {
  const { overview } = picture;
  const live = connection.state === 'live';
  const now = useEventTime(picture, live);
  const { act, busy, outcome, dismiss } = useActions();
  useTitle(overview);
  const desk = { overview, now, act, busy: busy || !live };
  return (
    <>
      <TopBar overview={overview} now={now} connection={connection} onRetry={onRetry} />
      <main className={live ? 'room' : 'room stale-picture'}>
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
