import type { Environment } from '../config/config.js';

/** An output stream. `isTTY` is true for a terminal. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** The arguments, environment and streams of a program, given by the process or by a test. */
export interface ProcessIO {
  /** The arguments after the names of node and the script. */
  readonly args: readonly string[];
  readonly env: Environment;
  readonly stdout: Output;
  readonly stderr: Output;
}
