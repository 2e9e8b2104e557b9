import type { NamedQuery } from '../../../postgres/query.js';

export const bySubject: NamedQuery = {
  name: 'by subject',
  text: `
    SELECT actor.id, actor.name, actor.email, actor.erased FROM subject JOIN actor ON actor.id = subject.actor
    WHERE subject.issuer = $1 AND subject.subject = $2`,
};

export const byId: NamedQuery = { name: 'by id', text: 'SELECT id, name, email, erased FROM actor WHERE id = $1' };

export const named: NamedQuery = {
  name: 'named',
  text: 'SELECT id, name FROM actor WHERE id = ANY ($1::text[]) AND name IS NOT NULL',
};

/** Updates what is new of an actor, unless the actor was erased meanwhile. */
export const update: NamedQuery = {
  name: 'update',
  text: `
    UPDATE actor SET name = coalesce($2, name), email = coalesce($3, email)
    WHERE id = $1 AND NOT erased RETURNING id`,
};

/** Of several concurrent statements for one subject, the first inserts; the others wait for it, and then insert nothing. */
export const enterSubject: NamedQuery = {
  name: 'enter subject',
  text: `
    WITH called AS (
      INSERT INTO subject (issuer, subject, actor) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING actor
    )
    INSERT INTO actor (id, name, email) SELECT actor, $4::text, $5::text FROM called RETURNING id`,
};

export const enterActor: NamedQuery = {
  name: 'enter actor',
  text: `
    INSERT INTO actor (id, name, email) VALUES ($1, $2, $3)
    ON CONFLICT (id) DO UPDATE SET name = coalesce(excluded.name, actor.name), email = coalesce(excluded.email, actor.email)
    WHERE NOT actor.erased RETURNING id`,
};

export const empty: NamedQuery = {
  name: 'empty',
  text: `
    WITH forgotten AS (DELETE FROM subject WHERE actor = $1)
    INSERT INTO actor (id, erased) VALUES ($1, true)
    ON CONFLICT (id) DO UPDATE SET name = NULL, email = NULL, erased = true`,
};

export const everybody: NamedQuery = {
  name: 'everybody',
  text: `
    SELECT id AS actor, name, email, erased,
      coalesce(
        (SELECT json_agg(json_build_object('issuer', issuer, 'subject', subject) ORDER BY issuer, subject)
         FROM subject WHERE subject.actor = actor.id), '[]'
      ) AS subjects
    FROM actor ORDER BY id`,
};
