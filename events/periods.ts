import { Type, type Static } from 'typebox';
import { defineEvent } from './define-event.js';
import { firstVersion } from './schema-versions.js';
import { namedBy } from './home-stream.js';
import { CivilDate, closed, FreeText, Key, Label, nullable, optionalGrounds } from './primitives.js';

export const periodStream = (key: string) => `period-${key}`;

export const PeriodDefined = defineEvent('PeriodDefined', {
  meaning: 'There is a reporting period. Its reference date (peildatum) never changes.',
  versions: firstVersion(
    Type.Object(
      { key: Key, label: Label, referenceDate: CivilDate, assumption: nullable(FreeText), ...optionalGrounds },
      closed,
    ),
  ),
  home: namedBy(periodStream, 'key'),
});

/**
 * A cell and how many subjects were in it. The cell is written as in formulas, in its one spelling (see
 * events/formula/cell-reference.ts): 'regions[agreements=4]@2020-10'.
 */
export const CountedCell = Type.Object({ cell: FreeText, count: Type.Integer({ minimum: 0 }) }, closed);
export type CountedCell = Static<typeof CountedCell>;

/**
 * The last event of its append: it pins the log position at which the period's tables were published, and keeps the cells
 * as they were rebuilt then, so that a later rebuild can be held against them.
 */
export const PeriodPublished = defineEvent('PeriodPublished', {
  meaning: 'The tables of a period were published, with these counts, as the log stood then.',
  versions: firstVersion(
    Type.Object(
      {
        period: Key,
        referenceDate: CivilDate,
        cells: Type.Array(CountedCell, { maxItems: 20_000 }),
        ...optionalGrounds,
      },
      closed,
    ),
  ),
  home: namedBy(periodStream, 'period'),
});
