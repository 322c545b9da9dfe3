import type { EpochMs } from '#libs/kernel';
import { createDevicePrefix } from './device-prefix.js';
import { measureLeaves, readJsonObject } from './json-leaves.js';
import type { DeviceRequest, Profile } from './profile.js';
import { EMPTY_REPORT, refusedReport } from './report.js';

/** By the end of the D-Bus path; the format fixes them (victronenergy/venus, dbus). `P`, `S`, `V`, `I`, `F` are of inverters and solar chargers. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)(\w*Power|P)$/, 'W'],
  [/(^|\/)S$/, 'VA'],
  [/(^|\/)(Voltage|V)$/, 'V'],
  [/(^|\/)(Current|I)$/, 'A'],
  [/(^|\/)(Frequency|F)$/, 'Hz'],
  [/(^|\/)(Energy\/\w+|Yield|Yield\/User|Yield\/System)$/, 'kWh'],
  [/(^|\/)(Soc|Soh)$/, '%'],
  [/(^|\/)\w*Temperature$/, '°C'],
  [/(^|\/)Humidity$/, '%'],
];

/** `Alarms/HighTemperature` and the like are levels of alarm. */
const unitOf = (path: string): string | undefined =>
  path.includes('/Alarms/') ? undefined : UNITS.find(([pattern]) => pattern.test(path))?.[1];

const KEEPALIVE_MS = 30_000;
/** A system that does not hear a keepalive for so long falls silent. */
const KEEPALIVE_TIMEOUT_MS = 60_000;
/** Most systems behind one filter that are kept awake. */
const MAX_PORTALS = 64;
const PORTAL_ID = /^[\w-]{1,64}$/;
const REPUBLISH_ALL = new Uint8Array();
const ONLY_CHANGES = new TextEncoder().encode('{"keepalive-options":["suppress-republish"]}');

interface Portal {
  readonly topic: string;
  /** Arrival of the first message since it was last silent, and of the last. */
  since: EpochMs | undefined;
  heard: EpochMs | undefined;
  /** It has published everything at least once since then. */
  complete: boolean;
}

/** The systems of one filter, and what each has to hear. */
class Portals {
  readonly #portals = new Map<string, Portal>();

  /** `root` leads to `N`: empty, unless a bridge puts the system's topics below others. */
  find(root: readonly string[], id: string): Portal | undefined {
    const key = [...root, id].join('/');
    const known = this.#portals.get(key);
    if (known || !PORTAL_ID.test(id) || this.#portals.size >= MAX_PORTALS) return known;
    const topic = [...root, 'R', id, 'keepalive'].join('/');
    const portal: Portal = { topic, since: undefined, heard: undefined, complete: false };
    this.#portals.set(key, portal);
    return portal;
  }

  /** A filter may leave out `full_publish_completed`; after a timeout's length two keepalives have been heard in any case. */
  hear(portal: Portal, received: EpochMs): void {
    if (portal.since === undefined || received - (portal.heard ?? received) > KEEPALIVE_TIMEOUT_MS) {
      portal.since = received;
      portal.complete = false;
    } else if (received - portal.since >= KEEPALIVE_TIMEOUT_MS) portal.complete = true;
    portal.heard = received;
  }

  requests(): readonly DeviceRequest[] {
    return [...this.#portals.values()].map(({ topic, complete }) => ({
      topic,
      payload: complete ? ONLY_CHANGES : REPUBLISH_ALL,
    }));
  }
}

/**
 * Victron Venus OS (victronenergy/dbus-flashmq): `N/<portal>/<service>/<instance>/<path>` with `{"value":..}`. null is no valid value; an
 * empty payload says that the device is gone. Requests (`R/..`, `W/..`) and messages of the system itself are ignored, texts and arrays skipped.
 *
 * Channel: `<service>/<instance>/<path>`, such as `pvinverter/20/Ac/Power`; with `<portal>/` before it as createDevicePrefix says. No times.
 *
 * A system publishes only while it hears a keepalive; the first ones make it publish everything, later ones only what changes. A portal that
 * the filter does not name is learned from its first message (it says `N/<portal>/keepalive` even while it is silent).
 */
export const victron: Profile = {
  name: 'victron',
  createReader: ({ topic: filter }) => {
    const prefixOf = createDevicePrefix(filter);
    const portals = new Portals();
    const filterLevels = filter.split('/');
    const named = filterLevels.indexOf('N');
    if (named !== -1) portals.find(filterLevels.slice(0, named), filterLevels[named + 1] ?? '');
    return {
      keepalive: {
        everyMs: KEEPALIVE_MS,
        get requests() {
          return portals.requests();
        },
      },
      read: ({ topic, payload, received, retained }) => {
        const levels = topic.split('/');
        const root = levels.findIndex((level) => level === 'N' || level === 'R' || level === 'W');
        if (levels[root] !== 'N' || retained) return EMPTY_REPORT;
        const [id = '', service = '', instance = '', ...path] = levels.slice(root + 1);
        const portal = portals.find(levels.slice(0, root), id);
        if (portal) portals.hear(portal, received);
        if (portal && service === 'full_publish_completed') portal.complete = true;
        if (path.length === 0) return EMPTY_REPORT;
        if (payload.length === 0) return { ...EMPTY_REPORT, presence: 'offline' };
        const message = readJsonObject(payload);
        if (!message.ok) return refusedReport(message.error);
        if (!('value' in message.value))
          return refusedReport({ code: 'wrong_shape', detail: 'the message has no value' });
        const value = message.value['value'];
        return typeof value === 'object' && value !== null
          ? EMPTY_REPORT
          : measureLeaves([[[service, instance, ...path].join('/'), value]], {
              prefix: prefixOf(levels, [root + 1]),
              ts: undefined,
              unitOf,
            });
      },
    };
  },
};
