import type { NextFunction, Request, Response } from 'express';
import { isLoopback } from '#libs/access';

import { makeProblem, sendProblem } from '../problem/problem.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

const originHost = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);

const hostName = (host: string): string => (URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host);

/** Why a request may not change anything, or undefined when it may. Other sites' pages can neither send JSON nor hide where they come from. */
export const findForgery = (request: {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}): { readonly status: number; readonly detail: string } | undefined => {
  if (SAFE.has(request.method)) return undefined;
  const { origin, host, 'sec-fetch-site': site, 'content-type': type } = request.headers;
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none')
    return { status: 403, detail: `A page of another site (Sec-Fetch-Site: ${site}) may not change anything here.` };
  if (typeof origin === 'string' && originHost(origin) !== host)
    return { status: 403, detail: `A page of ${origin} may not change anything here.` };
  const isJson = typeof type === 'string' && /^application\/json *(;|$)/i.test(type);
  if (request.method !== 'DELETE' && !isJson)
    return { status: 415, detail: 'Send JSON with Content-Type: application/json; {} when there is nothing to say.' };
  return undefined;
};

export const sameOriginOnly = (request: Request, response: Response, next: NextFunction): void => {
  const forgery = findForgery(request);
  if (forgery) sendProblem(response, makeProblem(forgery.status, forgery.detail));
  else next();
};

/** Without a token the platform is for this machine, by its own names: a page elsewhere that points its name at 127.0.0.1 gets nothing. */
export const ownNamesOnly = (request: Request, response: Response, next: NextFunction): void => {
  const host = request.headers.host ?? '';
  if (isLoopback(hostName(host))) next();
  else
    sendProblem(
      response,
      makeProblem(403, `Host "${host}" is not this machine. Use http://127.0.0.1, or set VENUEFLOW_TOKEN.`),
    );
};
