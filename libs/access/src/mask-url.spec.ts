import { describe, expect, it } from '@jest/globals';

import { maskUrl } from './mask-url.js';

describe('maskUrl', () => {
  it('hides the password and secret parameters, and leaves the rest', () => {
    expect(maskUrl('postgres://me:secret@db:5432/venueflow?sslmode=require&password=secret')).toBe(
      'postgres://me:***@db:5432/venueflow?sslmode=require&password=***',
    );
    expect(maskUrl('mqtt://broker:1883')).toBe('mqtt://broker:1883');
  });

  it('shows nothing of what it cannot read', () => {
    expect(maskUrl('me:secret db')).not.toContain('secret');
  });
});
