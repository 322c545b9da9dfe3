import { isIPv4 } from 'node:net';
import { fail, ok, type Result } from '#libs/kernel';

export const MINIMUM_TOKEN_LENGTH = 16;

/** Whether a host name or address, with or without brackets, means this machine only. */
export const isLoopback = (host: string): boolean => {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
};

/** Who can reach the platform: `loopback` is this machine only. Anything else asks for a token of 16 characters or more; the error says what to do. */
export const describeExposure = (host: string, token: string | undefined): Result<'loopback' | 'network', string> => {
  if (token !== undefined && (token.length < MINIMUM_TOKEN_LENGTH || /\s/.test(token)))
    return fail(
      `VENUEFLOW_TOKEN (${token.length} characters) must have at least ${MINIMUM_TOKEN_LENGTH} characters and no spaces. Perhaps: openssl rand -hex 24.`,
    );
  if (isLoopback(host)) return ok('loopback');
  if (token === undefined)
    return fail(
      `--host ${host} lets other machines in and needs a token. Set VENUEFLOW_TOKEN to at least ${MINIMUM_TOKEN_LENGTH} characters, or leave --host out.`,
    );
  return ok('network');
};
