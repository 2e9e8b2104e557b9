import { milestones } from './milestones/fold.js';
import { periods } from './periods/fold.js';
import { publications } from './publications/fold.js';
import type { ReadModel } from './read-model.js';
import { reports } from './reports/fold.js';
import { scales } from './scales/fold.js';
import { statements } from './statements/fold.js';
import { summaries } from './summaries/fold.js';

/** Every read model, in the order in which a batch passes them. A later one may read what an earlier one wrote. */
export const readModels: readonly ReadModel[] = [
  statements,
  scales,
  periods,
  summaries,
  milestones,
  reports,
  publications,
];
