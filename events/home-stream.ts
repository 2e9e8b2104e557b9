import { subjectOfStream, type AnySubjectKind } from './streams.js';

/** The streams that take the events of one type. */
export interface HomeStream<Data> {
  /** As documentation writes them: 'scale-<key>'. */
  readonly pattern: string;
  /** Whether a stream takes an event with this data. */
  readonly includes: (stream: string, data: Data) => boolean;
  /** The streams that take an event with this data, for an error message. */
  readonly describe: (data: Data) => string;
}

/** The one stream that is named for a field of the data. */
export const namedBy = <Field extends string>(
  nameOf: (key: string) => string,
  field: Field,
): HomeStream<{ readonly [F in Field]: string }> => ({
  pattern: nameOf(`<${field}>`),
  includes: (stream, data) => stream === nameOf(data[field]),
  describe: (data) => `'${nameOf(data[field])}'`,
});

/** The streams of all subjects of these kinds. */
export const subjectStreams = (...kinds: readonly AnySubjectKind[]): HomeStream<unknown> => {
  const patterns = kinds.map((kind) => `${kind.toLowerCase()}-<key>`);
  return {
    pattern: patterns.join(', '),
    includes(stream) {
      const kind = subjectOfStream(stream)?.kind;
      return kind !== undefined && kinds.includes(kind);
    },
    describe: () => patterns.map((pattern) => `'${pattern}'`).join(' or '),
  };
};

/** Every stream whose name begins with this category and goes on with a key. */
export const categoryStreams = (category: string): HomeStream<unknown> => {
  const name = new RegExp(`^${category}-[A-Za-z0-9]+(-[A-Za-z0-9]+)*$`);
  return {
    pattern: `${category}-<key>`,
    includes: (stream) => name.test(stream),
    describe: () => `'${category}-<key>'`,
  };
};

/** The stream of this name. */
export const oneStream = (name: string): HomeStream<unknown> => ({
  pattern: name,
  includes: (stream) => stream === name,
  describe: () => `'${name}'`,
});

/** The streams of the one and of the other. */
export const eitherStream = <Data>(one: HomeStream<Data>, other: HomeStream<Data>): HomeStream<Data> => ({
  pattern: `${one.pattern}, ${other.pattern}`,
  includes: (stream, data) => one.includes(stream, data) || other.includes(stream, data),
  describe: (data) => `${one.describe(data)} or ${other.describe(data)}`,
});
