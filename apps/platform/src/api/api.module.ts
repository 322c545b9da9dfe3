import { Module } from '@nestjs/common';

import { HealthModule } from '../health/health.module.js';
import { JobsModule } from '../simulate/jobs.module.js';
import { AlarmDesk } from './alarms/alarm-desk.js';
import { AlarmsController } from './alarms/alarms.controller.js';
import { LossBook } from './alarms/loss-book.js';
import { DevicesController } from './devices/devices.controller.js';
import { AsyncApiController } from './docs/asyncapi.controller.js';
import { EnergyController } from './energy/energy.controller.js';
import { EnergyReader } from './energy/energy-reader.js';
import { LoginController } from './entrance/login.controller.js';
import { GtfsController } from './gtfs/gtfs.controller.js';
import { LIVE_TRANSPORT } from './gtfs/live-transport.js';
import { RealtimeDesk } from './gtfs/realtime-desk.js';
import { ScheduleDesk } from './gtfs/schedule-desk.js';
import { LedgerController } from './ledger/ledger.controller.js';
import { LinesController } from './lines/lines.controller.js';
import { EventStream } from './live/event-stream.js';
import { LineNames } from './live/line-names.js';
import { LiveOverview } from './live/live-overview.js';
import { OverviewController } from './live/overview.controller.js';
import { PictureReader } from './live/picture-reader.js';
import { PointDirectory } from './live/point-directory.js';
import { NetworkController } from './network/network.controller.js';
import { OverridesController } from './overrides/overrides.controller.js';
import { PlanDesk } from './plans/plan-desk.js';
import { PlansController } from './plans/plans.controller.js';
import { RoadsController } from './roads/roads.controller.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SimulationDesk } from './simulations/simulation-desk.js';
import { SimulationsController } from './simulations/simulations.controller.js';
import { LineLiveController } from './vehicles/line-live.controller.js';
import { LivePictureReader } from './vehicles/live-picture-reader.js';
import { StoredPicture } from './vehicles/stored-picture.js';
import { VehiclesController } from './vehicles/vehicles.controller.js';
import { VenuesController } from './venues/venues.controller.js';

/** The api role: what people and programs read and write over HTTP. It reads the store only, so that roles may be separate processes. */
@Module({
  imports: [HealthModule, JobsModule],
  controllers: [
    OverviewController,
    VenuesController,
    LinesController,
    NetworkController,
    VehiclesController,
    LineLiveController,
    PlansController,
    OverridesController,
    EnergyController,
    RoadsController,
    SessionsController,
    AlarmsController,
    DevicesController,
    LoginController,
    AsyncApiController,
    GtfsController,
    SimulationsController,
    LedgerController,
  ],
  providers: [
    PointDirectory,
    LineNames,
    PictureReader,
    EnergyReader,
    { provide: EventStream, useFactory: () => new EventStream() },
    AlarmDesk,
    LossBook,
    LiveOverview,
    PlanDesk,
    ScheduleDesk,
    RealtimeDesk,
    { provide: LIVE_TRANSPORT, useClass: StoredPicture },
    LivePictureReader,
    SimulationDesk,
  ],
})
export class ApiModule {}
