import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';

import { CONTEXT, type PlatformContext } from '../context.js';
import { ReadinessCheck } from './readiness-check.js';

/** What supervisors and Prometheus ask; every process answers. */
@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly readiness: ReadinessCheck,
  ) {}

  @Get('health/live')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The process runs' })
  @ApiOkResponse({ description: '{"status":"live"}' })
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  @Get('health/ready')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Database, broker and a first plan of each kind are there' })
  @ApiOkResponse({ description: '{"status":"ready"}' })
  @ApiServiceUnavailableResponse({ description: 'Problem details that say what is missing' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<object> {
    const missing = await this.readiness.listMissing();
    if (missing.length === 0) return { status: 'ready' };
    response.status(503).type('application/problem+json');
    const detail = `Still missing: ${missing.join(', ')}.`;
    return { type: 'about:blank', title: 'Service Unavailable', status: 503, detail, missing };
  }

  @Get('metrics')
  @ApiOperation({ summary: 'Metrics for Prometheus' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'Prometheus exposition text' })
  async metrics(@Res({ passthrough: true }) response: Response): Promise<string> {
    response.type(this.context.metrics.contentType);
    return this.context.metrics.text();
  }
}
