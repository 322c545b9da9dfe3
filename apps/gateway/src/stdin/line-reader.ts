import { fail, ok, type Result, showValue } from '#libs/kernel';
import type { Gateway } from '#libs/games';
import { decodeJson, firstIssue, type ReadingMessage, readingMessage } from '#libs/telemetry';
import { z } from 'zod';

const lineSchema = z.strictObject({
  point: readingMessage.shape.point,
  ts: readingMessage.shape.ts.optional(),
  value: readingMessage.shape.value,
  unit: readingMessage.shape.unit.optional(),
  quality: readingMessage.shape.quality.default('good'),
});

const FORM = 'Give one such as {"point":"main.active_power","ts":1767700000000,"value":412.5}.';
const NAMED = 12;

/** Lines of JSON to readings of one gateway's points. */
export class LineReader {
  readonly #units: ReadonlyMap<string, string>;
  /** Newest time of each point, epoch ms. */
  readonly #newest = new Map<string, number>();

  constructor(points: Pick<Gateway, 'points'>['points']) {
    this.#units = new Map(points.map(({ id, unit }) => [id, unit]));
  }

  /** One line, or in a sentence what is wrong with it. `now` is epoch ms: the time of a line that has none, and at least 1 ms after its point's newest. */
  read(line: Uint8Array, now: number): Result<ReadingMessage, string> {
    const json = decodeJson(line);
    if (!json.ok) {
      const text = new TextDecoder().decode(line.subarray(0, 200)).trim();
      return fail(`${showValue(text)} is ${json.error.code.replaceAll('_', ' ')}. ${FORM}`);
    }
    const parsed = lineSchema.safeParse(json.value);
    if (!parsed.success) return fail(`${showValue(json.value)}: ${firstIssue(parsed.error)}. ${FORM}`);
    const { point, value, quality } = parsed.data;
    const unit = this.#units.get(point);
    if (unit === undefined) return fail(`${showValue(point)} is no point of this gateway. Known: ${this.#known()}.`);
    const given = parsed.data.unit ?? unit;
    if (given !== unit)
      return fail(`${point} is in ${unit}, found ${showValue(given)}. Convert it, or leave unit out.`);
    const newest = this.#newest.get(point) ?? -1;
    const ts = parsed.data.ts ?? Math.max(now, newest + 1);
    this.#newest.set(point, Math.max(newest, ts));
    return ok({ point, ts, value, unit, quality });
  }

  #known(): string {
    const names = [...this.#units.keys()];
    const more = names.length - NAMED;
    return names.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
  }
}
