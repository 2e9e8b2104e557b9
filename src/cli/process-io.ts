import type { Environment } from '../config/config.js';

/** A stream for people or programs to read; `isTTY` says that it is a terminal. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** What a program is given by whoever starts it: the process, or a test. */
export interface ProcessIO {
  /** Without the names of node and the script. */
  readonly args: readonly string[];
  readonly env: Environment;
  readonly stdout: Output;
  readonly stderr: Output;
}
