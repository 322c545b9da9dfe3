/** Root of every topic; the version is part of the contract. */
export const TOPIC_ROOT = 'venueflow/v1';

/** The topics of the contract. Names are ids of the pack; `+` makes a filter. */
export const topics = {
  readings: (venue: string, gateway: string) => `${TOPIC_ROOT}/${venue}/${gateway}/readings`,
  stored: (venue: string, gateway: string) => `${TOPIC_ROOT}/${venue}/${gateway}/stored`,
  status: (venue: string, gateway: string) => `${TOPIC_ROOT}/${venue}/${gateway}/status`,
  setpoint: (venue: string, asset: string) => `${TOPIC_ROOT}/${venue}/setpoints/${asset}`,
  setpointResult: (venue: string, asset: string) => `${TOPIC_ROOT}/${venue}/setpoints/${asset}/result`,
  orders: (vehicle: string) => `${TOPIC_ROOT}/vehicles/${vehicle}/orders`,
  ordersResult: (vehicle: string) => `${TOPIC_ROOT}/vehicles/${vehicle}/orders/result`,
  position: (vehicle: string) => `${TOPIC_ROOT}/vehicles/${vehicle}/position`,
  advice: (vehicle: string) => `${TOPIC_ROOT}/vehicles/${vehicle}/advice`,
  sessionState: (venue: string, session: string) => `${TOPIC_ROOT}/${venue}/sessions/${session}/state`,
  clock: () => `${TOPIC_ROOT}/platform/clock`,
} as const;

/** Longest level: names are ids of a pack. */
const MAX_LEVEL = 128;

/** The levels of a topic below the root, or undefined outside it or when one is over 128 characters. */
export const topicLevels = (topic: string): readonly string[] | undefined => {
  if (!topic.startsWith(`${TOPIC_ROOT}/`)) return undefined;
  const levels = topic.slice(TOPIC_ROOT.length + 1).split('/');
  return levels.every(({ length }) => length <= MAX_LEVEL) ? levels : undefined;
};
