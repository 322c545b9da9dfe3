import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { checkSession, checkToken } from '#libs/access';

import { makeProblem, sendProblem } from '../problem/problem.js';

/** The console's own files hold nothing secret and bring the page that asks for the token; liveness is for supervisors. */
const OPEN = /^\/($|index\.html$|favicon\.\w+$|assets\/|health\/live$|api\/v1\/login$)/;

/** Asks for the token, as a header or as the session cookie that a login sets. */
export const tokenOnly =
  (token: string): RequestHandler =>
  (request: Request, response: Response, next: NextFunction): void => {
    const { authorization, cookie } = request.headers;
    if (OPEN.test(request.path) || checkToken(authorization, token) || checkSession(cookie, token)) {
      next();
      return;
    }
    response.setHeader('WWW-Authenticate', 'Bearer realm="venueflow"');
    sendProblem(response, makeProblem(401, 'Send "Authorization: Bearer <token>", or log in at /api/v1/login.'));
  };
