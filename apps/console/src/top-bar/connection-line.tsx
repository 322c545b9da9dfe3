import { StateWord } from '../controls/state-word.js';
import type { Connection } from '../live/connection.js';

/** Of this computer, with its zone: the event's own time stands still meanwhile. */
const wallTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'long' });

/** Whether what the page shows is live, and since when it is not. */
export const ConnectionLine = ({ connection, onRetry }: { connection: Connection; onRetry: () => void }) => {
  switch (connection.state) {
    case 'live':
      return (
        <p className="connection" role="status" data-state="live">
          <StateWord level="good">live</StateWord>
        </p>
      );
    case 'connecting':
      return (
        <p className="connection" role="status" data-state="connecting">
          <StateWord level="none">connecting</StateWord>
        </p>
      );
    case 'login':
      return (
        <p className="connection" role="status" data-state="lost">
          logged out
        </p>
      );
    case 'degraded':
      return (
        <p className="connection" role="status" data-state="degraded" title={connection.reason}>
          no new data since {wallTime.format(connection.sinceMs)}, showing the last picture
        </p>
      );
    case 'lost':
      return (
        <p className="connection" role="status" data-state="lost" title={connection.reason}>
          connection lost since {wallTime.format(connection.sinceMs)}, showing the last picture
          <button type="button" onClick={onRetry}>
            Retry now
          </button>
        </p>
      );
  }
};
