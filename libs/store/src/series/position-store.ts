import type pg from 'pg';
import { type EpochMs, epochMs } from '#libs/kernel';
import type { PositionRow, PositionStore } from '../contract.js';

const MOST_ROWS = 50_000;
const COLUMNS = 'vehicle, ts, lat, lon, bearing, speed_mps, trip, occupancy';

type StoredPosition = Omit<PositionRow, 'ts'> & { readonly ts: Date };

const toPosition = ({ ts, ...row }: StoredPosition): PositionRow => ({ ...row, ts: epochMs(ts.getTime()) });

export class PostgresPositionStore implements PositionStore {
  constructor(private readonly pool: pg.Pool) {}

  async between(from: EpochMs, to: EpochMs): Promise<readonly PositionRow[]> {
    const { rows } = await this.pool.query<StoredPosition>(
      `select ${COLUMNS} from vehicle_position where ts >= $1 and ts < $2 order by ts desc, vehicle desc limit ${MOST_ROWS}`,
      [new Date(from), new Date(to)],
    );
    return rows.map(toPosition).reverse();
  }

  async latest(since: EpochMs, to: EpochMs): Promise<readonly PositionRow[]> {
    const { rows } = await this.pool.query<StoredPosition>(
      `select distinct on (vehicle) ${COLUMNS} from vehicle_position where ts >= $1 and ts < $2 order by vehicle, ts desc`,
      [new Date(since), new Date(to)],
    );
    return rows.map(toPosition);
  }

  async track(vehicle: string, from: EpochMs, to: EpochMs, limit: number): Promise<readonly PositionRow[]> {
    const { rows } = await this.pool.query<StoredPosition>(
      `select ${COLUMNS} from vehicle_position where vehicle = $1 and ts >= $2 and ts < $3 order by ts desc limit $4`,
      [vehicle, new Date(from), new Date(to), limit],
    );
    return rows.map(toPosition).reverse();
  }
}
