import { subjectOfStream, type AnySubjectKind } from '../../../events/streams.js';
import { folded, tidy } from '../sheet/text.js';
import { found, listed, notFound, type Found } from './found.js';
import type { Vocabulary } from './vocabulary.js';

/** What a text may be: a key, a name, or either. */
export type NamedBy = 'KEY' | 'NAME' | 'EITHER';

/** Finds subjects of one kind by what people call them. */
export interface Subjects {
  /** The stream of the subject that the text means. */
  find(text: string, by: NamedBy): Found<string>;
  /** Whether the subject bears that name at some date. */
  bears(stream: string, name: string): boolean;
}

const words: Readonly<Record<AnySubjectKind, string>> = {
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
export function subjectsOf(kind: AnySubjectKind, { subjects }: Pick<Vocabulary, 'subjects'>): Subjects {
  const keys = new Map<string, string[]>();
  const foldedKeys = new Map<string, string[]>();
  const names = new Map<string, string[]>();
  const foldedNames = new Map<string, string[]>();
  for (const [stream, borne] of subjects) {
    if (subjectOfStream(stream)?.kind !== kind) continue;
    add(keys, keyOf(stream), stream);
    add(foldedKeys, folded(keyOf(stream)), stream);
    for (const name of borne) {
      add(names, tidy(name), stream);
      add(foldedNames, folded(name), stream);
    }
  }

  /** From the most exact way of reading the text to the least; the first that fits anything decides. */
  function readings(text: string, by: NamedBy): (readonly string[] | undefined)[] {
    const byKey = [keys.get(text), foldedKeys.get(folded(text))];
    const byName = [names.get(text), foldedNames.get(folded(text))];
    if (by === 'KEY') return byKey;
    // A key that looks like another's name is not meant for certain: both are candidates.
    return by === 'NAME' ? byName : [both(byKey[0], byName[0]), both(byName[1], byKey[1])];
  }

  return {
    find(text, by) {
      const streams = readings(text, by).find((candidates) => candidates !== undefined) ?? [];
      const [stream] = streams;
      if (stream !== undefined && streams.length === 1) return found(stream);
      if (streams.length > 1) {
        const candidates = streams.map((each) => `'${keyOf(each)}'`).join(', ');
        return notFound(
          'AMBIGUOUS_SUBJECT',
          `More than one ${words[kind]} is called '${text}'. Use the key: ${candidates}.`,
        );
      }
      const close = closest(text, keys.keys(), names.keys());
      const hint = close.length === 0 ? '' : ` Close to it: ${listed(close)}.`;
      const accepted = { KEY: 'the key', NAME: 'the name', EITHER: 'the key or name' }[by];
      return notFound(
        'UNKNOWN_SUBJECT',
        `Accepted is ${accepted} of a registered ${words[kind]}, and '${text}' is none.${hint}`,
      );
    },
    bears: (stream, name) => foldedNames.get(folded(name))?.includes(stream) ?? false,
  };
}

/** Names that begin as the text does, or are part of it, or have it as a part. Only asked for where something is refused. */
function closest(text: string, ...names: readonly Iterable<string>[]): string[] {
  const wanted = folded(text);
  if (wanted === '') return [];
  const close = new Set<string>();
  for (const each of names) {
    for (const name of each) {
      const candidate = folded(name);
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
