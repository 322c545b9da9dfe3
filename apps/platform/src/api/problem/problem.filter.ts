import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';

import { isOutage } from './outage.js';
import { makeProblem, type Problem, ProblemError, sendProblem } from './problem.js';

const OUTAGE = 'The database does not answer. Live pages go on as soon as it is back; try again in a few seconds.';

const problemOf = (error: unknown): Problem => {
  if (error instanceof ProblemError) return makeProblem(error.getStatus(), error.detail, error.errors);
  if (error instanceof HttpException) return makeProblem(error.getStatus(), error.message);
  if (isOutage(error)) return makeProblem(503, OUTAGE);
  return makeProblem(500, 'The platform has a fault; its log says which. Please report it.');
};

/** The one place where errors become answers: RFC 9457, and a bug logged once. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('api');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = problemOf(error);
    if (problem.status === 500) this.logger.error(error instanceof Error ? error.stack : error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    sendProblem(response, { ...problem, instance: request.path });
  }
}
