import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { evaluateConditions } from '#libs/alarms';

import { AlarmDesk } from '../alarms/alarm-desk.js';
import { alarmInputs } from '../alarms/alarm-inputs.js';
import { LossBook } from '../alarms/loss-book.js';
import { LIVE_PICTURE, listTroubles, readLivePicture } from '../../positions/live-document.js';
import { CONTEXT, type PlatformContext } from '../../context.js';
import { packPoints } from '../devices/pack-points.js';
import { isOutage, within } from '../problem/outage.js';
import { EventStream } from './event-stream.js';
import { LineNames } from './line-names.js';
import { makeOverview } from './make-overview.js';
import type { Overview } from './overview.schema.js';
import { PictureReader } from './picture-reader.js';

const TICK_MS = 1_000;
const READ_LIMIT_MS = 5_000;

/** Makes the overview once a second, whoever asks: for the page, for the stream and for the alarms. */
@Injectable()
export class LiveOverview implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('api');
  private latest: Promise<Overview> | undefined;
  private pending: Promise<Overview> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private bug: string | undefined;

  constructor(
    @Inject(CONTEXT) private readonly context: PlatformContext,
    private readonly reader: PictureReader,
    private readonly names: LineNames,
    private readonly desk: AlarmDesk,
    private readonly losses: LossBook,
    private readonly stream: EventStream,
  ) {}

  /** The last overview, at most about a second old. Rejects with an outage while the database is away. */
  get(): Promise<Overview> {
    return this.latest ?? this.refresh();
  }

  /** Someone changed something: the next picture is made at once, so that they see it. Never rejects. */
  async changed(): Promise<void> {
    await this.pending?.catch(() => undefined);
    await this.tick();
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.tick(), TICK_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.pending?.catch(() => undefined);
  }

  private async tick(): Promise<void> {
    if (this.pending) return;
    try {
      const overview = await this.refresh();
      this.stream.publish('overview', overview);
      this.bug = undefined;
    } catch (error) {
      this.stream.publish('degraded', { detail: 'The database does not answer; this is the last picture.' });
      this.report(error);
    }
  }

  private refresh(): Promise<Overview> {
    this.pending ??= within(READ_LIMIT_MS, 'The database', this.make()).finally(() => {
      this.latest = this.pending;
      this.pending = undefined;
    });
    return this.pending;
  }

  private async make(): Promise<Overview> {
    const picture = await this.reader.read();
    const points = packPoints(this.context.pack, picture);
    const overview = makeOverview(this.context.pack, picture, points, (id) => this.names.lineName(id));
    const losses = await this.losses.advance(overview.gateways, picture.now);
    const live = readLivePicture(await this.context.store.operations.getState(LIVE_PICTURE));
    const vehicles = listTroubles(live, picture.now);
    const conditions = evaluateConditions(alarmInputs(overview, { ...picture, packPoints: points, losses, vehicles }));
    // While nobody has told the time it is the wall's, by which everything may seem to be months old.
    const alarms =
      picture.clock.state === 'unknown' ? await this.desk.list() : await this.desk.advance(conditions, picture.now);
    return { ...overview, alarms: [...alarms] };
  }

  /** An outage is seen on the page and in /health/ready; a bug is logged once until it changes. */
  private report(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (isOutage(error) || text === this.bug) return;
    this.bug = text;
    this.logger.error(text);
  }
}
