import { decodeMessage, type StatusMessage, statusMessage, topicLevels } from '#libs/telemetry';

/** What a gateway last said of itself, as the overview shows it. */
export interface GatewayState extends StatusMessage {
  readonly venue: string;
  readonly gateway: string;
}

/** The last status of each gateway of the pack. */
export class GatewayStates {
  readonly #states = new Map<string, GatewayState>();
  #changed = false;

  constructor(private readonly known: (venue: string, gateway: string) => boolean) {}

  /** Takes a `status` message; one of an unknown gateway, or that cannot be read, is left. */
  onMessage(topic: string, payload: Uint8Array): void {
    const [venue = '', gateway = ''] = topicLevels(topic) ?? [];
    const decoded = decodeMessage(statusMessage, payload);
    if (!decoded.ok || !this.known(venue, gateway)) return;
    this.#states.set(`${venue}/${gateway}`, { venue, gateway, ...decoded.value });
    this.#changed = true;
  }

  /** All states if any changed since the last take. */
  take(): readonly GatewayState[] | undefined {
    if (!this.#changed) return undefined;
    this.#changed = false;
    return [...this.#states.values()].sort((a, b) =>
      `${a.venue}/${a.gateway}`.localeCompare(`${b.venue}/${b.gateway}`),
    );
  }
}
