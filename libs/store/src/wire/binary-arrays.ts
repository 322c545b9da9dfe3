import type { EpochMs } from '#libs/kernel';
import { putInstant } from './instant.js';

// PostgreSQL's binary form of one-dimensional arrays (array_recv in its source): dimensions, has-nulls, element type, length, lower bound, then each
// element with its length before it. A Buffer as a parameter is sent as it is; text arrays cost both sides several times as much.

const HEADER_BYTES = 20;

type Put = (view: DataView, offset: number, value: number) => void;

const encoder =
  (elementType: number, elementBytes: number, put: Put) =>
  (values: readonly number[]): Buffer => {
    const buffer = Buffer.allocUnsafe(HEADER_BYTES + values.length * (4 + elementBytes));
    const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
    view.setInt32(0, 1);
    view.setInt32(4, 0);
    view.setInt32(8, elementType);
    view.setInt32(12, values.length);
    view.setInt32(16, 1);
    let offset = HEADER_BYTES;
    for (const value of values) {
      view.setInt32(offset, elementBytes);
      put(view, offset + 4, value);
      offset += 4 + elementBytes;
    }
    return buffer;
  };

/** `integer[]`; whole numbers of 32 bits. */
export const integers = encoder(23, 4, (view, offset, value) => {
  view.setInt32(offset, value);
});

/** `smallint[]`; whole numbers of 16 bits. */
export const smallints = encoder(21, 2, (view, offset, value) => {
  view.setInt16(offset, value);
});

/** `float8[]`. */
export const doubles = encoder(701, 8, (view, offset, value) => {
  view.setFloat64(offset, value);
});

/** `timestamptz[]` of epoch milliseconds. */
export const instants: (values: readonly EpochMs[]) => Buffer = encoder(1184, 8, putInstant);
