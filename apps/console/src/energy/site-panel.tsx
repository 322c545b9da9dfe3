import type { Venue } from '../api/wire.js';
import { readingsAge } from '../venues/readings-age.js';
import type { Timeline } from './curve.js';
import { CurveRow, formatLevel, TimeAxis } from './curve-row.js';
import { CurveTable } from './curve-table.js';
import type { Names } from './names.js';
import { siteCurves } from './site-curves.js';
import type { Measured, SitePlan } from './wire.js';

interface SitePanelProps {
  readonly id: string;
  readonly name: string;
  readonly venue: Venue | undefined;
  readonly measured: Measured['sites'][number] | undefined;
  readonly plan: SitePlan | undefined;
  readonly names: Names;
  readonly timeline: Timeline;
  readonly zone: string;
}

/** One site: what was measured and what is planned, on one axis of time. */
export const SitePanel = ({ id, name, venue, measured, plan, names, timeline, zone }: SitePanelProps) => {
  const curves = siteCurves(venue, measured, plan);
  const age = venue && readingsAge(venue.measured_ms, timeline.now);
  return (
    <section className="panel half" aria-labelledby={`site-${id}`}>
      <header>
        <h2 id={`site-${id}`}>{name}</h2>
        {age !== undefined && <span className="muted">{age}</span>}
        {venue && plan && plan.switches.length > 0 && <span>on {names.feeder(venue.feeder)}</span>}
        <span className="aside muted">line: measured · dashed: plan</span>
      </header>
      <ul className="curves">
        {curves.map((curve) => (
          <CurveRow key={curve.name} of={`${curve.name} of ${name}`} curve={curve} timeline={timeline} zone={zone}>
            <strong>{curve.name}</strong> {curve.live !== undefined && <span>{formatLevel(curve, curve.live)}</span>}
          </CurveRow>
        ))}
        <TimeAxis timeline={timeline} zone={zone} />
      </ul>
      <CurveTable of={name} curves={curves} timeline={timeline} zone={zone} />
    </section>
  );
};
