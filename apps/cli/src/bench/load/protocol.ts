import type { Pace } from './pace.js';

/** A gateway of the load, with the points that it reads. */
export interface LoadGateway {
  readonly venue: string;
  readonly gateway: string;
  readonly points: readonly string[];
  readonly unit: string;
}

export interface LoadSettings {
  readonly mqttUrl: string;
  readonly gateways: readonly LoadGateway[];
  readonly seed: number;
}

export interface LoadRun {
  readonly readingsPerMessage: number;
  readonly pace: Pace;
  readonly seconds: number;
  /** At the beginning, not measured. */
  readonly warmUpSeconds: number;
}

export interface LoadResult {
  /** Readings handed to the broker. */
  readonly published: number;
  readonly messages: number;
  /** Receipted in the measured time, a second. */
  readonly messagesPerSecond: number;
  readonly readingsPerSecond: number;
  /** From publish to receipt, of messages published in the measured time. */
  readonly delayP50Ms: number;
  readonly delayP99Ms: number;
  /** Readings without a receipt when publishing ended, those that a rate was behind included. */
  readonly backlog: number;
}

/** To the generator. */
export type LoadCommand =
  { readonly kind: 'connect'; readonly settings: LoadSettings } | { readonly kind: 'run'; readonly run: LoadRun };

/** From it. */
export type LoadAnswer =
  | { readonly kind: 'connected' }
  | { readonly kind: 'done'; readonly result: LoadResult }
  | { readonly kind: 'failed'; readonly message: string };
