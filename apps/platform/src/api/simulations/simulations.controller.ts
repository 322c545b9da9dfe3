import { Body, Controller, Get, Header, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  INDICATORS_CSV_HEAD,
  indicatorsCsv,
  type PolicyDay,
  reportPage,
  type Scenario,
  sumUpRun,
} from '#libs/simulation';
import { z } from 'zod';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { answers, refuses } from '../docs/responses.js';
import { LineNames } from '../live/line-names.js';
import { ProblemError } from '../problem/problem.js';
import { ownScenarios, type ReadyScenario, readScenarios } from './ready-scenarios.js';
import * as schema from './simulation.schema.js';
import { SimulationDesk } from './simulation-desk.js';
import { vocabularyOf } from './vocabulary.js';

@ApiTags('simulations')
@Controller('api/v1/simulations')
export class SimulationsController {
  private ready: ReadyScenario[] | undefined;

  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly desk: SimulationDesk,
    private readonly names: LineNames,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What-if runs, newest first' })
  @answers(z.object({ simulations: z.array(schema.headSchema) }), 'The runs')
  @refuses()
  async list(): Promise<{ simulations: schema.HeadDocument[] }> {
    return { simulations: await this.desk.list() };
  }

  @Post()
  @ApiOperation({ summary: 'Run a scenario on the platform’s own pack; workers take its days' })
  @ApiBody({ schema: schema.runRequestShape() })
  @answers(schema.runSchema, 'The run, queued', 201)
  @refuses(400, 409, 415, 422)
  async start(
    @Body({ schema: schema.runRequest }) { by, replay, ...scenario }: schema.RunRequest,
  ): Promise<schema.RunDocument> {
    return this.desk.document(await this.desk.start(scenario, by, replay));
  }

  @Get('scenarios')
  @ApiOperation({ summary: 'Ready scenarios of the platform’s pack' })
  @answers(schema.readySchema, 'The scenarios')
  @refuses()
  scenarios(): { scenarios: readonly ReadyScenario[] } {
    this.ready ??= [...readScenarios(ownScenarios(), this.context.pack.directory)];
    return { scenarios: this.ready };
  }

  @Get('vocabulary')
  @ApiOperation({ summary: 'The names that overlays may use on a day' })
  @answers(schema.vocabularySchema, 'The names')
  @refuses(400)
  vocabulary(@Query({ schema: schema.dayQuery }) { day }: { day: string }): schema.Vocabulary {
    return vocabularyOf(this.context.pack, this.desk.feed, day, (id) => this.names.lineName(id));
  }

  @Get('compare')
  @ApiOperation({ summary: 'Two to four runs side by side: ?ids=<id>,<id>' })
  @answers(schema.comparisonSchema, 'The runs, and differences to the first')
  @refuses(400, 404)
  compare(@Query({ schema: schema.compareQuery }) { ids }: { ids: string[] }): Promise<schema.ComparisonDocument> {
    return this.desk.compare(ids);
  }

  @Get(':id')
  @ApiOperation({ summary: 'A run with what it came to so far' })
  @answers(schema.runSchema, 'The run')
  @refuses(404)
  get(@Param('id') id: string): Promise<schema.RunDocument> {
    return this.desk.document(id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel a run; its workers stop within seconds' })
  @answers(schema.runSchema, 'The run, cancelled')
  @refuses(400, 404, 409, 415)
  async cancel(
    @Param('id') id: string,
    @Body({ schema: schema.cancelRequest }) _request: object,
  ): Promise<schema.RunDocument> {
    const { run } = await this.desk.get(id);
    if (!(await this.context.store.simulations.cancel(id)))
      throw new ProblemError(409, `The run is ${run.state} already.`);
    return this.desk.document(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Keep a run, or let it go with time' })
  @answers(schema.runSchema, 'The run')
  @refuses(400, 404, 409, 415)
  async keep(
    @Param('id') id: string,
    @Body({ schema: schema.keepRequest }) { kept }: schema.KeepRequest,
  ): Promise<schema.RunDocument> {
    await this.desk.get(id);
    if ((await this.context.store.simulations.keep(id, kept)) === 'full')
      throw new ProblemError(409, 'As many runs are kept as may be. Let one go first.');
    return this.desk.document(id);
  }

  @Get(':id/report.html')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @ApiOperation({ summary: 'A page on its own, with pictures of the first day' })
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'The report' })
  @refuses(404, 409)
  async report(@Param('id') id: string): Promise<string> {
    const { scenario } = await this.desk.get(id);
    const whole = wholeReplications(scenario, await this.desk.days(id, true));
    if (whole.length === 0) throw new ProblemError(409, 'No day is done by all policies yet.');
    const replications = whole.length / Object.keys(scenario.policies).length;
    return reportPage(
      sumUpRun({ ...scenario, replications }, { pack: this.context.pack, feed: this.desk.feed }, {}, whole),
    );
  }

  @Get(':id/indicators.csv')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @ApiOperation({ summary: 'A row a policy, day and indicator' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'The indicators of the days that are done' })
  @refuses(404)
  async csv(@Param('id') id: string): Promise<string> {
    await this.desk.get(id);
    return INDICATORS_CSV_HEAD + (await this.desk.days(id, false)).map(indicatorsCsv).join('');
  }
}

/** Days that every policy has run, numbered from nought without gaps, as a report of fewer days has them. */
const wholeReplications = ({ policies }: Scenario, days: readonly PolicyDay[]): readonly PolicyDay[] => {
  const count = Object.keys(policies).length;
  const numbers = [...new Set(days.map(({ replication }) => replication))].filter(
    (number) => days.filter(({ replication }) => replication === number).length === count,
  );
  return numbers.flatMap((number, at) =>
    days.filter(({ replication }) => replication === number).map((day) => ({ ...day, replication: at })),
  );
};
