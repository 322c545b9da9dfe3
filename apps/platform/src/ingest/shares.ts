import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '#libs/kernel';

/**
 * The venues are spread over this many shares, for ever: a share is a durable MQTT session, and to serve it is to connect with its name. So any number
 * of processes up to 12 can divide the shares, and give them to each other, without a session that nobody reads any more.
 */
export const SHARES = 12;

/** Process `index` of `of`, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

export const WHOLE: Shard = { index: 1, of: 1 };

/** `1/3` is the first of three processes. */
export const parseShard = (text: string): Result<Shard, string> => {
  const match = /^(\d{1,2})\/(\d{1,2})$/.exec(text);
  const [index, of] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || of < 1 || of > SHARES || index < 1 || index > of)
    return fail(`"${text}" is no shard; give one such as 1/3, the first of three processes (at most ${SHARES}).`);
  return ok({ index, of });
};

/** The share, 0 to 11, that a venue belongs to. `vehicles` stands for every vehicle. */
export const shareOf = (venue: string): number => createHash('sha256').update(venue).digest().readUInt32BE(0) % SHARES;

/** The shares that a process serves. */
export const sharesOf = ({ index, of }: Shard): readonly number[] =>
  Array.from({ length: SHARES }, (_, share) => share).filter((share) => share % of === index - 1);
