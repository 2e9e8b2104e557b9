import type { Kysely } from 'kysely';
import type { readModels } from './read-models.js';
import type { TablesOf } from './table.js';

/** The tables of one version of the read models, as queries see them. */
export type ReadTables = TablesOf<(typeof readModels)[number]['tables'][number]>;

/** One version of the read models, for queries. */
export type ReadDatabase = Kysely<ReadTables>;
