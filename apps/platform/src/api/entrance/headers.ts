import type { NextFunction, Request, Response } from 'express';

const policy = (style: string): string =>
  [
    "default-src 'self'",
    "img-src 'self' data:",
    `style-src ${style}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

const PAGES = policy("'self'");
/** Swagger's page brings its style sheet inline. */
const DOCS = policy("'self' 'unsafe-inline'");

/** No other host, no frame, no sniffing; answers of the API are not kept. */
export const securityHeaders = (request: Request, response: Response, next: NextFunction): void => {
  response.setHeader('Content-Security-Policy', request.path.startsWith('/api/docs') ? DOCS : PAGES);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  if (request.path.startsWith('/api/')) response.setHeader('Cache-Control', 'no-store');
  next();
};
