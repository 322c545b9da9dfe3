/** Message types that an edge node publishes about itself (N) and its devices (D). */
const NODE_TYPES = ['NBIRTH', 'NDATA', 'NDEATH', 'NCMD'] as const;
const DEVICE_TYPES = ['DBIRTH', 'DDATA', 'DDEATH', 'DCMD'] as const;

/** Longest topic that is read, characters; nodes are remembered by it. */
const MAX_TOPIC = 1_024;

export interface SparkplugTopic {
  readonly group: string;
  readonly type: (typeof NODE_TYPES)[number] | (typeof DEVICE_TYPES)[number];
  readonly edge: string;
  /** undefined: the message is the edge node's own. */
  readonly device: string | undefined;
}

/** Sparkplug's topic (4.1): `spBv1.0/<group>/<type>/<edge>[/<device>]`; undefined for `spBv1.0/STATE/<host>` and anything else. */
export const findSparkplugTopic = (topic: string): SparkplugTopic | undefined => {
  if (topic.length > MAX_TOPIC) return undefined;
  const [namespace, group, type, edge, device, ...more] = topic.split('/');
  if (namespace !== 'spBv1.0' || !group || !edge || more.length > 0 || /[+#\0]/.test(topic)) return undefined;
  const known = (device === undefined ? NODE_TYPES : DEVICE_TYPES).find((name) => name === type);
  return known && device !== '' ? { group, type: known, edge, device } : undefined;
};

/** What a topic filter lets its reader see of an edge node. */
export interface SparkplugView {
  /** Births come, so that metrics can be named by alias, and a rebirth is worth asking for. */
  readonly births: boolean;
  /** All messages of a node come, so that their sequence can be counted. */
  readonly whole: boolean;
  /** What stands before a metric's name. */
  readonly prefix: (topic: SparkplugTopic) => string;
}

/** A level of a filter that leaves it open, by `+` or by a `#` there or before. */
const isOpen = (levels: readonly string[], index: number): boolean => {
  const level = levels[index] ?? levels.at(-1);
  return level === '#' || (level === '+' && index < levels.length);
};

export const sparkplugView = (filter: string): SparkplugView => {
  const levels = filter.split('/');
  const [group, type, edge] = [isOpen(levels, 1), isOpen(levels, 2), isOpen(levels, 3)];
  return {
    births: type,
    whole: type && levels.at(-1) === '#' && levels.length <= 5,
    prefix: (topic) =>
      [...(group ? [topic.group] : []), ...(group || edge ? [topic.edge] : []), ...(topic.device ? [topic.device] : [])]
        .map((name) => `${name}/`)
        .join(''),
  };
};
