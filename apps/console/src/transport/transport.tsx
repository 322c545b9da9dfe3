import { usePolled } from '../api/use-polled.js';
import { useResource } from '../api/use-resource.js';
import type { Overview } from '../api/wire.js';
import { Departures, LineRecord } from './departures.js';
import { LineMap } from './line-map.js';
import { News } from './news.js';
import { Vehicles } from './vehicles.js';
import type { LivePicture, Network } from './wire.js';

/** As often as control makes the picture. */
const POLL_MS = 2_000;

interface TransportProps {
  readonly overview: Overview;
  readonly now: number;
  readonly live: boolean;
}

/** Where the vehicles are, when they will arrive, how departures kept to the plan, and what the plan changed. */
export const Transport = ({ overview, now, live }: TransportProps) => {
  const network = useResource<Network>('/network');
  const { value: picture, problem } = usePolled<LivePicture>('/vehicles', POLL_MS);
  const zone = overview.event.time_zone;
  const names = network.state === 'ready' ? network.value : undefined;
  const lineName = (id: string): string => names?.lines.find((line) => line.id === id)?.name ?? id;
  const stopName = (id: string): string => names?.stops.find((stop) => stop.id === id)?.name ?? id;
  return (
    <main className={live ? 'room' : 'room stale-picture'} tabIndex={-1}>
      <section className="panel two-thirds" aria-labelledby="map">
        <header>
          <h2 id="map">Lines and vehicles</h2>
        </header>
        {problem !== undefined && <p className="problem">{problem}</p>}
        {network.state === 'failed' && <p className="problem">{network.message}</p>}
        {names && <LineMap network={names} vehicles={picture?.vehicles ?? []} />}
      </section>
      <News overview={overview} />
      {picture && (
        <>
          <Vehicles picture={picture} zone={zone} now={now} lineName={lineName} stopName={stopName} />
          <LineRecord picture={picture} overview={overview} />
          <Departures picture={picture} overview={overview} zone={zone} />
        </>
      )}
    </main>
  );
};
