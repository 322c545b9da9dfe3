import { describe, expect, it } from '@jest/globals';

import { findForgery } from './same-origin.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const HOST = { host: '127.0.0.1:3000' };
const status = (method: string, headers: Record<string, string>) =>
  findForgery({ method, headers: { ...HOST, ...headers } })?.status;

describe('findForgery', () => {
  it.each([
    ['GET', {}],
    ['GET', { 'sec-fetch-site': 'cross-site' }],
    ['POST', JSON_TYPE],
    ['POST', { 'content-type': 'application/json; charset=utf-8' }],
    ['POST', { ...JSON_TYPE, origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }],
    ['DELETE', {}],
  ])('lets %s with %j through', (method, headers) => {
    expect(status(method, headers)).toBeUndefined();
  });

  it.each([
    ['POST', { ...JSON_TYPE, origin: 'https://evil.example' }, 403],
    ['POST', { ...JSON_TYPE, origin: 'http://127.0.0.1:8080' }, 403],
    ['POST', { ...JSON_TYPE, origin: 'null' }, 403],
    ['POST', { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }, 403],
    ['DELETE', { 'sec-fetch-site': 'same-site' }, 403],
    ['POST', {}, 415],
    ['POST', { 'content-type': 'text/plain' }, 415],
    ['PUT', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['POST', { 'content-type': 'application/jsonp' }, 415],
  ])('answers %s with %j by %p', (method, headers, expected) => {
    expect(status(method, headers)).toBe(expected);
  });
});
