import { type Result } from '#libs/kernel';
import { decodeJson, type Refusal } from '../decode-json.js';
import { MAX_READINGS } from '../decode-readings.js';
import type { DeviceReport, Measurement, RefusedValues } from './profile.js';

/** A message of the format without values. */
export const EMPTY_REPORT: DeviceReport = { measurements: [], refused: [] };

/** Of a message that could not be read at all. */
export const refusedReport = (refusal: Refusal): DeviceReport => ({ measurements: [], refused: [refusal] });

/** Longest detail of a refusal; it may quote names of the wire. */
const MAX_DETAIL = 300;

/** Collects what one message says, value by value. */
export class ReportBuilder {
  readonly #measurements: Measurement[] = [];
  readonly #refused: RefusedValues[] = [];
  #untaken = 0;

  get #full(): boolean {
    return this.#measurements.length + this.#refused.length >= MAX_READINGS;
  }

  /** The first 10,000 values of a message are taken; those after them are counted in one refusal, which says how many. */
  add(measurement: Measurement): void {
    if (this.#full) this.#untaken++;
    else this.#measurements.push(measurement);
  }

  refuse(refusal: RefusedValues): void {
    if (this.#full) this.#untaken += refusal.values ?? 1;
    else this.#refused.push({ ...refusal, detail: refusal.detail.slice(0, MAX_DETAIL) });
  }

  /** Values that are not even looked at. */
  leave(values: number): void {
    this.#untaken += values;
  }

  /** One value of a channel, or why it is none. */
  addRead(measurement: Omit<Measurement, 'value'>, value: Result<number | null, Refusal>): void {
    if (value.ok) this.add({ ...measurement, value: value.value });
    else this.refuse({ ...value.error, detail: `${measurement.channel.slice(0, 80)}: ${value.error.detail}` });
  }

  build(): DeviceReport {
    if (this.#untaken === 0) return { measurements: this.#measurements, refused: this.#refused };
    const detail = `${this.#untaken} values past the first ${MAX_READINGS} of the message`;
    return {
      measurements: this.#measurements,
      refused: [...this.#refused, { code: 'too_many_values', detail, values: this.#untaken }],
    };
  }
}

/** Reads a payload of JSON value by value; one that is no JSON, or over the limits of `decodeJson`, is refused whole. */
export const readJsonReport = (
  payload: Uint8Array,
  read: (json: unknown, report: ReportBuilder) => void,
): DeviceReport => {
  const json = decodeJson(payload);
  if (!json.ok) return refusedReport(json.error);
  const report = new ReportBuilder();
  read(json.value, report);
  return report.build();
};
