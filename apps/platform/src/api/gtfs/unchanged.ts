import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a client has it already (RFC 9110, 13.1): by its ETag, and only without one by its date. Express's own `fresh` says no to every request with
 * `Cache-Control: no-cache`, which is what `fetch` sends along with an ETag.
 *
 * @param modified wall time, ms
 */
export const isUnchanged = (headers: IncomingHttpHeaders, etag: string, modified: number): boolean => {
  const tags = headers['if-none-match'];
  if (tags !== undefined)
    return tags.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return Math.floor(modified / 1000) * 1000 <= since;
};
