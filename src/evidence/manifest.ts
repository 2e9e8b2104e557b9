import type { FileEntry } from '../files/sealed-directory.js';

/** A period of the pack, and the moment of its first publication, at which its figures are computed. */
export interface PackPeriod {
  readonly key: string;
  readonly referenceDate: string;
  readonly publication: { readonly event: string; readonly position: number; readonly recordedAt: string };
  readonly moment: { readonly asOf: string; readonly position: number };
}

/**
 * The manifest of a pack: docs/evidence-pack.md. It lists the other files and proves nothing: the checkpoint does. Members are
 * written in this order.
 */
export interface Manifest {
  readonly format: 'peildatum-evidence@v1';
  /** The release that made the pack. */
  readonly program: string;
  readonly origin: string;
  readonly treeSize: number;
  /** In base64, as in the checkpoint. */
  readonly rootHash: string;
  /** The requested period; null for all periods. */
  readonly period: string | null;
  readonly periods: readonly PackPeriod[];
  /** The earlier checkpoints in the pack. */
  readonly checkpoints: readonly { readonly treeSize: number; readonly rootHash: string }[];
  /** Every other file, in order of name. */
  readonly files: readonly FileEntry[];
}
