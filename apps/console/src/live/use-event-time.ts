import { useEffect, useState } from 'react';
import type { Picture } from './use-live.js';

/** Event time now, ms: the picture's, moved on at the event's speed while the connection is live. */
export const useEventTime = (picture: Picture, live: boolean): number => {
  const [wallMs, setWallMs] = useState(picture.receivedWallMs);

  useEffect(() => {
    if (!live) return undefined;
    const timer = setInterval(() => setWallMs(Date.now()), 500);
    return () => clearInterval(timer);
  }, [live]);

  const { overview, receivedWallMs } = picture;
  return overview.now + Math.max(0, wallMs - receivedWallMs) * overview.clock.speed;
};
