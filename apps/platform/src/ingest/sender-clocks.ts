import type { EpochMs } from '#libs/kernel';
import { ClockSkews, type MessageSeq, skewTolerance } from '#libs/telemetry';

/** A gateway that publishes live has few messages under way; one with more is sending what it held back. */
const LIVE_MESSAGES = 5;

/** Whose clocks are wrong: gateways and devices, by venue and id. */
export class SenderClocks {
  readonly #skews = new ClockSkews();

  constructor(private readonly speed: () => number) {}

  /** A message of a gateway arrived at an event time; `newestTs` is undefined when no time could be read in it. */
  onMessage(message: MessageSeq, newestTs: number | undefined, arrival: EpochMs): void {
    const { venue, gateway, seq, oldest = seq } = message;
    if (newestTs !== undefined)
      this.#skews.observe(`${venue}/${gateway}`, newestTs, arrival, seq - oldest > LIVE_MESSAGES);
  }

  onDevice(venue: string, device: string, newestTs: number | undefined, arrival: EpochMs): void {
    if (newestTs !== undefined) this.#skews.observe(`${venue}/${device}`, newestTs, arrival, false);
  }

  isWrong(venue: string, sender: string): boolean {
    return this.#skews.isWrong(`${venue}/${sender}`, skewTolerance(this.speed()));
  }

  /** Its clock minus ours in seconds of event time, where that is known: a lag may be the way's alone. */
  findSkew(venue: string, sender: string): number | undefined {
    const skew = this.#skews.find(`${venue}/${sender}`);
    return skew && (skew.proven || this.isWrong(venue, sender)) ? skew.skewS : undefined;
  }
}
