import { describe, expect, it } from '@jest/globals';
import { expandPromql, expandSql } from './macros.js';

describe('Grafana macros', () => {
  const from = Date.parse('2026-02-07T00:00Z');
  const to = Date.parse('2026-02-07T06:00Z');

  it('become times and groups in SQL', () => {
    expect(expandSql('where $__timeFilter(r.bucket)', from, to)).toBe(
      "where r.bucket between '2026-02-07T00:00:00.000Z' and '2026-02-07T06:00:00.000Z'",
    );
    expect(expandSql("select $__timeGroupAlias(r.bucket, '5m')", from, to)).toBe(
      'select floor(extract(epoch from r.bucket) / 300) * 300 as "time"',
    );
  });

  it('are refused when they are not known', () => {
    expect(() => expandSql('$__unixEpochFilter(x)', from, to)).toThrow('$__unixEpochFilter');
  });

  it('become intervals in PromQL', () => expect(expandPromql('rate(x[$__rate_interval])')).toBe('rate(x[20s])'));
});
