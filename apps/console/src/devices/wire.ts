import type { PointCounts, PointState } from '../api/wire.js';

/** The documents of the API that the page reads, as they are on the wire (`/api/docs`). Instants are event time unless they say wall. */

export interface Sender {
  readonly venue: string;
  readonly id: string;
  readonly state: 'online' | 'offline' | 'unknown';
  /** Wall time. */
  readonly seen_ms: number | null;
  /** Its clock minus ours. */
  readonly clock_skew_s: number | null;
}

export interface GatewayDetail extends Sender {
  readonly buffered: number | null;
  readonly dropped: number | null;
}

export interface DeviceDetail extends Sender {
  readonly profile: string;
  readonly topic: string;
}

/** `/gateways` */
export interface Senders {
  readonly gateways: readonly GatewayDetail[];
  readonly devices: readonly DeviceDetail[];
}

export interface Point {
  readonly venue: string;
  readonly point: string;
  readonly kind: string;
  readonly unit: string;
  readonly source: string;
  readonly device: string | null;
  readonly profile: string | null;
  readonly interval_s: number;
  readonly last_seen_ms: number | null;
  readonly value: number | null;
  readonly quality: 'good' | 'uncertain' | 'bad' | null;
  readonly reasons: readonly string[];
  readonly state: PointState;
}

/** `/points` */
export interface PointList {
  readonly counts: PointCounts;
  readonly points: readonly Point[];
}

export interface Rejection {
  /** Wall time. */
  readonly at_ms: number;
  readonly topic: string;
  readonly code: string;
  readonly reason: string;
  readonly readings: number;
  readonly payload: { readonly encoding: 'text' | 'base64'; readonly text: string; readonly truncated: boolean };
}

/** `/rejected` */
export interface RejectedList {
  readonly last_hour: readonly { readonly code: string; readonly messages: number; readonly readings: number }[];
  readonly messages: readonly Rejection[];
}
