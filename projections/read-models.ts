import { milestones } from './milestones/fold.js';
import { periods } from './periods/fold.js';
import { publications } from './publications/fold.js';
import { reports } from './reports/fold.js';
import { scales } from './scales/fold.js';
import { statements } from './statements/fold.js';
import { summaries } from './summaries/fold.js';

/**
 * Every read model, in the order in which a batch of events passes them: a later one may read what an earlier one wrote. All that
 * speaks of several models follows from this list.
 */
export const readModels = [statements, scales, periods, summaries, milestones, reports, publications] as const;
