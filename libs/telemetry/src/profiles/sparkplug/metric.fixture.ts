import sparkplug from 'sparkplug-payload';
import protobuf from 'sparkplug-payload/lib/sparkplugPayloadProto.js';

const { Payload } = protobuf.org.eclipse.tahu.protobuf;

type WirePayload = NonNullable<Parameters<typeof Payload.encode>[0]>;

/** A payload field by field: without datatypes, as data messages mostly are. */
export const wirePayload = (payload: WirePayload): Uint8Array => Payload.encode(payload).finish();

const codec = sparkplug.get('spBv1.0');
if (!codec) throw new Error('sparkplug-payload does not know spBv1.0.');

/** A payload as the package's publishers write it, datatypes by name. */
export const { encodePayload, decodePayload } = codec;
