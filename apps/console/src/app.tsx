import { useLive } from './live/use-live.js';
import { Pages } from './pages/pages.js';
import { ConnectionLine } from './top-bar/connection-line.js';
import { Login } from './top-bar/login.js';

export const App = () => {
  const { picture, connection, reconnect } = useLive();
  if (connection.state === 'login') return <Login onLogin={reconnect} />;
  if (picture) return <Pages picture={picture} connection={connection} onRetry={reconnect} />;
  if (connection.state === 'lost' || connection.state === 'degraded')
    return (
      <main className="notice">
        <h1>Venueflow</h1>
        <p className="problem">{connection.reason}</p>
        <p>The page goes on trying by itself.</p>
        <button type="button" onClick={reconnect}>
          Retry now
        </button>
      </main>
    );
  return (
    <main className="notice">
      <h1>Venueflow</h1>
      <ConnectionLine connection={connection} onRetry={reconnect} />
    </main>
  );
};
