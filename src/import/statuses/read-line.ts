import type { Evidence } from '../../../events/primitives.js';
import type { StatementRow } from '../../commands/bulk/row.js';
import type { SheetRow } from '../sheet/sheet.js';
import { isEmpty, textOf } from '../sheet/text.js';
import { scaleCalled, scalesFor, type Role } from './columns.js';
import { found, listed, notFound, type Found } from './found.js';
import type { Column, Layout } from './layout.js';
import { basisIn, dayIn, strayIn, subjectIn, textIn, type Defaults, type Stopped } from './line-parts.js';
import { newLevelReader } from './stated-levels.js';
import { subjectsOf } from './subjects.js';
import type { Vocabulary } from './vocabulary.js';

/** Something that a cell says, as it is understood. */
export interface Entry {
  /** As the spreadsheet program counts. */
  readonly line: number;
  readonly column: Column;
  /** What the cell holds. */
  readonly value: string;
  /** Null: not decided, since something is refused that it depends on. */
  readonly meant: Found<StatementRow> | null;
}

/** Reads lines below the headings. Each filled cell that states a level becomes an entry; empty ones state nothing. */
export function newLineReader(layout: Layout, vocabulary: Vocabulary, defaults: Defaults): (row: SheetRow) => Entry[] {
  const { kind, form, columns } = layout;
  const subjects = subjectsOf(kind, vocabulary);
  const readLevel = newLevelReader(vocabulary);
  const evidences = new Map<string, readonly Evidence[]>();
  const column = (wanted: Role['kind']): Column | undefined => columns.find(({ role }) => role.kind === wanted);
  const identifying = (['KEY', 'EITHER', 'NAME'] as const).flatMap((by) =>
    columns.filter(({ role }) => role.kind === 'SUBJECT' && role.by === by),
  );
  const stating =
    form === 'WIDE'
      ? columns.filter(({ role }) => role.kind === 'SCALE')
      : columns.filter(({ role }) => role.kind === 'LEVEL');

  /** One and the same object for the same evidence: a hundred thousand lines mostly share it. */
  function evidenceOf(row: SheetRow): readonly Evidence[] {
    const part = (wanted: 'title' | 'locator' | 'url'): string | null => {
      const place = columns.find(({ role }) => role.kind === 'EVIDENCE' && role.part === wanted);
      return (place && textOf(row.cells[place.index])) || null;
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

  function scaleIn(row: SheetRow, { role }: Column): Found<string> {
    if (role.kind === 'SCALE') return found(role.scale);
    const place = column('SCALE_NAME');
    const text = textOf(place && row.cells[place.index]);
    const scale = scaleCalled(text, kind, vocabulary);
    return scale === null
      ? notFound(
          'UNKNOWN_SCALE',
          `'${text}' is no scale of ${kind.toLowerCase()}s. Accepted are ${listed(scalesFor(kind, vocabulary))}.`,
        )
      : found(scale);
  }

  return (row) => {
    const filled = stating.filter(({ index }) => !isEmpty(row.cells[index]));
    if (filled.length === 0) return [];
    const line = row.number;
    const entry = (at: Column, meant: Entry['meant']): Entry => ({
      line,
      column: at,
      value: textOf(row.cells[at.index]),
      meant,
    });
    const stopped = (stops: readonly Stopped[]): Entry[] => [
      ...stops.map(({ column: at, refused }) => entry(at, refused)),
      ...filled.map((at) => entry(at, null)),
    ];

    const stray = strayIn(row, layout.isHeaded);
    if (stray) return stopped([stray]);
    const subject = subjectIn(row, identifying, subjects);
    const day = dayIn(row, column('DAY'), column('PERIOD'), defaults, vocabulary, filled);
    const basis = basisIn(row, column('BASIS'), defaults);
    const reason = textIn(row, column('REASON'), defaults.reason);
    if ('column' in subject || 'column' in day || 'column' in basis || 'column' in reason) {
      return stopped([subject, day, basis, reason].filter((each): each is Stopped => 'column' in each));
    }
    const evidence = evidenceOf(row);
    return filled.map((at) => {
      const scale = scaleIn(row, at);
      if ('refused' in scale) return entry(at, scale);
      const level = readLevel(scale.value, row.cells[at.index] ?? null);
      if ('refused' in level) return entry(at, level);
      return entry(
        at,
        found({
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
