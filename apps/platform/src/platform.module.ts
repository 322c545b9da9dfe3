import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';

import { ApiModule } from './api/api.module.js';
import { BrokerModule } from './broker/broker.module.js';
import { CONTEXT, type PlatformContext, type Role } from './context.js';
import { ControlModule } from './control/control.module.js';
import { HealthModule } from './health/health.module.js';
import { IngestModule } from './ingest/ingest.module.js';
import { SimulateModule } from './simulate/simulate.module.js';

const moduleOf: Readonly<Record<Role, Type>> = {
  broker: BrokerModule,
  ingest: IngestModule,
  control: ControlModule,
  api: ApiModule,
  simulate: SimulateModule,
};

@Global()
@Module({})
class ContextModule {
  static of(context: PlatformContext): DynamicModule {
    return { module: ContextModule, providers: [{ provide: CONTEXT, useValue: context }], exports: [CONTEXT] };
  }
}

/** The roles of this process, in the order in which they start: broker, ingest, control, api, simulate. Every process answers on /health and /metrics. */
@Module({})
export class PlatformModule {
  static of(context: PlatformContext): DynamicModule {
    const roles = [...context.settings.roles].map((role) => moduleOf[role]);
    return { module: PlatformModule, imports: [ContextModule.of(context), HealthModule, ...roles] };
  }
}
