import { StateWord } from '../controls/state-word.js';
import { formatTime } from '../format/civil-time.js';
import { formatCount, formatDuration, UNKNOWN } from '../format/quantity.js';
import { delayWords } from './delay-words.js';
import type { LivePicture, LiveVehicle } from './wire.js';

interface VehiclesProps {
  readonly picture: LivePicture;
  readonly zone: string;
  readonly now: number;
  readonly lineName: (id: string) => string;
  readonly stopName: (id: string) => string;
}

const ADVICE: Readonly<Record<string, string>> = {
  hold: 'hold',
  skip: 'leave out the next stop',
  short_turn: 'turn short',
  go: 'go on',
};

/** The next arrival, with the band that holds four of five. */
const NextArrival = ({ vehicle, zone }: { readonly vehicle: LiveVehicle; readonly zone: string }) => {
  const next = vehicle.next_stop;
  const own = vehicle.predictions.find(({ departure }) => departure.departs_ms === vehicle.trip?.departs_ms);
  const stop = own?.stops.find(({ stop_sequence: sequence }) => next !== undefined && sequence >= next.sequence);
  if (next?.at_stop) return <>at the stop</>;
  if (!stop) return <>{UNKNOWN}</>;
  const { arrives_ms: arrives, low_ms: low, high_ms: high } = stop;
  return (
    <>
      {formatTime(zone, arrives)}{' '}
      {low !== undefined && high !== undefined && (
        <span className="muted">
          {formatTime(zone, low)} to {formatTime(zone, high)}
        </span>
      )}
    </>
  );
};

/** Those in trouble come first, then those on a trip. */
const rankOf = ({ trip, troubles }: LiveVehicle): number => {
  if (troubles.length > 0) return 0;
  return trip ? 1 : 2;
};

/** Every vehicle that says where it is, and those that ought to. */
export const Vehicles = ({ picture, zone, now, lineName, stopName }: VehiclesProps) => {
  const vehicles = picture.vehicles.toSorted((a, b) => rankOf(a) - rankOf(b) || a.vehicle.localeCompare(b.vehicle));
  return (
    <section className="panel" aria-labelledby="vehicles">
      <header>
        <h2 id="vehicles">Vehicles</h2>
        <span className="aside muted">
          {vehicles.filter(({ trip }) => trip).length} of {vehicles.length} on a trip
        </span>
      </header>
      {picture.missing.map(({ vehicle, text }) => (
        <p key={vehicle} className="problem">
          {text}
        </p>
      ))}
      {vehicles.length === 0 ? (
        <p className="muted">No vehicle has said where it is yet.</p>
      ) : (
        <div className="long">
          <table className="stacking" data-testid="vehicles">
            <thead>
              <tr>
                <th scope="col">Vehicle</th>
                <th scope="col">Line</th>
                <th scope="col">Left at</th>
                <th scope="col">Next stop</th>
                <th scope="col">Arrives</th>
                <th scope="col">Keeps its time</th>
                <th scope="col" className="number">
                  Aboard
                </th>
                <th scope="col" className="number">
                  Seen
                </th>
              </tr>
            </thead>
            <tbody>
              {vehicles.map((vehicle) => {
                const { trip, next_stop: next, delay_s: delay, troubles, advice } = vehicle;
                const words = delayWords(delay);
                return (
                  <tr key={vehicle.vehicle}>
                    <th scope="row" className="vehicle-name">
                      {vehicle.vehicle}
                    </th>
                    <td data-label="Line">
                      {trip ? lineName(trip.line) : <span className="muted">between trips</span>}
                    </td>
                    <td data-label="Left at">{trip ? formatTime(zone, trip.departs_ms) : UNKNOWN}</td>
                    <td data-label="Next stop">{trip && next ? stopName(next.stop) : UNKNOWN}</td>
                    <td data-label="Arrives">{trip ? <NextArrival vehicle={vehicle} zone={zone} /> : UNKNOWN}</td>
                    <td className="wide">
                      {trip && <StateWord level={words.level}>{words.text}</StateWord>}
                      {troubles.map(({ trouble, text }) => (
                        <p key={trouble} className="problem">
                          {text}
                        </p>
                      ))}
                      {advice && advice.action !== 'go' && (
                        <p className="muted">
                          Advice: {ADVICE[advice.action] ?? advice.action}
                          {advice.until_ms !== undefined && ` until ${formatTime(zone, advice.until_ms)}`},{' '}
                          {advice.reason}
                        </p>
                      )}
                    </td>
                    <td className="number" data-label="Aboard">
                      {formatCount(vehicle.occupancy)}
                    </td>
                    <td className="number" data-label="Seen">
                      {formatDuration(Math.max(0, (now - vehicle.ts) / 1000))} ago
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
};
