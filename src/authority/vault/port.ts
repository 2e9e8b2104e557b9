/** The personal data that the vault keeps of an actor. */
export interface Person {
  readonly name: string | null;
  readonly email: string | null;
}

/** Everything that the vault keeps of an actor. */
export interface Entry extends Person {
  readonly actor: string;
  readonly erased: boolean;
  /** The names under which identity providers know the actor. */
  readonly subjects: readonly Subject[];
}

interface Subject {
  readonly issuer: string;
  readonly subject: string;
}

/** KNOWN: the vault has an entry. ERASED: the entry was emptied. UNKNOWN: there never was an entry. */
export type ActorStatus = 'KNOWN' | 'ERASED' | 'UNKNOWN';

/**
 * The people behind the opaque ids of the log. The vault is kept beside the log, so that people can be erased from it. Nothing
 * is cached: every process sees at once what another process writes or erases.
 */
export interface Vault {
  /**
   * Returns the id of the actor behind a subject of an identity provider, and stores what is new of the person. A subject that
   * is unknown, or was erased, gets a new id; concurrent calls for one subject return the same id.
   */
  findOrAddActor(issuer: string, subject: string, person: Person): Promise<string>;
  /** Stores a person under an id that we have made, or what is new of that person. Null keeps what is stored. False: erased. */
  saveActor(actor: string, person: Person): Promise<boolean>;
  statusOf(actor: string): Promise<ActorStatus>;
  /** Names by id, without the actors that have no name. */
  namesOf(actors: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Empties the entry for good: only the id is left. Idempotent. */
  erase(actor: string): Promise<void>;
  /**
   * Runs a task while no other process, on whatever machine, runs a task on this vault. The task is synchronous, so that it
   * cannot keep the others waiting for long.
   */
  runExclusive<T>(work: () => T): Promise<T>;
  /** Every actor that ever had an entry, in the order of their ids. */
  entries(): Promise<readonly Entry[]>;
  /** Stores all entries of another vault. False, and nothing is stored, where this vault has entries already. */
  importEntries(entries: readonly Entry[]): Promise<boolean>;
  close(): Promise<void>;
}
