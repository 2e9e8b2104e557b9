import Type, { type Static } from 'typebox';
import { CivilDate, closed, Key, Label, nullable, FreeText, SubjectKind } from './primitives.js';

/** A reporting period. Its reference date (peildatum) never changes. */
export const PeriodDefined = Type.Object(
  { key: Key, label: Label, referenceDate: CivilDate, assumption: nullable(FreeText) },
  closed,
);
export type PeriodDefined = Static<typeof PeriodDefined>;

/** The question whose answer is a table of counts: one scale, or one scale against another, for some of the subjects. */
export const Tabulation = Type.Object(
  {
    subjects: SubjectKind,
    rows: Key,
    columns: nullable(Key),
    where: Type.Array(Type.Object({ scale: Key, in: Type.Array(Key, { minItems: 1 }) }, closed)),
  },
  closed,
);
export type Tabulation = Static<typeof Tabulation>;

const Count = Type.Integer({ minimum: 0 });

/** A tabulation with its cells as rebuilt at one moment. `column` is null where the tabulation has one scale. */
export const Tabulated = Type.Object(
  {
    question: Tabulation,
    cells: Type.Array(Type.Object({ row: Key, column: nullable(Key), count: Count }, closed)),
    unassessed: Count,
    unplaced: Count,
  },
  closed,
);
export type Tabulated = Static<typeof Tabulated>;

/**
 * The last event of its append: it pins the log position at which the period's tables were published, and keeps the cells
 * as they were rebuilt then, so that a later rebuild can be held against them.
 */
export const PeriodPublished = Type.Object(
  { period: Key, referenceDate: CivilDate, tables: Type.Array(Tabulated, { maxItems: 200 }) },
  closed,
);
export type PeriodPublished = Static<typeof PeriodPublished>;

export const periodStream = (key: string) => `period-${key}`;
