import { type EpochMs, epochMs, showValue } from '#libs/kernel';
import type { GatewayState } from '#libs/store';
import { decodeMessage, type StatusMessage, statusMessage, topicLevels } from '#libs/telemetry';

const MAX_STRANGERS = 100;
const DEVICE_MS = 10_000;

export interface GatewayStatesOptions {
  /** Whether the pack has a gateway at the venue. */
  readonly known: (venue: string, gateway: string) => boolean;
  /** Whether this process is the one that keeps the venue's states. */
  readonly own: (venue: string) => boolean;
  /** Its clock minus ours, seconds. */
  readonly findSkew: (venue: string, gateway: string) => number | undefined;
  readonly warn: (line: string) => void;
}

const toState = (venue: string, gateway: string, status: StatusMessage): GatewayState => ({
  venue,
  gateway,
  state: status.state,
  ts: epochMs(status.ts),
  ...(status.buffered === undefined ? {} : { buffered: status.buffered }),
  ...(status.published === undefined ? {} : { published: status.published }),
  ...(status.dropped === undefined ? {} : { dropped: status.dropped }),
});

/** The last status of each gateway of the pack. */
export class GatewayStates {
  readonly #states = new Map<string, GatewayState>();
  readonly #strangers = new Set<string>();
  #changed = false;

  constructor(private readonly options: GatewayStatesOptions) {}

  /** Takes a `status` message; one that cannot be read is left, and a gateway that the pack does not have is named once. */
  onMessage(topic: string, payload: Uint8Array): void {
    const [venue = '', gateway = ''] = topicLevels(topic) ?? [];
    if (!this.options.known(venue, gateway)) {
      this.#onStranger(venue, gateway);
      return;
    }
    const decoded = decodeMessage(statusMessage, payload);
    if (!decoded.ok || !this.options.own(venue)) return;
    this.#states.set(`${venue}/${gateway}`, toState(venue, gateway, decoded.value));
    this.#changed = true;
  }

  /** A device was heard, or said that it goes, at a wall time. It is saved when its state changes, and every ten seconds. */
  onDevice(venue: string, device: string, state: GatewayState['state'], now: EpochMs): void {
    const key = `${venue}/${device}`;
    const saved = this.#states.get(key);
    if (saved?.state === state && now - saved.ts < DEVICE_MS) return;
    this.#states.set(key, { venue, gateway: device, state, ts: now });
    this.#changed = true;
  }

  /** Readings that the gateway still holds, by its own word; 0 when it did not say. */
  buffered(venue: string, gateway: string): number {
    return this.#states.get(`${venue}/${gateway}`)?.buffered ?? 0;
  }

  /** All states if any changed since the last take. */
  take(): readonly GatewayState[] | undefined {
    if (!this.#changed) return undefined;
    this.#changed = false;
    return [...this.#states.values()]
      .map((state) => {
        const clockSkewS = this.options.findSkew(state.venue, state.gateway);
        return clockSkewS === undefined ? state : { ...state, clockSkewS };
      })
      .sort((a, b) => `${a.venue}/${a.gateway}`.localeCompare(`${b.venue}/${b.gateway}`));
  }

  #onStranger(venue: string, gateway: string): void {
    const name = `${venue}/${gateway}`;
    if (this.#strangers.has(name) || this.#strangers.size >= MAX_STRANGERS) return;
    this.#strangers.add(name);
    this.options.warn(
      `A gateway ${showValue(gateway)} reports from ${showValue(venue)}, but the pack has none of that name there; what it publishes is not stored. Perhaps its venue or id is misspelt.`,
    );
  }
}
