import type { Static, TSchema } from 'typebox';
import type { Upcaster } from './upcaster.js';

/** The schemas of one event type, oldest version first. Versions are added, never changed or removed. */
export interface SchemaVersions<Data> {
  readonly schemas: readonly TSchema[];
  /** Data of a known version as data of the current one. It trusts that the data has the form of its version. */
  readonly upcast: (schemaVersion: number, data: unknown) => Data;
}

/**
 * What a schema describes. NoInfer keeps the compiler from searching for a schema that describes some wanted type, which
 * made checking the whole product three times slower.
 */
type Described<S extends TSchema> = NoInfer<Static<S>>;

/** The versions of an event type that has one version so far. */
export const firstVersion = <S extends TSchema>(schema: S): SchemaVersions<Described<S>> => ({
  schemas: [schema],
  // The caller vouches for the form of the data: see `upcast`.
  upcast: (_, data) => data as Described<S>,
});

/** Adds a version. @param step turns data of the version before into data of this one */
export function nextVersion<Before, S extends TSchema>(
  { schemas, upcast }: SchemaVersions<Before>,
  schema: S,
  step: Upcaster<Before, Described<S>>,
): SchemaVersions<Described<S>> {
  const added = schemas.length + 1;
  return {
    schemas: [...schemas, schema],
    upcast: (schemaVersion, data) =>
      // Data of the added version needs no step. The caller vouches for its form.
      schemaVersion === added ? (data as Described<S>) : step(upcast(schemaVersion, data)),
  };
}
