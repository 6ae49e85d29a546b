import { Module, type DynamicModule } from '@nestjs/common';
import type { Blobs, Rooms, RoomStore } from '@bytechat/rooms';
import { BlobEvents } from './chat/blobs/blob-events.ts';
import { Bus } from './chat/bus.ts';
import { ChatGateway } from './chat/chat.gateway.ts';
import { Connections } from './chat/connections.ts';
import { Entrance } from './chat/entrance.ts';
import { FanOut } from './chat/fan-out.ts';
import { Sessions } from './chat/sessions.ts';
import type { GatewayConfig } from '@bytechat/config';
import type { ProxyTrust } from './edge/address.ts';
import { SlowReaders } from './edge/slow-readers.ts';
import { WireExceptionFilter } from './edge/wire-exception.filter.ts';
import { HttpExceptionFilter } from './http/http-exception.filter.ts';
import { Readiness } from './http/readiness.ts';
import { RoomInfoController } from './http/room-info.controller.ts';
import { ConnectionLeases } from './lifecycle/connection-leases.ts';
import { Sweeper } from './lifecycle/sweeper.ts';
import type { Log } from './logging/log.ts';
import type { Metrics } from './metrics/metrics.ts';
import { Presence } from './presence/presence.ts';
import type { AdapterConnections } from './store/adapter-connections.ts';
import type { Timings } from './timings.ts';
import {
  ADAPTER_CONNECTIONS,
  BLOBS,
  CONFIG,
  LOG,
  METRICS,
  PROXY_TRUST,
  ROOM_STORE,
  ROOMS,
  TIMINGS,
} from './tokens.ts';

/** What stands before Nest starts. */
export interface Foundations {
  config: GatewayConfig;
  log: Log;
  metrics: Metrics;
  timings: Timings;
  trust: ProxyTrust;
  store: RoomStore;
  closeStore: () => Promise<void>;
  rooms: Rooms;
  blobs: Blobs;
  adapterConnections: AdapterConnections | undefined;
}

@Module({})
export class AppModule {
  static on(foundations: Foundations): DynamicModule {
    return {
      module: AppModule,
      controllers: [RoomInfoController],
      providers: [
        { provide: CONFIG, useValue: foundations.config },
        { provide: LOG, useValue: foundations.log },
        { provide: METRICS, useValue: foundations.metrics },
        { provide: TIMINGS, useValue: foundations.timings },
        { provide: PROXY_TRUST, useValue: foundations.trust },
        { provide: ROOM_STORE, useValue: foundations.store },
        { provide: BLOBS, useValue: foundations.blobs },
        { provide: ROOMS, useValue: foundations.rooms },
        { provide: ADAPTER_CONNECTIONS, useFactory: () => foundations.adapterConnections },
        BlobEvents,
        Bus,
        ChatGateway,
        ConnectionLeases,
        Connections,
        Entrance,
        FanOut,
        HttpExceptionFilter,
        Presence,
        Readiness,
        Sessions,
        SlowReaders,
        Sweeper,
        WireExceptionFilter,
      ],
    };
  }
}
