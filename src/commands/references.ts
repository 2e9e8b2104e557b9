import { regionKeys } from '../../events/reserved-scales.js';
import { scaleStream } from '../../events/scales.js';
import { organisationStream, regionStream } from '../../events/subjects.js';

/** The streams that a care office refers to, by its key. */
export const careOfficeStreams = (key: string | null): string[] =>
  key === null ? [] : [organisationStream(key), scaleStream('care-office')];

/** The streams that a level on a scale refers to: the scale's definition, or what its value is a key of. */
export function levelStreams(scale: string, level: string): string[] {
  switch (scale) {
    case 'care-office':
      return careOfficeStreams(level);
    case 'parent':
      return [regionStream(level)];
    case 'regions':
      return regionKeys(level).map(regionStream);
    default:
      return [scaleStream(scale)];
  }
}
