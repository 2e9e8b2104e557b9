/** Whether the log agrees with the checkpoints that were signed of it. */
export type LogIntegrityStatus =
  /** The newest checkpoint agrees with the log. `rootHash` is in hexadecimal digits. */
  | { readonly state: 'SOUND'; readonly size: number; readonly rootHash: string }
  /** Nothing was signed yet, or no check has succeeded yet. */
  | { readonly state: 'UNKNOWN' }
  | { readonly state: 'CONTRADICTED'; readonly problem: string };
