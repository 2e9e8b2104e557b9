import type { SubjectKind } from '../../../events/primitives.js';
import { foldText } from '../sheet/cell-text.js';
import type { IdentifiedBy } from './subject-index.js';
import type { ReferenceData } from './reference-data.js';

/** What a column holds. */
export type ColumnRole =
  | { readonly kind: 'SUBJECT'; readonly by: IdentifiedBy }
  | { readonly kind: 'SCALE'; readonly scale: string }
  /** In sheets with one statement a row, where the scale is named in a cell. */
  | { readonly kind: 'SCALE_NAME' | 'LEVEL' }
  | { readonly kind: 'DATE' | 'PERIOD' | 'REASON' | 'BASIS' }
  | { readonly kind: 'EVIDENCE'; readonly part: 'title' | 'locator' | 'url' }
  /** A column that has no heading, and should have nothing in it. */
  | { readonly kind: 'NAMELESS' };

/** What columns other than those of scales may be called, in English and in Dutch. */
const headingsByRole: readonly (readonly [role: ColumnRole, names: readonly string[]])[] = [
  [{ kind: 'SUBJECT', by: 'KEY' }, ['key', 'sleutel', 'id', 'code']],
  [{ kind: 'SUBJECT', by: 'NAME' }, ['name', 'naam']],
  [{ kind: 'SUBJECT', by: 'EITHER' }, ['subject', 'onderwerp']],
  [
    { kind: 'DATE' },
    ['effective on', 'geldig op', 'geldig vanaf', 'date', 'datum', 'peildatum', 'reference date', 'ingangsdatum'],
  ],
  [{ kind: 'PERIOD' }, ['period', 'periode']],
  [{ kind: 'REASON' }, ['reason', 'reden']],
  [{ kind: 'BASIS' }, ['basis', 'grondslag']],
  [{ kind: 'EVIDENCE', part: 'title' }, ['evidence', 'bewijs', 'source', 'bron']],
  [{ kind: 'EVIDENCE', part: 'locator' }, ['locator', 'vindplaats']],
  [{ kind: 'EVIDENCE', part: 'url' }, ['url', 'link']],
  [{ kind: 'SCALE_NAME' }, ['scale', 'schaal']],
  [{ kind: 'LEVEL' }, ['level', 'niveau']],
];

const subjectHeadings: Readonly<Record<SubjectKind, readonly string[]>> = {
  REGION: ['region', 'regio', 'regionaam', 'region name'],
  PROJECT: ['project', 'projectnaam', 'project name'],
};

/** Reserved scales that a sheet may state; the others are stated by registering, naming and retiring. */
const reservedScaleHeadings: Readonly<Record<SubjectKind, Readonly<Record<string, readonly string[]>>>> = {
  REGION: {
    'care-office': ['care-office', 'care office', 'zorgkantoor', 'concessiehouder'],
    parent: ['parent', 'parent region', 'bovenliggende regio'],
  },
  PROJECT: {
    'care-office': ['care-office', 'care office', 'zorgkantoor', 'concessiehouder'],
    // In a sheet of projects, a region is where they are carried out.
    regions: ['regions', "regio's", 'regios', 'region', 'regio'],
  },
};

const isAmong = (text: string, names: readonly string[]): boolean =>
  names.some((name) => foldText(name) === foldText(text));

/** The kind of subject that a column with this heading names; null where the heading names none. */
export const subjectKindOfHeading = (heading: string): SubjectKind | null =>
  isAmong(heading, subjectHeadings.PROJECT) ? 'PROJECT' : isAmong(heading, subjectHeadings.REGION) ? 'REGION' : null;

/** The key of the scale with this key or label, among the scales of this kind of subject. */
export function findScale(text: string, kind: SubjectKind, { scales }: Pick<ReferenceData, 'scales'>): string | null {
  for (const [scale, names] of Object.entries(reservedScaleHeadings[kind])) if (isAmong(text, names)) return scale;
  for (const { key, label, subjectKind } of scales.values()) {
    if (subjectKind === kind && isAmong(text, [key, label.nl, label.en ?? key])) return key;
  }
  return null;
}

/** The role of a column with this heading, in a sheet about this kind of subject. Null for columns that the import ignores. */
export function columnRole(
  heading: string,
  kind: SubjectKind,
  referenceData: Pick<ReferenceData, 'scales'>,
): ColumnRole | null {
  if (foldText(heading) === '') return null;
  const scale = findScale(heading, kind, referenceData);
  if (scale !== null) return { kind: 'SCALE', scale };
  if (isAmong(heading, subjectHeadings[kind])) return { kind: 'SUBJECT', by: 'EITHER' };
  return headingsByRole.find(([, names]) => isAmong(heading, names))?.[0] ?? null;
}

/** The keys of the scales that a sheet about such subjects may have, for messages and templates. */
export const scaleKeysFor = (kind: SubjectKind, { scales }: Pick<ReferenceData, 'scales'>): string[] => [
  ...[...scales.values()]
    .filter(({ key, subjectKind }) => subjectKind === kind && key !== 'care-office')
    .map(({ key }) => key),
  ...Object.keys(reservedScaleHeadings[kind]),
];
