import type { Pool } from 'pg';
import type { Entry } from '../port.js';

const isThereAnybody = 'SELECT EXISTS (SELECT FROM actor) AS anybody';

const enterActors = `
  INSERT INTO actor (id, name, email, erased)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[])`;

const enterSubjects = `
  INSERT INTO subject (issuer, subject, actor) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])`;

/** Enters all that is kept in another vault, if there is nobody in this one. */
export async function takeOver(pool: Pool, entries: readonly Entry[]): Promise<boolean> {
  const client = await pool.connect();
  let unharmed = false;
  try {
    // Nobody is entered between looking and entering.
    await client.query('BEGIN; LOCK TABLE actor IN SHARE ROW EXCLUSIVE MODE');
    const { rows } = await client.query<{ anybody: boolean }>(isThereAnybody);
    const isEmpty = rows[0]?.anybody === false;
    if (isEmpty) {
      await client.query(enterActors, [
        entries.map(({ actor }) => actor),
        entries.map(({ name }) => name),
        entries.map(({ email }) => email),
        entries.map(({ erased }) => erased),
      ]);
      const called = entries.flatMap(({ actor, subjects }) => subjects.map((each) => ({ ...each, actor })));
      await client.query(enterSubjects, [
        called.map(({ issuer }) => issuer),
        called.map(({ subject }) => subject),
        called.map(({ actor }) => actor),
      ]);
    }
    await client.query('COMMIT');
    unharmed = true;
    return isEmpty;
  } finally {
    // A connection that something went wrong with is closed, and its transaction with it.
    client.release(!unharmed);
  }
}
