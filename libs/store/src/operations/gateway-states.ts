import type pg from 'pg';
import { type DataSource, IsNull, Not } from 'typeorm';
import type { GatewayState } from '../contract.js';
import { GatewayEntity } from '../schema/entities/gateway.js';

/** Rows are locked in one order, the order of receipts too, so that two writers cannot deadlock. */
const SAVE = `
  update gateway set state = said.state, state_at = said.state_at, buffered = said.buffered,
    published = said.published, dropped = said.dropped, clock_skew_s = said.clock_skew_s
  from (
    select gateway.venue, gateway.id, said.state, said.state_at, said.buffered, said.published, said.dropped,
      said.clock_skew_s
    from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bigint[], $6::bigint[], $7::bigint[],
      $8::float8[]) as said (venue, id, state, state_at, buffered, published, dropped, clock_skew_s)
    join gateway on gateway.venue = said.venue and gateway.id = said.id
    order by 1, 2 for no key update of gateway
  ) as said
  where gateway.venue = said.venue and gateway.id = said.id`;

/** The last of each gateway counts. */
const lastOfEach = (states: readonly GatewayState[]): readonly GatewayState[] => [
  ...new Map(states.map((state) => [JSON.stringify([state.venue, state.gateway]), state])).values(),
];

export const saveGatewayStates = async (pool: pg.Pool, states: readonly GatewayState[]): Promise<void> => {
  if (states.length === 0) return;
  const last = lastOfEach(states);
  await pool.query(SAVE, [
    last.map(({ venue }) => venue),
    last.map(({ gateway }) => gateway),
    last.map(({ state }) => state),
    last.map(({ ts }) => new Date(ts)),
    last.map(({ buffered }) => buffered ?? null),
    last.map(({ published }) => published ?? null),
    last.map(({ dropped }) => dropped ?? null),
    last.map(({ clockSkewS }) => clockSkewS ?? null),
  ]);
};

/** Gateways that said something of themselves, by venue and name. */
export const listGatewayStates = async (dataSource: DataSource): Promise<readonly GatewayState[]> => {
  const rows = await dataSource.manager.find(GatewayEntity, {
    where: { state: Not(IsNull()) },
    order: { venue: 'ASC', id: 'ASC' },
  });
  return rows.flatMap(toGatewayState);
};

const toGatewayState = (row: GatewayEntity): readonly GatewayState[] =>
  row.state === null || row.stateAt === null
    ? []
    : [
        {
          venue: row.venue,
          gateway: row.id,
          state: row.state,
          ts: row.stateAt,
          ...(row.buffered === null ? {} : { buffered: row.buffered }),
          ...(row.published === null ? {} : { published: row.published }),
          ...(row.dropped === null ? {} : { dropped: row.dropped }),
          ...(row.clockSkewS === null ? {} : { clockSkewS: row.clockSkewS }),
        },
      ];
