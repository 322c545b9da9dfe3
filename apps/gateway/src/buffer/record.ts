import { crc32 } from 'node:zlib';
import { type ReadingMessage, readingMessage } from '#libs/telemetry';
import { z } from 'zod';

const count = z.number().int().min(0);

/** What a gateway adds to the readings of a line, to go on from after a restart. */
const resumption = z.object({
  /** Of a recording: last event-minute that the line holds, epoch ms. */
  minute: count.optional(),
  /** Of a recording: state of charge after that minute; null without a battery. */
  soc_ratio: z.number().min(0).max(1).nullable().optional(),
  /** Of a recording: what thermal stores hold then, ratios by id. */
  stored: z.record(z.string(), z.number().min(0).max(1)).optional(),
  /** Of devices' messages: what tells each from others when its broker sends it again. */
  deliveries: z.array(z.string().max(128)).optional(),
});

const head = resumption.extend({
  seq: count,
  /** Readings written to the buffer since it was made, this line's included. */
  total: count,
  /** Readings in the line. */
  count,
});

/** One line of the buffer. `readings` is the JSON text of its readings, as it is published. */
export type BufferRecord = z.infer<typeof head> & { readonly readings: string };

export type BufferMessage = z.infer<typeof resumption> & { readonly readings: readonly ReadingMessage[] };

/** Lines of version 0.1 have no sum, and their keys in another order. */
const unsummed = head.omit({ count: true }).extend({ readings: z.array(readingMessage) });

const READINGS = ',"readings":';
const CRC = ',"crc":"';
/** `,"crc":"89abcdef"}` */
const TAIL_LENGTH = CRC.length + 10;

/** JSON, with a sum over everything before `,"crc"`. */
export const formatRecord = (seq: number, total: number, { readings, ...rest }: BufferMessage): string => {
  const start = JSON.stringify({ seq, total, count: readings.length, ...rest });
  const summed = `${start.slice(0, -1)}${READINGS}${JSON.stringify(readings)}`;
  return `${summed}${CRC}${crc32(summed).toString(16).padStart(8, '0')}"}`;
};

const parseSummed = (line: string): BufferRecord | undefined => {
  const summed = line.slice(0, -TAIL_LENGTH);
  if (Number.parseInt(line.slice(-10, -2), 16) !== crc32(summed)) return undefined;
  const split = summed.indexOf(READINGS);
  const readings = summed.slice(split + READINGS.length);
  return { ...head.parse(JSON.parse(`${summed.slice(0, split)}}`)), readings };
};

const parseUnsummed = (line: string): BufferRecord => {
  const { readings, ...rest } = unsummed.parse(JSON.parse(line));
  return { ...rest, count: readings.length, readings: JSON.stringify(readings) };
};

/** A whole line, or undefined for one that was torn off or damaged. */
export const parseRecord = (line: string): BufferRecord | undefined => {
  try {
    return line.startsWith(CRC, line.length - TAIL_LENGTH) ? parseSummed(line) : parseUnsummed(line);
  } catch {
    return undefined;
  }
};

const SEQ = /^\{"seq":(\d{1,16}),/;

/** The seq that a line says it has; undefined for none. Whether the line is whole is not looked at. */
export const seqOf = (line: string): number | undefined => {
  const match = SEQ.exec(line);
  return match ? Number(match[1]) : parseRecord(line)?.seq;
};
