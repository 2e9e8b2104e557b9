/** The file of a pack that says what else is in it. It proves nothing: the checkpoint does. */
export const MANIFEST = 'manifest.json';

/** A file of the pack, as whoever received it can hold it against what was sent. */
export interface PackFile {
  /** Relative to the pack, with '/' between its parts. */
  readonly name: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** A period of the pack, and the moment that its figures are replayed at: that of its first publication. */
export interface PackPeriod {
  readonly key: string;
  readonly referenceDate: string;
  readonly publication: { readonly event: string; readonly position: number; readonly recordedAt: string };
  readonly moment: { readonly asOf: string; readonly position: number };
}

/** The form of docs/evidence-pack.md. Members are written in this order. */
export interface Manifest {
  readonly format: 'peildatum-evidence@v1';
  /** The release that made it. */
  readonly program: string;
  readonly origin: string;
  readonly treeSize: number;
  /** In base64, as in the checkpoint. */
  readonly rootHash: string;
  /** The period that was asked for; null where it was all of them. */
  readonly period: string | null;
  readonly periods: readonly PackPeriod[];
  /** Earlier ones that are in the pack. */
  readonly checkpoints: readonly { readonly treeSize: number; readonly rootHash: string }[];
  /** Every other file, by name. */
  readonly files: readonly PackFile[];
}
