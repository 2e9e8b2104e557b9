/** The longest title in a file name, in UTF-16 code units. */
const MAX_TITLE_LENGTH = 120;

/** Characters that an operating system forbids in file names, or that have a meaning in a header. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u001F\u007F-\u009F"*/:<>?\\|%]+/g;

const asciiReplacements: Readonly<Record<string, string>> = { '×': 'x', '–': '-', '—': '-', '‘': "'", '’': "'" };

const readable = (title: string): string =>
  title
    .replaceAll(FORBIDDEN, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_TITLE_LENGTH)
    // The cut may have split a surrogate pair.
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trim();

/** The name in ASCII: accents are dropped, and any other character that is not ASCII becomes an underscore. */
const inAscii = (text: string): string =>
  text
    .replaceAll(/[×–—‘’]/g, (character) => asciiReplacements[character] ?? '_')
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^\x20-\x7E]/g, '_');

/** RFC 8187 leaves fewer characters unescaped than encodeURIComponent does. */
const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /['()*]/g,
    (character) => `%${character.codePointAt(0)?.toString(16).toUpperCase()}`,
  );

/** The header that has a client save an answer under a title: in ASCII for any client, and in full as of RFC 6266. */
export const contentDisposition = (title: string, extension: string): string => {
  const name = `${readable(title) || 'export'}.${extension}`;
  return `attachment; filename="${inAscii(name)}"; filename*=UTF-8''${percentEncoded(name)}`;
};
