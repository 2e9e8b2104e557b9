import { isIP } from 'node:net';
import type { KeySource } from '../authority/key-source.js';
import { isKeyName } from '../proofs/notes/key-name.js';

/** A SQLite database. `path` is the path of its file, absolute or relative to the working directory. */
export interface DatabaseUrl {
  readonly engine: 'sqlite';
  readonly path: string;
}

/** Where tables are kept: in a file, or in a schema of a database on a server. */
export type TablesUrl = DatabaseUrl | { readonly engine: 'postgres'; readonly url: string };

/** Where the log is kept: in a file, or on a server, whose driver gets the URL as it is. */
export type LogUrl = DatabaseUrl | { readonly engine: 'postgres' | 'kurrentdb'; readonly url: string };

export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number | undefined => {
    if (!/^\d{1,15}$/.test(text)) return undefined;
    const number = Number(text);
    return number >= min && number <= max ? number : undefined;
  };

export const oneOf =
  <T extends string>(choices: readonly T[]) =>
  (text: string): T | undefined =>
    choices.find((choice) => choice === text);

export const hostName = (text: string): string | undefined =>
  isIP(text) > 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(text) ? text : undefined;

export const path = (text: string): string | undefined => (text.includes('\0') ? undefined : text);

// Refused: a double slash, because sqlite://data/x.db would silently become /data/x.db, and a database in memory, because
// acknowledged events would be lost.
const databaseUrl = (text: string): DatabaseUrl | undefined => {
  const path = /^sqlite:(?!\/\/|:memory:)([^\0]+)$/.exec(text)?.[1];
  return path === undefined ? undefined : { engine: 'sqlite', path };
};

// The URL may name several servers with commas between them, which no URL parser accepts.
const kurrentUrl = /^(kurrentdb|esdb)(\+discover)?:\/\/([^:@/?#]+:[^@/?#]*@)?[^@/?#\s]+\/?(\?[^#\s]*)?$/;

/** Null: not a URL of PostgreSQL. Undefined: one that is not valid. */
const postgresUrl = (text: string): { readonly engine: 'postgres'; readonly url: string } | null | undefined => {
  if (!/^postgres(ql)?:/i.test(text)) return null;
  // Without a database name the driver would use the database that is named after the user.
  const isWhole = URL.canParse(text) && /^\/[^/]+$/.test(new URL(text).pathname);
  return isWhole && /^postgres(ql)?:\/\//.test(text) ? { engine: 'postgres', url: text } : undefined;
};

export const tablesUrl = (text: string): TablesUrl | undefined => {
  const onServer = postgresUrl(text);
  return onServer === null ? databaseUrl(text) : onServer;
};

export const logUrl = (text: string): LogUrl | undefined =>
  kurrentUrl.test(text) ? { engine: 'kurrentdb', url: text } : tablesUrl(text);

export const textUpTo =
  (maxLength: number) =>
  (text: string): string | undefined =>
    text.length <= maxLength ? text : undefined;

/** One or more of the choices, with commas between them. */
export const listOf =
  <T extends string>(choices: readonly T[]) =>
  (text: string): readonly T[] | undefined => {
    const chosen = text.split(',').map((word) => oneOf(choices)(word.trim()));
    return chosen.every((choice) => choice !== undefined) ? [...new Set(chosen)] : undefined;
  };

export const keySource = (text: string): KeySource | undefined => {
  if (/^https?:/i.test(text)) return URL.canParse(text) ? { kind: 'URL', url: text } : undefined;
  return /^[a-z][a-z\d+.-]*:\/\//i.test(text) || text.includes('\0') ? undefined : { kind: 'FILE', path: text };
};

export const keyName = (text: string): string | undefined => (isKeyName(text) ? text : undefined);

export const timeZone = (text: string): string | undefined => {
  try {
    Intl.DateTimeFormat('en', { timeZone: text });
    return text;
  } catch {
    return undefined;
  }
};
