import { createHash } from 'node:crypto';
import type { Json } from '../events/envelope.js';

/**
 * UUIDv7s (RFC 9562) that are the same at every build of a data set, so that loading it twice loads it once. The time is
 * that of the recording, and a digest of the event takes the place of the random bits. Events with equal content are
 * numbered, and the number is part of the digest, so that adding other events changes no id.
 */
export function deterministicIds(): (recordedAt: string, stream: string, type: string, data: Json) => string {
  const equals = new Map<string, number>();
  return (recordedAt, stream, type, data) => {
    const content = JSON.stringify([recordedAt, stream, type, data]);
    const ordinal = equals.get(content) ?? 0;
    equals.set(content, ordinal + 1);
    const digest = createHash('sha256')
      .update(JSON.stringify([stream, type, data, ordinal]))
      .digest('hex');
    const time = Date.parse(recordedAt).toString(16).padStart(12, '0');
    // The variant's two bits are 10: of the hex digit that holds them, two bits are left.
    const variant = (8 + (Number.parseInt(digest.slice(3, 4), 16) % 4)).toString(16);
    return [
      time.slice(0, 8),
      time.slice(8),
      `7${digest.slice(0, 3)}`,
      variant + digest.slice(4, 7),
      digest.slice(7, 19),
    ].join('-');
  };
}
