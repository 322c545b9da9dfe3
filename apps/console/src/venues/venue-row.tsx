import type { Venue } from '../api/wire.js';
import { loadingLevel } from '../controls/level.js';
import { Meter } from '../controls/meter.js';
import { formatPower, formatShare, UNKNOWN } from '../format/quantity.js';
import { devicesHash } from '../pages/page.js';
import { readingsAge } from './readings-age.js';
import { Trend } from './trend.js';
import type { Sample } from './trend-path.js';
import { usePast } from './use-past.js';

const HOUR_MS = 3_600_000;
const PAST_MS = 6 * HOUR_MS;
const AHEAD_MS = 6 * HOUR_MS;
const QUARTER_MS = 15 * 60_000;

const batteryWord = (kw: number | null): string => {
  if (kw === null || Math.abs(kw) < 0.05) return '';
  return kw > 0 ? ' charging' : ' discharging';
};

const gridReading = (grid: number | null, limit: number): string =>
  grid !== null && grid < 0 ? `exports ${formatPower(-grid)} kW` : `${formatPower(grid)} of ${formatPower(limit)} kW`;

interface VenueRowProps {
  readonly venue: Venue;
  readonly planned: readonly Sample[];
  readonly now: number;
}

/** One venue: what it draws and makes now, against its limit, with the hours before and after. */
export const VenueRow = ({ venue, planned, now }: VenueRowProps) => {
  const quarter = Math.floor(now / QUARTER_MS) * QUARTER_MS;
  const from = quarter - PAST_MS;
  const to = quarter + AHEAD_MS;
  const past = usePast(venue.id, from, quarter);
  const { grid_kw: grid, import_limit_kw: limit, battery_soc_ratio: soc } = venue;
  const age = readingsAge(venue.measured_ms, now);
  const importRatio = grid === null ? null : grid / limit;
  return (
    <tr>
      <th scope="row">
        {venue.name}
        {age !== undefined && <div className="muted">{age}</div>}
        {venue.points.stale > 0 && (
          <div>
            <a href={devicesHash(venue.id)}>
              {venue.points.stale} stale {venue.points.stale === 1 ? 'point' : 'points'}
            </a>
          </div>
        )}
      </th>
      <td className="number" data-label="Load kW">
        {formatPower(venue.load_kw)}
      </td>
      <td className="number" data-label="PV kW">
        {formatPower(venue.pv_kw)}
      </td>
      <td className="number" data-label="Battery kW">
        <span>
          {formatPower(venue.battery_kw)}
          <span className="muted">{batteryWord(venue.battery_kw)}</span>
        </span>
      </td>
      <td className="wide" data-label="Charge">
        {soc === null ? (
          UNKNOWN
        ) : (
          <Meter
            variant="charge"
            label={`Battery charge of ${venue.name}`}
            ratio={soc}
            level="none"
            reading={formatShare(soc)}
          />
        )}
      </td>
      <td className="wide" data-label="Import">
        <Meter
          label={`Import of ${venue.name} against its limit`}
          ratio={importRatio}
          level={loadingLevel(importRatio)}
          reading={gridReading(grid, limit)}
        />
      </td>
      <td className="wide">
        <Trend
          venue={venue.name}
          past={past}
          planned={planned.filter(({ ts }) => ts >= now && ts <= to)}
          limitKw={limit}
          from={from}
          now={now}
          to={to}
        />
      </td>
    </tr>
  );
};
