import { scalesAt } from '../../projections/scales/queries.js';
import { oncePerRequest, sameKey } from '../loaders.js';

/** The scales that are defined by a position, in order of definition. */
export const scalesDefinedBy = oncePerRequest((position: number, { read }) => scalesAt(read, position), sameKey);
