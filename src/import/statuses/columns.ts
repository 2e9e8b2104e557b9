import type { SubjectKind } from '../../../events/primitives.js';
import { folded } from '../sheet/text.js';
import type { NamedBy } from './subjects.js';
import type { Vocabulary } from './vocabulary.js';

/** What a column is for. */
export type Role =
  | { readonly kind: 'SUBJECT'; readonly by: NamedBy }
  | { readonly kind: 'SCALE'; readonly scale: string }
  /** In sheets with one statement a row, where the scale is named in a cell. */
  | { readonly kind: 'SCALE_NAME' | 'LEVEL' }
  | { readonly kind: 'DAY' | 'PERIOD' | 'REASON' | 'BASIS' }
  | { readonly kind: 'EVIDENCE'; readonly part: 'title' | 'locator' | 'url' }
  /** A column that has no heading, and should have nothing in it. */
  | { readonly kind: 'NAMELESS' };

/** What columns other than those of scales may be called, in English and in Dutch. */
const words: readonly (readonly [role: Role, names: readonly string[]])[] = [
  [{ kind: 'SUBJECT', by: 'KEY' }, ['key', 'sleutel', 'id', 'code']],
  [{ kind: 'SUBJECT', by: 'NAME' }, ['name', 'naam']],
  [{ kind: 'SUBJECT', by: 'EITHER' }, ['subject', 'onderwerp']],
  [
    { kind: 'DAY' },
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

const ofSubject: Readonly<Record<SubjectKind, readonly string[]>> = {
  REGION: ['region', 'regio', 'regionaam', 'region name'],
  PROJECT: ['project', 'projectnaam', 'project name'],
};

/** Reserved scales that a sheet may state; the others are stated by registering, naming and retiring. */
const reserved: Readonly<Record<SubjectKind, Readonly<Record<string, readonly string[]>>>> = {
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
  names.some((name) => folded(name) === folded(text));

/** The kinds of subject that such a column is identified by; null where it says nothing of that. */
export const kindNamedBy = (heading: string): SubjectKind | null =>
  isAmong(heading, ofSubject.PROJECT) ? 'PROJECT' : isAmong(heading, ofSubject.REGION) ? 'REGION' : null;

/** The scale that is called this, by key or label, as far as it applies to such subjects. */
export function scaleCalled(text: string, kind: SubjectKind, { scales }: Pick<Vocabulary, 'scales'>): string | null {
  for (const [scale, names] of Object.entries(reserved[kind])) if (isAmong(text, names)) return scale;
  for (const { key, label, subjectKind } of scales.values()) {
    if (subjectKind === kind && isAmong(text, [key, label.nl, label.en ?? key])) return key;
  }
  return null;
}

/** What a column with that heading is for, in a sheet about such subjects. Null: for people only. */
export function roleOf(heading: string, kind: SubjectKind, vocabulary: Pick<Vocabulary, 'scales'>): Role | null {
  if (folded(heading) === '') return null;
  const scale = scaleCalled(heading, kind, vocabulary);
  if (scale !== null) return { kind: 'SCALE', scale };
  if (isAmong(heading, ofSubject[kind])) return { kind: 'SUBJECT', by: 'EITHER' };
  return words.find(([, names]) => isAmong(heading, names))?.[0] ?? null;
}

/** The keys of the scales that a sheet about such subjects may have, for messages and templates. */
export const scalesFor = (kind: SubjectKind, { scales }: Pick<Vocabulary, 'scales'>): string[] => [
  ...[...scales.values()]
    .filter(({ key, subjectKind }) => subjectKind === kind && key !== 'care-office')
    .map(({ key }) => key),
  ...Object.keys(reserved[kind]),
];
