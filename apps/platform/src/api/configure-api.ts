import type { NestExpressApplication } from '@nestjs/platform-express';

import { CONTEXT, type PlatformContext } from '../context.js';
import { builtConsole, serveConsole } from './console/console-files.js';
import { serveDocs } from './docs/openapi.js';
import { securityHeaders } from './entrance/headers.js';
import { ownNamesOnly, sameOriginOnly } from './entrance/same-origin.js';
import { tokenOnly } from './entrance/token.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { validation } from './problem/validation.js';

const BODY_LIMIT = '100kb';

/** The entrance of every process, and for the api role its pages. Call it once, before `listen`, on an application made with `bodyParser: false`. */
export const configureApi = (app: NestExpressApplication, consoleDirectory: string = builtConsole()): void => {
  const { settings } = app.get<PlatformContext>(CONTEXT);
  app.disable('x-powered-by');
  app.use(securityHeaders);
  app.use(settings.token === undefined ? ownNamesOnly : tokenOnly(settings.token));
  app.use(sameOriginOnly);
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(validation);
  if (settings.roles.has('api')) {
    serveConsole(app, consoleDirectory);
    serveDocs(app);
  }
};
