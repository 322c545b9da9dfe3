import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

const DAY_MS = 86_400_000;

/** `dist/apps/console`, whether this runs from source or from dist. */
export const builtConsole = (): string => {
  const [root = ''] = fileURLToPath(import.meta.url).split(join(sep, 'apps', 'platform', sep));
  return root.endsWith(`${sep}dist`) ? join(root, 'apps', 'console') : join(root, 'dist', 'apps', 'console');
};

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Venueflow</title>
<h1>The console is not built</h1>
<p>Run <code>npm run build</code> and load this page again. The API works: see <a href="/api/docs">/api/docs</a>.</p></html>`;

/** The first page and its files. Files under assets/ carry a hash in their name and may be kept for ever; the page itself is asked for each time. */
export const serveConsole = (app: NestExpressApplication, directory: string): void => {
  app.useStaticAssets(join(directory, 'assets'), {
    prefix: '/assets/',
    index: false,
    immutable: true,
    maxAge: 365 * DAY_MS,
  });
  app.useStaticAssets(directory, {
    setHeaders: (response: Response) => response.setHeader('Cache-Control', 'no-cache'),
  });
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (request.path === '/') response.status(503).type('html').send(NOT_BUILT);
    else next();
  });
};
