import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { steadyClock, systemClock } from '#libs/kernel';
import { CONTEXT, type PlatformContext } from '../context.js';
import { Ingest } from './ingest.js';

@Injectable()
class IngestRole implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Ingest');
  private ingest: Ingest | undefined;

  constructor(@Inject(CONTEXT) private readonly context: PlatformContext) {}

  async onApplicationBootstrap(): Promise<void> {
    const { settings, pack, store, metrics } = this.context;
    this.ingest = await Ingest.start({
      mqttUrl: settings.mqttUrl,
      pack,
      store,
      metrics,
      clock: steadyClock(systemClock, () => performance.now()),
      shard: settings.shard,
      warn: (line) => this.logger.warn(line),
    });
  }

  /** While the embedded broker still runs. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.ingest?.stop();
  }
}

/** From MQTT into the database. */
@Module({ providers: [IngestRole] })
export class IngestModule {}
