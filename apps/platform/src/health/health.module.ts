import { Module } from '@nestjs/common';

import { BrokerWatch } from './broker-watch.js';
import { HealthController } from './health.controller.js';
import { ReadinessCheck } from './readiness-check.js';

@Module({ controllers: [HealthController], providers: [BrokerWatch, ReadinessCheck], exports: [BrokerWatch] })
export class HealthModule {}
