import bindings from 'gtfs-realtime-bindings';
import type { transit_realtime } from 'gtfs-realtime-bindings';

/** The messages of gtfs-realtime.proto as their generated types have them. */
export type WireMessage = transit_realtime.IFeedMessage;
export type WireEntity = transit_realtime.IFeedEntity;
export type WireTrip = transit_realtime.ITripDescriptor;
export type WireTripUpdate = transit_realtime.ITripUpdate;
export type WireStopUpdate = transit_realtime.TripUpdate.IStopTimeUpdate;
export type WireStopEvent = transit_realtime.TripUpdate.IStopTimeEvent;
export type WireVehicle = transit_realtime.IVehiclePosition;
export type WireVehicleDescriptor = transit_realtime.IVehicleDescriptor;
export type WireAlert = transit_realtime.IAlert;
export type WireText = transit_realtime.ITranslatedString;

export const { FeedHeader, FeedMessage, TripDescriptor, TripUpdate, VehiclePosition, Alert } =
  bindings.transit_realtime;
