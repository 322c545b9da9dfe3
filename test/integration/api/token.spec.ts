import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { RunningApi } from './running-api.js';
import { StreamReader } from './stream-reader.js';

const TOKEN = 'correct-horse-battery';
const BEARER = { Authorization: `Bearer ${TOKEN}` };

describe('with a token', () => {
  let api: RunningApi;

  beforeAll(async () => {
    api = await RunningApi.start({ token: TOKEN });
  });
  afterAll(() => api.close());

  it.each([
    '/api/v1/overview',
    '/api/v1/stream',
    '/api/v1/plans',
    '/api/docs',
    '/api/docs/swagger-ui-init.js',
    '/api/openapi.json',
    '/api/asyncapi.yaml',
    '/gtfs-rt/trip-updates.pb',
    '/gtfs/schedule.zip',
    '/metrics',
    '/health/ready',
    '/API/v1/overview',
    '/assets/../api/v1/overview',
    '//api/v1/overview',
    '/nothing',
  ])('asks for it at %s', async (path) => {
    const response = await api.get(path);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="venueflow"']);
    expect(response.headers.get('content-type')).toMatch('application/problem+json');
  });

  it('asks for it before a change', async () => {
    expect((await api.post('/api/v1/overrides', {})).status).toBe(401);
  });

  it('takes it as a header', async () => {
    expect((await api.get('/api/v1/overview', BEARER)).status).toBe(200);
    expect((await api.get('/api/v1/overview', { Authorization: `Bearer ${TOKEN}x` })).status).toBe(401);
  });

  it('lets the page, its files and liveness through', async () => {
    for (const path of ['/', '/assets/page-1a2b3c.js', '/health/live']) expect((await api.get(path)).status).toBe(200);
  });

  it('gives a session for it that opens the API and the stream', async () => {
    expect((await api.post('/api/v1/login', { token: 'wrong' })).status).toBe(401);
    const login = await api.post('/api/v1/login', { token: TOKEN });
    const cookie = login.headers.get('set-cookie') ?? '';
    expect([login.status, cookie]).toEqual([204, expect.stringMatching(/HttpOnly; SameSite=Strict/)]);
    expect(cookie).not.toContain(TOKEN);
    const headers = { Cookie: cookie.split(';')[0] ?? '' };
    expect((await api.get('/api/v1/overview', headers)).status).toBe(200);
    const stream = await StreamReader.open(api.url, headers);
    await stream.next('overview');
    stream.close();
  });
});
