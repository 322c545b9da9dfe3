import type { Overview, PlanGlance } from '../api/wire.js';
import { isInForce } from '../plans/plan-standing.js';
import type { Sample } from './trend-path.js';
import { usePlanned } from './use-planned.js';
import { VenueRow } from './venue-row.js';

interface RowsProps {
  readonly overview: Overview;
  readonly now: number;
}

const Rows = ({ overview, now, planned }: RowsProps & { planned: (venue: string) => readonly Sample[] }) =>
  overview.venues.map((venue) => <VenueRow key={venue.id} venue={venue} planned={planned(venue.id)} now={now} />);

const PlannedRows = ({ plan, ...rows }: RowsProps & { plan: PlanGlance }) => (
  <Rows {...rows} planned={usePlanned(plan)} />
);

/** Every venue's power, live. */
export const Venues = ({ overview, now }: RowsProps) => {
  const newest = overview.plans.energy;
  const plan = newest && (isInForce(newest, now) || newest.state === 'proposed') ? newest : null;
  return (
    <section className="panel" aria-labelledby="venues">
      <header>
        <h2 id="venues">Venues</h2>
        <span className="aside muted">
          line: last 6 h of grid power · dashed: {plan?.state === 'proposed' ? 'proposed plan' : 'plan'} for 6 h · red:
          import limit
        </span>
      </header>
      {overview.venues.length === 0 ? (
        <p className="muted">The Games pack has no venues.</p>
      ) : (
        <div className="long">
          <table className="venues stacking">
            <thead>
              <tr>
                <th scope="col">Venue</th>
                <th scope="col" className="number">
                  Load kW
                </th>
                <th scope="col" className="number">
                  PV kW
                </th>
                <th scope="col" className="number">
                  Battery kW
                </th>
                <th scope="col">Charge</th>
                <th scope="col">Import against limit</th>
                <th scope="col">Grid power</th>
              </tr>
            </thead>
            <tbody>
              {plan ? (
                <PlannedRows plan={plan} overview={overview} now={now} />
              ) : (
                <Rows overview={overview} now={now} planned={() => []} />
              )}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
};
