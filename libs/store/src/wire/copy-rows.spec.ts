import { describe, expect, it } from '@jest/globals';
import { epochMs } from '#libs/kernel';
import { copyRows } from './copy-rows.js';

const HEADER = '5047434f50590aff0d0a000000000000000000';

describe('rows for COPY', () => {
  it('stand between a header and a trailer, each field after its length', () => {
    const row = { pointId: 7, ts: epochMs(Date.UTC(2000, 0, 1) + 1), value: 1, quality: 258 };
    const fields = ['00000004' + '00000007', '00000008' + '00000000000003e8', '00000008' + '3ff0000000000000'];
    expect(copyRows([row, row]).toString('hex')).toBe(
      [HEADER, ...[1, 2].flatMap(() => ['0004', ...fields, '00000002' + '0102']), 'ffff'].join(''),
    );
  });

  it('may be none', () => {
    expect(copyRows([]).toString('hex')).toBe(`${HEADER}ffff`);
  });
});
