import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { dayWindow } from '#libs/simulation';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { answers, refuses } from '../docs/responses.js';
import { type LedgerDocument, type LedgerQuery, ledgerQuery, ledgerSchema } from './ledger.schema.js';
import { ledgerDocument } from './ledger-document.js';

/** Answered when nobody says how many. */
const USUAL_DAYS = 30;

@ApiTags('simulations')
@Controller('api/v1/ledger')
export class LedgerController {
  constructor(@Inject(CONTEXT) private readonly context: PlatformContext) {}

  @Get()
  @ApiOperation({ summary: 'Live days, newest first: what was predicted of each, and what happened' })
  @answers(ledgerSchema, 'The days, and how good predictions were')
  @refuses(400)
  async list(@Query({ schema: ledgerQuery }) { days = USUAL_DAYS }: LedgerQuery): Promise<LedgerDocument> {
    const { store, pack } = this.context;
    return ledgerDocument(await store.ledger.list(), days, (page) => dayWindow(page, pack));
  }
}
