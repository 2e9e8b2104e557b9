import { randomUUID } from 'node:crypto';
import { hasChanges, normalisePerson } from '../normalise-person.js';
import type { Entry, Person, Vault } from '../port.js';
import { openVaultFile } from './file.js';

interface ActorRow extends Person {
  readonly id: string;
  readonly erased: number;
}

/** Opens the vault in a file, which is created if it does not exist. @throws {ExpectedError} */
export function openSqliteVault(file: string): Vault {
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

  const everybody = db.prepare<[], ActorRow>('SELECT * FROM actor ORDER BY id');
  const subjectsOf = db.prepare<[string], Entry['subjects'][number]>(
    'SELECT issuer, subject FROM subject WHERE actor = ? ORDER BY issuer, subject',
  );
  const insertEntry = db.prepare('INSERT INTO actor (id, name, email, erased) VALUES (?, ?, ?, ?)');

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

  const enterAll = (entries: readonly Entry[]): boolean => {
    if (everybody.get() !== undefined) return false;
    for (const { actor, name, email, erased, subjects } of entries) {
      insertEntry.run(actor, name, email, Number(erased));
      for (const { issuer, subject } of subjects) insertSubject.run(issuer, subject, actor);
    }
    return true;
  };

  return {
    async findOrAddActor(issuer, subject, person) {
      const known = bySubject.get(issuer, subject);
      const given = normalisePerson(person);
      return known && !hasChanges(known, given) ? known.id : write(() => enterSubject(issuer, subject, given));
    },
    async saveActor(actor, person) {
      const known = byId.get(actor);
      const given = normalisePerson(person);
      return known && (known.erased === 1 || !hasChanges(known, given))
        ? known.erased === 0
        : write(() => enterActor(actor, given));
    },
    async statusOf(actor) {
      const known = byId.get(actor);
      return known === undefined ? 'UNKNOWN' : known.erased === 1 ? 'ERASED' : 'KNOWN';
    },
    namesOf: async (actors) => new Map(named.all(JSON.stringify(actors)).map(({ id, name }) => [id, name])),
    async erase(actor) {
      write(() => {
        deleteSubjects.run(actor);
        empty.run(actor);
      });
      // secure_delete overwrites the rows, but not the copies that moving rows between pages may have left.
      db.exec('VACUUM');
    },
    runExclusive: async (work) => db.transaction(work).exclusive(),
    entries: async () =>
      // One transaction, so that all entries are of one moment.
      db.transaction(() =>
        everybody.all().map(({ id, name, email, erased }) => ({
          actor: id,
          name,
          email,
          erased: erased === 1,
          subjects: subjectsOf.all(id),
        })),
      )(),
    importEntries: async (entries) => write(() => enterAll(entries)),
    close: async () => void db.close(),
  };
}
