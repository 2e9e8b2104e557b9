import type { Pool } from 'pg';
import type { Entry } from '../port.js';

const anyActor = 'SELECT EXISTS (SELECT FROM actor) AS anybody';

const enterActors = `
  INSERT INTO actor (id, name, email, erased)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[])`;

const enterSubjects = `
  INSERT INTO subject (issuer, subject, actor) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])`;

/** Stores all entries of another vault, if this one is empty. Returns whether it was empty. */
export async function importEntries(pool: Pool, entries: readonly Entry[]): Promise<boolean> {
  const client = await pool.connect();
  let committed = false;
  try {
    // The lock keeps other processes from storing an actor between the check and the insert.
    await client.query('BEGIN; LOCK TABLE actor IN SHARE ROW EXCLUSIVE MODE');
    const { rows } = await client.query<{ anybody: boolean }>(anyActor);
    const isEmpty = rows[0]?.anybody === false;
    if (isEmpty) {
      await client.query(enterActors, [
        entries.map(({ actor }) => actor),
        entries.map(({ name }) => name),
        entries.map(({ email }) => email),
        entries.map(({ erased }) => erased),
      ]);
      const subjectRows = entries.flatMap(({ actor, subjects }) => subjects.map((each) => ({ ...each, actor })));
      await client.query(enterSubjects, [
        subjectRows.map(({ issuer }) => issuer),
        subjectRows.map(({ subject }) => subject),
        subjectRows.map(({ actor }) => actor),
      ]);
    }
    await client.query('COMMIT');
    committed = true;
    return isEmpty;
  } finally {
    // After a failure the connection is closed, which rolls back its transaction.
    client.release(!committed);
  }
}
