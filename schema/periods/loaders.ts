import { allPeriods } from '../../projections/periods/queries.js';
import { oncePerRequest, sameKey } from '../loaders.js';

/** The periods that are defined by a position, by reference date. */
export const periodsDefinedBy = oncePerRequest((position: number, { read }) => allPeriods(read, position), sameKey);
