import type { Label, SubjectKind } from '../../../events/primitives.js';
import { subjectOfStream } from '../../../events/streams.js';
import { versionsOn, type SubjectView } from '../../commands/write-model/write-model.js';
import { existsOn } from '../../../events/lifetime.js';
import { readHistory } from '../../commands/execution/history.js';
import type { EventStore } from '../../event-store/port.js';
import { newLevelParser } from './level-parser.js';
import { PREFILLED_MARKER } from './prefilled.js';
import type { KnownScale, ReferenceData } from './reference-data.js';

export type TemplateLanguage = 'nl' | 'en';

export interface TemplateOptions {
  readonly kind: SubjectKind;
  /** The subjects that exist on this date are listed, and it is filled in as the date from which levels hold. */
  readonly effectiveOn: string;
  /** Fill in the levels that hold on that date, as far as is known. */
  readonly prefilled: boolean;
  readonly language: TemplateLanguage;
}

/** A sheet to be filled in. Rows of texts; the date is in column `dayColumn` of each row. */
export interface Template {
  /** Rows above the headings. The import reads one of them: the comment that the sheet was prefilled. */
  readonly comments: readonly string[];
  readonly headings: readonly string[];
  readonly dateColumn: number;
  readonly rows: readonly (readonly string[])[];
  /** The table of accepted levels: its headings, then its rows. */
  readonly levels: readonly (readonly string[])[];
}

const texts = {
  nl: {
    headings: ['sleutel', 'naam', 'geldig op'],
    reason: 'reden',
    levels: ['schaal', 'sleutel', 'rang', 'niveau', 'toelichting'],
    prefilled: (day: string) =>
      `${PREFILLED_MARKER} ${day}: ingevuld met wat bekend is. Wat u laat staan wordt niet opnieuw vastgelegd. Haal deze regel weg als u elk niveau zelf hebt vastgesteld.`,
  },
  en: {
    headings: ['key', 'name', 'effective on'],
    reason: 'reason',
    levels: ['scale', 'key', 'rank', 'level', 'definition'],
    prefilled: (day: string) =>
      `${PREFILLED_MARKER} ${day}: filled in with what is known. What you leave as it is will not be recorded again. Remove this line if you assessed every level yourself.`,
  },
} as const;

const BATCH_STREAM_COUNT = 200;

/** A sheet with every subject of a kind that exists on a date, and a column for each of its scales. */
export async function buildTemplate(
  log: Pick<EventStore, 'readStream'>,
  referenceData: ReferenceData,
  { kind, effectiveOn, prefilled, language }: TemplateOptions,
): Promise<Template> {
  const scales = [...referenceData.scales.values()].filter(
    ({ key, subjectKind }) => subjectKind === kind && key !== 'care-office',
  );
  const { headings, reason, levels, prefilled: notice } = texts[language];
  const streams = [...referenceData.subjects.keys()].filter((stream) => subjectOfStream(stream)?.kind === kind);
  const rows: string[][] = [];
  for (let from = 0; from < streams.length; from += BATCH_STREAM_COUNT) {
    const batch = streams.slice(from, from + BATCH_STREAM_COUNT);
    const { model } = await readHistory(log, batch, false);
    for (const stream of batch) {
      const subject = model.subject(stream);
      if (!subject || !existsOn(subject.lifetime, effectiveOn)) continue;
      const cells = scales.map((scale) => (prefilled ? levelText(subject, scale, effectiveOn, language) : ''));
      rows.push([subject.key, valueOn(subject, 'name', effectiveOn) ?? '', effectiveOn, ...cells, '']);
    }
  }
  rows.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return {
    comments: prefilled ? [notice(effectiveOn)] : [],
    headings: [...headings, ...scales.map(({ label }) => inLanguage(label, language)), reason],
    dateColumn: headings.length - 1,
    rows,
    levels: [[...levels], ...scales.flatMap((scale) => levelRows(scale, language))],
  };
}

const inLanguage = ({ nl, en }: Label, language: TemplateLanguage): string => (language === 'en' ? (en ?? nl) : nl);

const valueOn = (subject: SubjectView, scale: string, day: string): string | undefined =>
  versionsOn(subject, scale).findLast(({ effectiveOn }) => effectiveOn <= day)?.level;

/** The level as people call it, if reading that back gives the same level; else its key. */
function levelText(subject: SubjectView, scale: KnownScale, day: string, language: TemplateLanguage): string {
  const key = valueOn(subject, scale.key, day);
  const level = scale.levels.find((each) => each.key === key);
  if (!level) return '';
  const text = inLanguage(level.label, language);
  const read = newLevelParser(scale)(text);
  return 'value' in read && read.value === level.key ? text : level.key;
}

const levelRows = (scale: KnownScale, language: TemplateLanguage): string[][] =>
  scale.levels.map(({ key, label, definition }, index) => [
    inLanguage(scale.label, language),
    key,
    scale.kind === 'ORDINAL' ? String(index + 1) : '',
    inLanguage(label, language),
    definition ? inLanguage(definition, language) : '',
  ]);
