import type { NextFunction, Request, Response } from 'express';

const policy = (style: string, frames = "'none'"): string =>
  [
    "default-src 'self'",
    "img-src 'self' data:",
    `style-src ${style}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frames}`,
  ].join('; ');

const PAGES = policy("'self'");
/** Swagger's page brings its style sheet inline. */
const DOCS = policy("'self' 'unsafe-inline'");
/** A report is one file, which the console shows in a frame; it runs nothing. */
const REPORT = `${policy("'unsafe-inline'", "'self'")}; sandbox`;
const isReport = (path: string): boolean => /^\/api\/v1\/simulations\/[^/]+\/report\.html$/.test(path);

const policyOf = (path: string): string => {
  if (isReport(path)) return REPORT;
  return path.startsWith('/api/docs') ? DOCS : PAGES;
};

/** No other host, no frame of another, no sniffing; answers of the API are not kept. */
export const securityHeaders = (request: Request, response: Response, next: NextFunction): void => {
  response.setHeader('Content-Security-Policy', policyOf(request.path));
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', isReport(request.path) ? 'SAMEORIGIN' : 'DENY');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  if (request.path.startsWith('/api/')) response.setHeader('Cache-Control', 'no-store');
  next();
};
