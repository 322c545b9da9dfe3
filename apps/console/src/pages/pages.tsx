import { useEffect, useRef } from 'react';
import { Devices } from '../devices/devices.js';
import { Energy } from '../energy/energy.js';
import type { Connection } from '../live/connection.js';
import { useEventTime } from '../live/use-event-time.js';
import type { Picture } from '../live/use-live.js';
import { Room } from '../room.js';
import { WhatIf } from '../simulations/what-if.js';
import { Transport } from '../transport/transport.js';
import { TopBar } from '../top-bar/top-bar.js';
import { useTitle } from '../top-bar/use-title.js';
import { usePage } from './use-page.js';

interface PagesProps {
  readonly picture: Picture;
  readonly connection: Connection;
  readonly onRetry: () => void;
}

/** Where a link leads when its target was not on the page before: to the place in it, or else to its beginning. */
const useArrival = (name: string) => {
  const arrived = useRef(name);
  useEffect(() => {
    if (arrived.current === name) return;
    arrived.current = name;
    const target = document.getElementById(location.hash.slice(1));
    (target ?? document.querySelector('main'))?.focus();
    if (target) target.scrollIntoView();
    else scrollTo(0, 0);
  }, [name]);
};

/** The top bar, and the page that the address says. */
export const Pages = ({ picture, connection, onRetry }: PagesProps) => {
  const { overview } = picture;
  const page = usePage();
  const live = connection.state === 'live';
  const now = useEventTime(picture, live);
  useTitle(overview, page);
  useArrival(page.name);
  return (
    <>
      <TopBar overview={overview} page={page} now={now} connection={connection} onRetry={onRetry} />
      {page.name === 'devices' && (
        <Devices key={page.venue} overview={overview} venue={page.venue} now={now} live={live} />
      )}
      {page.name === 'transport' && <Transport overview={overview} now={now} live={live} />}
      {page.name === 'energy' && <Energy overview={overview} now={now} live={live} />}
      {page.name === 'what-if' && <WhatIf overview={overview} ids={page.ids} now={now} live={live} />}
      {page.name === 'operations' && <Room overview={overview} now={now} live={live} />}
    </>
  );
};
