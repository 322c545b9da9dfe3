import {
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CONTEXT, type PlatformContext } from '../context.js';
import { EmbeddedBroker } from './embedded-broker.js';

const DEFAULT_PORT = 1883;

@Injectable()
class BrokerRole implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Broker');
  private broker: EmbeddedBroker | undefined;

  constructor(@Inject(CONTEXT) private readonly context: PlatformContext) {}

  async onApplicationBootstrap(): Promise<void> {
    const { hostname, port } = new URL(this.context.settings.mqttUrl);
    this.broker = await EmbeddedBroker.start({
      host: hostname,
      port: port === '' ? DEFAULT_PORT : Number(port),
      warn: (line) => this.logger.warn(line),
    });
  }

  /** After the roles that say goodbye through it. */
  async onApplicationShutdown(): Promise<void> {
    await this.broker?.close();
  }
}

/** The embedded broker, where there is no other. */
@Module({ providers: [BrokerRole] })
export class BrokerModule {}
