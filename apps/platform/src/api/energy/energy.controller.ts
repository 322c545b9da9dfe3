import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { answers, refuses } from '../docs/responses.js';
import { EnergyReader } from './energy-reader.js';
import { type EnergyDocument, energySchema } from './energy.schema.js';

@ApiTags('energy')
@Controller('api/v1/energy')
export class EnergyController {
  constructor(private readonly reader: EnergyReader) {}

  @Get()
  @ApiOperation({ summary: 'The active energy plan with its limits, prices and violations, and what was measured' })
  @answers(energySchema, 'Plan and measurements on one grid of quarter-hours')
  @refuses()
  get(): Promise<EnergyDocument> {
    return this.reader.read();
  }
}
