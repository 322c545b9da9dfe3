/** Most metrics of one message that are read. */
export const MAX_METRICS = 10_000;

/** A payload's own fields, its metrics still undecoded. */
export interface ScannedPayload {
  timestamp: number | undefined;
  seq: number | undefined;
  uuid: Uint8Array | undefined;
  body: Uint8Array | undefined;
  /** Each the bytes of one metric, at most 10,000. */
  readonly metrics: Uint8Array[];
  /** Metrics past those. */
  untaken: number;
}

/** Walks over protobuf's wire format. Every read past the end gives undefined. */
class Cursor {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get done(): boolean {
    return this.#at >= this.bytes.length;
  }

  /** Exact up to 2^53. */
  varint(): number | undefined {
    let value = 0;
    for (let index = 0; index < 10; index++) {
      const byte = this.bytes[this.#at++];
      if (byte === undefined) return undefined;
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return value;
    }
    return undefined;
  }

  slice(length: number | undefined): Uint8Array | undefined {
    if (length === undefined || this.#at + length > this.bytes.length) return undefined;
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }
}

const [VARINT, FIXED64, LENGTH, FIXED32] = [0, 1, 2, 5];

const takeBytes = (field: number, bytes: Uint8Array, scanned: ScannedPayload): void => {
  if (field === 2 && scanned.metrics.length < MAX_METRICS) scanned.metrics.push(bytes);
  else if (field === 2) scanned.untaken++;
  else if (field === 4) scanned.uuid = bytes;
  else if (field === 5) scanned.body = bytes;
};

/**
 * The first level of a Sparkplug B payload, so that metrics are counted before any is built, and each is decoded by itself: a bad one does not
 * take the others with it. undefined when the bytes are none. Field numbers: sparkplug_b.proto.
 */
export const scanPayload = (payload: Uint8Array): ScannedPayload | undefined => {
  const scanned: ScannedPayload = {
    timestamp: undefined,
    seq: undefined,
    uuid: undefined,
    body: undefined,
    metrics: [],
    untaken: 0,
  };
  const cursor = new Cursor(payload);
  while (!cursor.done) {
    const tag = cursor.varint();
    if (tag === undefined) return undefined;
    const [field, wireType] = [Math.floor(tag / 8), tag % 8];
    if (wireType === VARINT) {
      const value = cursor.varint();
      if (value === undefined) return undefined;
      if (field === 1) scanned.timestamp = value;
      if (field === 3) scanned.seq = value;
    } else if (wireType === LENGTH) {
      const bytes = cursor.slice(cursor.varint());
      if (!bytes) return undefined;
      takeBytes(field, bytes, scanned);
    } else if (wireType !== FIXED64 && wireType !== FIXED32) return undefined;
    else if (!cursor.slice(wireType === FIXED64 ? 8 : 4)) return undefined;
  }
  return scanned;
};
