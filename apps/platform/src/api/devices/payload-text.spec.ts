import { expect, it } from '@jest/globals';
import { payloadText } from './payload-text.js';

const bytes = (text: string) => new TextEncoder().encode(text);

it('shows UTF-8 as text', () => {
  expect(payloadText(bytes('{"t":"21 °C"}'))).toEqual({ encoding: 'text', text: '{"t":"21 °C"}', truncated: false });
  expect(payloadText(bytes(''))).toEqual({ encoding: 'text', text: '', truncated: false });
});

it('shows other bytes in base64', () => {
  expect(payloadText(Uint8Array.of(0xff, 0x00, 0xfe))).toEqual({ encoding: 'base64', text: '/wD+', truncated: false });
  expect(payloadText(bytes('é').subarray(0, 1)).encoding).toBe('base64');
});

it('shows 500 characters, none of them torn', () => {
  expect(payloadText(bytes('😀'.repeat(501)))).toEqual({
    encoding: 'text',
    text: '😀'.repeat(500),
    truncated: true,
  });
  const { text, truncated } = payloadText(new Uint8Array(376).fill(0xff));
  expect([text.length, truncated]).toEqual([500, true]);
  expect(payloadText(new Uint8Array(375).fill(0xff)).truncated).toBe(false);
});

it('takes a text whose last character was torn when it was kept for text', () => {
  const kept = bytes(`x${'é'.repeat(2_100)}`).subarray(0, 4_096);
  expect(payloadText(kept)).toMatchObject({ encoding: 'text', truncated: true });
});
