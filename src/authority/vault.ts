import { randomUUID } from 'node:crypto';
import { openVaultFile } from './vault-file.js';

/** What the vault knows of somebody beyond an opaque id. */
export interface Person {
  readonly name: string | null;
  readonly email: string | null;
}

export type Standing = 'KNOWN' | 'ERASED' | 'UNKNOWN';

/** Who the people are that the log knows by opaque ids only. A file beside the log, from which they can be erased. */
export interface Vault {
  /** The actor that a subject of an identity provider is. One that is new here gets a new id, also after it was erased. */
  actorOf(issuer: string, subject: string, person: Person): string;
  /** Enters somebody under an id of our own making, or what is new of them. What is null stays as it is. False: erased. */
  enrol(actor: string, person: Person): boolean;
  standingOf(actor: string): Standing;
  /** The names of those who have one. */
  namesOf(actors: readonly string[]): ReadonlyMap<string, string>;
  /** Empties the entry, for good: nothing but the id is left, in the file neither. Doing it again does no harm. */
  erase(actor: string): void;
  /** Does something while no other process that opened this vault does anything of the kind. */
  alone<T>(work: () => T): T;
  close(): void;
}

/** The longest name or address that is kept, in characters. */
const MAX_LENGTH = 320;

const tidy = (text: string | null): string | null =>
  text === null
    ? null
    : text
        .toWellFormed()
        .replaceAll(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, MAX_LENGTH)
        .toWellFormed() || null;

interface ActorRow {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly erased: number;
}

/** Opens the vault in that file, or creates it. @throws {ExpectedError} */
export function openVault(file: string): Vault {
  const db = openVaultFile(file);
  const bySubject = db.prepare<[string, string], ActorRow>(
    'SELECT actor.* FROM subject JOIN actor ON actor.id = subject.actor WHERE issuer = ? AND subject = ?',
  );
  const byId = db.prepare<[string], ActorRow>('SELECT * FROM actor WHERE id = ?');
  const named = db.prepare<[string], { readonly id: string; readonly name: string }>(
    'SELECT id, name FROM actor WHERE name IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
  );
  const insertActor = db.prepare('INSERT INTO actor (id, name, email) VALUES (?, ?, ?)');
  const insertSubject = db.prepare('INSERT INTO subject (issuer, subject, actor) VALUES (?, ?, ?)');
  const update = db.prepare('UPDATE actor SET name = coalesce(?, name), email = coalesce(?, email) WHERE id = ?');
  const deleteSubjects = db.prepare('DELETE FROM subject WHERE actor = ?');
  const empty = db.prepare(
    'INSERT INTO actor (id, erased) VALUES (?, 1) ON CONFLICT DO UPDATE SET name = NULL, email = NULL, erased = 1',
  );

  const tidied = ({ name, email }: Person): Person => ({ name: tidy(name), email: tidy(email) });
  const isNews = (row: ActorRow, { name, email }: Person): boolean =>
    (name !== null && name !== row.name) || (email !== null && email !== row.email);

  // Almost always there is nothing to write, and then nobody has to wait.
  const write = <T>(work: () => T): T => db.transaction(work).immediate();

  const enterSubject = (issuer: string, subject: string, { name, email }: Person): string => {
    const id = bySubject.get(issuer, subject)?.id ?? randomUUID();
    if (update.run(name, email, id).changes === 0) {
      insertActor.run(id, name, email);
      insertSubject.run(issuer, subject, id);
    }
    return id;
  };

  const enterActor = (id: string, { name, email }: Person): boolean => {
    if (byId.get(id)?.erased === 1) return false;
    if (update.run(name, email, id).changes === 0) insertActor.run(id, name, email);
    return true;
  };

  return {
    actorOf(issuer, subject, person) {
      const known = bySubject.get(issuer, subject);
      const news = tidied(person);
      return known && !isNews(known, news) ? known.id : write(() => enterSubject(issuer, subject, news));
    },
    enrol(actor, person) {
      const known = byId.get(actor);
      const news = tidied(person);
      return known && (known.erased === 1 || !isNews(known, news))
        ? known.erased === 0
        : write(() => enterActor(actor, news));
    },
    standingOf(actor) {
      const known = byId.get(actor);
      return known === undefined ? 'UNKNOWN' : known.erased === 1 ? 'ERASED' : 'KNOWN';
    },
    namesOf: (actors) => new Map(named.all(JSON.stringify(actors)).map(({ id, name }) => [id, name])),
    erase(actor) {
      write(() => {
        deleteSubjects.run(actor);
        empty.run(actor);
      });
      // Deleting overwrites rows, but not the copies of them that moving rows between pages may have left.
      db.exec('VACUUM');
    },
    alone: (work) => db.transaction(work).exclusive(),
    close: () => void db.close(),
  };
}
