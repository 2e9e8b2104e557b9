/** What the vault knows of somebody beyond an opaque id. */
export interface Person {
  readonly name: string | null;
  readonly email: string | null;
}

/** All that is kept of somebody. */
export interface Entry extends Person {
  readonly actor: string;
  readonly erased: boolean;
  /** How identity providers call them. */
  readonly subjects: readonly Subject[];
}

interface Subject {
  readonly issuer: string;
  readonly subject: string;
}

export type Standing = 'KNOWN' | 'ERASED' | 'UNKNOWN';

/**
 * Who the people are that the log knows by opaque ids only. It is kept beside the log, so that they can be erased from it.
 * Nothing of it is remembered between two questions: what one process enters or erases, every other knows at once.
 */
export interface Vault {
  /**
   * The actor that a subject of an identity provider is. One that is new here gets a new id, also after it was erased; of
   * several who meet it at the same time, all get the same.
   */
  actorOf(issuer: string, subject: string, person: Person): Promise<string>;
  /** Enters somebody under an id of our own making, or what is new of them. What is null stays as it is. False: erased. */
  enrol(actor: string, person: Person): Promise<boolean>;
  standingOf(actor: string): Promise<Standing>;
  /** The names of those who have one. */
  namesOf(actors: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Empties the entry, for good: nothing but the id is left. Doing it again does no harm. */
  erase(actor: string): Promise<void>;
  /**
   * Does something while no other process that opened this vault does anything of the kind, on whatever machine. It cannot
   * wait for anything, so nobody is kept out for longer than it takes.
   */
  alone<T>(work: () => T): Promise<T>;
  /** Everybody who ever had an entry, in the order of their ids. */
  entries(): Promise<readonly Entry[]>;
  /** Takes over all of another vault, or nothing of it: false, since there are entries here already. */
  takeOver(entries: readonly Entry[]): Promise<boolean>;
  close(): Promise<void>;
}
