import type { ReadingRow } from '../contract.js';
import { putInstant } from './instant.js';

const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER_BYTES = 2;
/** A count of fields, then each of 4, 8, 8 and 2 bytes with its length before it. */
const ROW_BYTES = 2 + 4 * 4 + 4 + 8 + 8 + 2;

/** Rows of `reading (point_id, ts, value, quality)` for `copy ... (format binary)`; the file format is in PostgreSQL's page on COPY. */
export const copyRows = (rows: readonly ReadingRow[]): Buffer => {
  const buffer = Buffer.allocUnsafe(HEADER.length + rows.length * ROW_BYTES + TRAILER_BYTES);
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  HEADER.copy(buffer);
  let offset = HEADER.length;
  for (const row of rows) {
    view.setInt16(offset, 4);
    view.setInt32(offset + 2, 4);
    view.setInt32(offset + 6, row.pointId);
    view.setInt32(offset + 10, 8);
    putInstant(view, offset + 14, row.ts);
    view.setInt32(offset + 22, 8);
    view.setFloat64(offset + 26, row.value);
    view.setInt32(offset + 34, 2);
    view.setInt16(offset + 38, row.quality);
    offset += ROW_BYTES;
  }
  view.setInt16(offset, -1);
  return buffer;
};
