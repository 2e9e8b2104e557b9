import { subjectOfStream, type AnySubjectKind } from '../../../events/streams.js';
import { foldText, normalizeText } from '../sheet/cell-text.js';
import { abbreviateList } from './abbreviate-list.js';
import { ok, refuse, type Result } from './result.js';
import type { ReferenceData } from './reference-data.js';

/** Whether a text has to be a key, a name, or may be either. */
export type IdentifiedBy = 'KEY' | 'NAME' | 'EITHER';

/** Finds subjects of one kind by what people call them. */
export interface SubjectIndex {
  /** The stream of the subject that the text means. */
  find(text: string, by: IdentifiedBy): Result<string>;
  /** Whether the subject bears that name at some date. */
  hasName(stream: string, name: string): boolean;
}

const kindNames: Readonly<Record<AnySubjectKind, string>> = {
  REGION: 'region',
  PROJECT: 'project',
  ORGANISATION: 'organisation',
};

const add = (index: Map<string, string[]>, text: string, stream: string): void => {
  const known = index.get(text);
  if (!known) index.set(text, [stream]);
  else if (!known.includes(stream)) known.push(stream);
};

const keyOf = (stream: string): string => subjectOfStream(stream)?.key ?? stream;

const both = (some: readonly string[] = [], others: readonly string[] = []): readonly string[] | undefined => {
  const all = [...new Set([...some, ...others])];
  return all.length === 0 ? undefined : all;
};

/** The subjects of a kind, indexed once for all rows. */
export function newSubjectIndex(kind: AnySubjectKind, { subjects }: Pick<ReferenceData, 'subjects'>): SubjectIndex {
  const keys = new Map<string, string[]>();
  const foldedKeys = new Map<string, string[]>();
  const names = new Map<string, string[]>();
  const foldedNames = new Map<string, string[]>();
  for (const [stream, borne] of subjects) {
    if (subjectOfStream(stream)?.kind !== kind) continue;
    add(keys, keyOf(stream), stream);
    add(foldedKeys, foldText(keyOf(stream)), stream);
    for (const name of borne) {
      add(names, normalizeText(name), stream);
      add(foldedNames, foldText(name), stream);
    }
  }

  /** Candidates by each way of reading the text, the most exact way first. The first way with candidates decides. */
  function readings(text: string, by: IdentifiedBy): (readonly string[] | undefined)[] {
    const byKey = [keys.get(text), foldedKeys.get(foldText(text))];
    const byName = [names.get(text), foldedNames.get(foldText(text))];
    if (by === 'KEY') return byKey;
    // A key of one subject may be a name of another: both are candidates.
    return by === 'NAME' ? byName : [both(byKey[0], byName[0]), both(byName[1], byKey[1])];
  }

  return {
    find(text, by) {
      const streams = readings(text, by).find((candidates) => candidates !== undefined) ?? [];
      const [stream] = streams;
      if (stream !== undefined && streams.length === 1) return ok(stream);
      if (streams.length > 1) {
        const candidates = streams.map((each) => `'${keyOf(each)}'`).join(', ');
        return refuse(
          'AMBIGUOUS_SUBJECT',
          `More than one ${kindNames[kind]} is called '${text}'. Use the key: ${candidates}.`,
        );
      }
      const close = similarNames(text, keys.keys(), names.keys());
      const hint = close.length === 0 ? '' : ` Close to it: ${abbreviateList(close)}.`;
      const accepted = { KEY: 'the key', NAME: 'the name', EITHER: 'the key or name' }[by];
      return refuse(
        'UNKNOWN_SUBJECT',
        `Accepted is ${accepted} of a registered ${kindNames[kind]}, and '${text}' is none.${hint}`,
      );
    },
    hasName: (stream, name) => foldedNames.get(foldText(name))?.includes(stream) ?? false,
  };
}

/** Up to five names that share their beginning with the text, contain it or are part of it. */
function similarNames(text: string, ...names: readonly Iterable<string>[]): string[] {
  const wanted = foldText(text);
  if (wanted === '') return [];
  const close = new Set<string>();
  for (const each of names) {
    for (const name of each) {
      const candidate = foldText(name);
      const alike =
        candidate.startsWith(wanted.slice(0, 5)) ||
        candidate.includes(wanted) ||
        (candidate.length > 3 && wanted.includes(candidate));
      if (alike) close.add(`'${name}'`);
      if (close.size === 5) return [...close];
    }
  }
  return [...close];
}
