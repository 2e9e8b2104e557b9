import type { Evidence } from '../../../events/primitives.js';
import type { StatementRow } from '../../commands/bulk/row.js';
import type { SheetRow } from '../sheet/sheet.js';
import { isEmptyCell, cellText } from '../sheet/cell-text.js';
import { findScale, scaleKeysFor, type ColumnRole } from './column-role.js';
import { abbreviateList } from './abbreviate-list.js';
import { ok, refuse, type Result } from './result.js';
import type { Column, Layout } from './layout.js';
import {
  readRowBasis,
  readEffectiveDate,
  refuseStrayCell,
  readSubject,
  readText,
  type Defaults,
  type FieldRefusal,
} from './row-fields.js';
import { newLevelReader } from './level-reader.js';
import { newSubjectIndex } from './subject-index.js';
import type { ReferenceData } from './reference-data.js';

/** A filled cell, and the statement that it makes. */
export interface CellStatement {
  /** As the spreadsheet program counts. */
  readonly line: number;
  readonly column: Column;
  /** What the cell holds. */
  readonly value: string;
  /** Null: not decided, since another cell of the row is refused. */
  readonly parsed: Result<StatementRow> | null;
}

/** Makes the function that reads the rows below the headings: one statement for each filled cell with a level. */
export function newRowReader(
  layout: Layout,
  referenceData: ReferenceData,
  defaults: Defaults,
): (row: SheetRow) => CellStatement[] {
  const { kind, form, columns } = layout;
  const subjects = newSubjectIndex(kind, referenceData);
  const readLevel = newLevelReader(referenceData);
  const evidences = new Map<string, readonly Evidence[]>();
  const column = (wanted: ColumnRole['kind']): Column | undefined => columns.find(({ role }) => role.kind === wanted);
  const identifying = (['KEY', 'EITHER', 'NAME'] as const).flatMap((by) =>
    columns.filter(({ role }) => role.kind === 'SUBJECT' && role.by === by),
  );
  const stating =
    form === 'WIDE'
      ? columns.filter(({ role }) => role.kind === 'SCALE')
      : columns.filter(({ role }) => role.kind === 'LEVEL');

  /** Equal evidence is one object: the rows of a large sheet mostly share theirs. */
  function evidenceOf(row: SheetRow): readonly Evidence[] {
    const part = (wanted: 'title' | 'locator' | 'url'): string | null => {
      const place = columns.find(({ role }) => role.kind === 'EVIDENCE' && role.part === wanted);
      return (place && cellText(row.cells[place.index])) || null;
    };
    const title = part('title') ?? defaults.evidence?.title ?? null;
    const locator = part('locator') ?? defaults.evidence?.locator ?? null;
    const url = part('url') ?? defaults.evidence?.url ?? null;
    const name = JSON.stringify([title, locator, url]);
    const known = evidences.get(name);
    if (known) return known;
    const made =
      title === null && locator === null && url === null
        ? []
        : [{ title: title ?? locator ?? url ?? '', locator, url }];
    evidences.set(name, made);
    return made;
  }

  function scaleIn(row: SheetRow, { role }: Column): Result<string> {
    if (role.kind === 'SCALE') return ok(role.scale);
    const place = column('SCALE_NAME');
    const text = cellText(place && row.cells[place.index]);
    const scale = findScale(text, kind, referenceData);
    return scale === null
      ? refuse(
          'UNKNOWN_SCALE',
          `'${text}' is no scale of ${kind.toLowerCase()}s. Accepted are ${abbreviateList(scaleKeysFor(kind, referenceData))}.`,
        )
      : ok(scale);
  }

  return (row) => {
    const filled = stating.filter(({ index }) => !isEmptyCell(row.cells[index]));
    if (filled.length === 0) return [];
    const line = row.number;
    const entry = (at: Column, parsed: CellStatement['parsed']): CellStatement => ({
      line,
      column: at,
      value: cellText(row.cells[at.index]),
      parsed,
    });
    const refusedRow = (stops: readonly FieldRefusal[]): CellStatement[] => [
      ...stops.map(({ column: at, result }) => entry(at, result)),
      ...filled.map((at) => entry(at, null)),
    ];

    const stray = refuseStrayCell(row, layout.isHeaded);
    if (stray) return refusedRow([stray]);
    const subject = readSubject(row, identifying, subjects);
    const day = readEffectiveDate(row, column('DATE'), column('PERIOD'), defaults, referenceData, filled);
    const basis = readRowBasis(row, column('BASIS'), defaults);
    const reason = readText(row, column('REASON'), defaults.reason);
    if ('column' in subject || 'column' in day || 'column' in basis || 'column' in reason) {
      return refusedRow([subject, day, basis, reason].filter((each): each is FieldRefusal => 'column' in each));
    }
    const evidence = evidenceOf(row);
    return filled.map((at) => {
      const scale = scaleIn(row, at);
      if ('refusal' in scale) return entry(at, scale);
      const level = readLevel(scale.value, row.cells[at.index] ?? null);
      if ('refusal' in level) return entry(at, level);
      return entry(
        at,
        ok({
          line,
          stream: subject.value,
          scale: scale.value,
          level: level.value,
          effectiveOn: day.value,
          basis: basis.value,
          reason: reason.value,
          evidence,
        }),
      );
    });
  };
}
