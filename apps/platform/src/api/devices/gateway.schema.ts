import type { Pack } from '#libs/games';
import type { GatewayState } from '#libs/store';
import { z } from 'zod';

const count = z.number().int().nullable();

const senderShape = {
  venue: z.string(),
  id: z.string(),
  state: z.enum(['online', 'offline', 'unknown']).describe('unknown: it was never heard'),
  seen_ms: z.number().int().nullable().describe('Wall time of its last status'),
  clock_skew_s: z
    .number()
    .nullable()
    .describe('Its clock minus ours, seconds of event time; null until enough messages came'),
};

export const gatewaySchema = z.object({
  ...senderShape,
  buffered: count.describe('Readings that wait on its disk'),
  published: count,
  dropped: count.describe('Readings given up because its buffer was full'),
});
type GatewayDocument = z.infer<typeof gatewaySchema>;

const deviceSchema = z.object({
  ...senderShape,
  seen_ms: senderShape.seen_ms.describe('Wall time at which it was last heard'),
  profile: z.string(),
  topic: z.string(),
});
type DeviceDocument = z.infer<typeof deviceSchema>;

export const gatewayListSchema = z.object({
  gateways: z.array(gatewaySchema),
  devices: z.array(deviceSchema).describe('Those that the platform reads itself'),
});

/** Finds what a gateway or device last said of itself. */
const finder = (states: readonly GatewayState[]) => {
  const said = new Map(states.map((state) => [`${state.venue}/${state.gateway}`, state]));
  return (venue: string, id: string): GatewayState | undefined => said.get(`${venue}/${id}`);
};

const senderDocument = (venue: string, id: string, said: GatewayState | undefined) => ({
  venue,
  id,
  state: said?.state ?? ('unknown' as const),
  seen_ms: said?.ts ?? null,
  clock_skew_s: said?.clockSkewS ?? null,
});

/** Every gateway of the pack, with what it last said of itself. */
export const gatewayDocuments = (
  { gateways }: Pick<Pack, 'gateways'>,
  states: readonly GatewayState[],
): GatewayDocument[] => {
  const find = finder(states);
  return gateways.map(({ venue, id }) => {
    const said = find(venue, id);
    const { buffered = null, published = null, dropped = null } = said ?? {};
    return { ...senderDocument(venue, id, said), buffered, published, dropped };
  });
};

/** Every device of the pack that no gateway reads. */
export const deviceDocuments = (
  { devices }: Pick<Pack, 'devices'>,
  states: readonly GatewayState[],
): DeviceDocument[] => {
  const find = finder(states);
  return devices
    .filter(({ gateway }) => gateway === undefined)
    .map(({ venue, id, profile, topic }) => ({ ...senderDocument(venue, id, find(venue, id)), profile, topic }));
};
