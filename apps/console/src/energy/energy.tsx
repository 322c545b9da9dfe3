import { usePolled } from '../api/use-polled.js';
import type { Overview } from '../api/wire.js';
import { Feeders } from '../feeders/feeders.js';
import { formatTime } from '../format/civil-time.js';
import { formatDuration } from '../format/quantity.js';
import { FeederCurves } from './feeder-curves.js';
import { namesOf } from './names.js';
import { PlanFacts } from './plan-facts.js';
import { NextSteps } from './reasons.js';
import { timelineOf } from './site-curves.js';
import { SitePanel } from './site-panel.js';
import { Violations } from './violations.js';
import type { Energy as EnergyDocument } from './wire.js';

/** A plan comes every five minutes; at `--speed 60` that is every five seconds. */
const POLL_MS = 10_000;

interface EnergyProps {
  readonly overview: Overview;
  readonly now: number;
  readonly live: boolean;
}

interface PictureProps extends Omit<EnergyProps, 'live'> {
  readonly energy: EnergyDocument;
}

const Picture = ({ energy, overview, now }: PictureProps) => {
  const { plan, measured } = energy;
  const zone = overview.event.time_zone;
  const names = namesOf(overview);
  const timeline = timelineOf(energy, now);
  return (
    <>
      <PlanFacts plan={plan} overview={overview} now={now} />
      {plan ? (
        <>
          <Violations plan={plan} now={now} zone={zone} names={names} />
          <FeederCurves plan={plan} measured={measured} overview={overview} timeline={timeline} names={names} />
          <NextSteps plan={plan} now={now} zone={zone} names={names} />
        </>
      ) : (
        <Feeders feeders={overview.feeders} />
      )}
      {(plan?.sites ?? measured.sites).map(({ site }) => (
        <SitePanel
          key={site}
          id={site}
          name={names.site(site)}
          venue={overview.venues.find(({ id }) => id === site)}
          measured={measured.sites.find((entry) => entry.site === site)}
          plan={plan?.sites.find((entry) => entry.site === site)}
          names={names}
          timeline={timeline}
          zone={zone}
        />
      ))}
    </>
  );
};

/** What the energy plan does with every site and feeder, which limits it cannot hold, and why. */
export const Energy = ({ overview, now, live }: EnergyProps) => {
  const { value: energy, problem, ageMs } = usePolled<EnergyDocument>('/energy', POLL_MS);
  const isStale = !live || problem !== undefined;
  return (
    <main className={isStale ? 'room stale-picture' : 'room'} tabIndex={-1}>
      {problem !== undefined && (
        <p className="panel problem" role="status">
          {problem}
          {energy &&
            ` This is the picture of ${formatTime(overview.event.time_zone, energy.at_ms)}, ${formatDuration(ageMs / 1000)} old.`}
        </p>
      )}
      {energy && <Picture energy={energy} overview={overview} now={now} />}
      {!energy && problem === undefined && <p className="panel muted">Loading the plan…</p>}
    </main>
  );
};
