import type { Command } from '../catalogue.js';

/** A command with everything that surrounds it. */
export interface Request {
  readonly command: Command;
  /** Opaque id of who asks. */
  readonly actor: string;
  readonly idempotencyKey: string | null;
  /** What the client took the stream's revision to be; null: whatever it is. */
  readonly expectedRevision: number | null;
  /** Decide, record nothing. */
  readonly validateOnly: boolean;
}
