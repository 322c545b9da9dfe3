import { useCallback, useEffect, useRef, useState } from 'react';
import { describeProblem } from '../api/problem.js';
import { get } from '../api/request.js';
import type { Overview } from '../api/wire.js';
import { type Connection, LiveConnection, type StreamEvents } from './connection.js';

/** The last picture of the platform and the wall time at which it came. */
export interface Picture {
  readonly overview: Overview;
  readonly receivedWallMs: number;
}

const openStream = (events: StreamEvents) => {
  const source = new EventSource('/api/v1/stream');
  source.addEventListener('overview', (event: MessageEvent<string>) => events.onPicture(event.data));
  source.addEventListener('degraded', (event: MessageEvent<string>) =>
    events.onDegraded(describeProblem(503, JSON.parse(event.data))),
  );
  source.addEventListener('error', () => events.onError());
  return source;
};

/** Follows the platform while the page is open. */
export const useLive = () => {
  const [picture, setPicture] = useState<Picture>();
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' });
  const live = useRef<LiveConnection<Overview>>(undefined);

  useEffect(() => {
    const following = new LiveConnection<Overview>({
      fetchPicture: () => get<Overview>('/overview'),
      openStream,
      parse: (text) => JSON.parse(text) as Overview,
      now: () => Date.now(),
      after: (ms, call) => {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      },
      onPicture: (overview) => setPicture({ overview, receivedWallMs: Date.now() }),
      onConnection: setConnection,
    });
    live.current = following;
    void following.connect();
    return () => following.stop();
  }, []);

  const reconnect = useCallback(() => void live.current?.connect(), []);
  return { picture, connection, reconnect };
};
