import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS, epochMs } from '#libs/kernel';
import { parsePartitionName, partitionName, partitionOf, partitionStart } from './partitions.js';
import { READING, READING_1M, SERIES_TABLES } from './series-tables.js';

describe('partitions', () => {
  it('are named by their first day', () => {
    const noon = epochMs(Date.UTC(2026, 1, 6, 12));
    expect(partitionName(READING, partitionOf(READING, noon))).toBe('reading_p20260206');
    expect(partitionName(READING_1M, partitionOf(READING_1M, noon))).toBe('reading_1m_p20260205');
  });

  it('hold every instant once, and are found by their name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SERIES_TABLES), fc.integer({ min: 0, max: 70_000 * DAY_MS }), (table, instant) => {
        const index = partitionOf(table, epochMs(instant));
        expect(partitionStart(table, index)).toBeLessThanOrEqual(instant);
        expect(partitionStart(table, index + 1)).toBeGreaterThan(instant);
        expect(parsePartitionName(table, partitionName(table, index))).toBe(index);
      }),
    );
  });

  it('that another hand made are not ours', () => {
    expect(parsePartitionName(READING, 'reading_old')).toBeUndefined();
    expect(parsePartitionName(READING_1M, 'reading_1m_p20260206')).toBeUndefined();
    expect(parsePartitionName(READING, 'reading_p20260230')).toBeUndefined();
  });
});
