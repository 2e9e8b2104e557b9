const LONGEST = 120;

/** What some system does not allow in the name of a file, and what ends or steers a header. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u001F\u007F-\u009F"*/:<>?\\|%]+/g;

const named: Readonly<Record<string, string>> = { '×': 'x', '–': '-', '—': '-', '‘': "'", '’': "'" };

const readable = (title: string): string =>
  title
    .replaceAll(FORBIDDEN, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST)
    // The cut may have gone through a character of two units.
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trim();

/** For clients that read ASCII only: accents go, and what else they could not read is an underscore. */
const inAscii = (text: string): string =>
  text
    .replaceAll(/[×–—‘’]/g, (character) => named[character] ?? '_')
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^\x20-\x7E]/g, '_');

/** RFC 8187 lets stand less than encodeURIComponent does. */
const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /['()*]/g,
    (character) => `%${character.codePointAt(0)?.toString(16).toUpperCase()}`,
  );

/** The header that has an answer saved under a title: once for all clients, once in full for those that know RFC 6266. */
export const attachment = (title: string, extension: string): string => {
  const name = `${readable(title) || 'export'}.${extension}`;
  return `attachment; filename="${inAscii(name)}"; filename*=UTF-8''${percentEncoded(name)}`;
};
