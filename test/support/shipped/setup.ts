import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/** Makes the directory in which the first test that needs the shipped history leaves it for the others. */
export default function setup({ provide }: TestProject): () => void {
  const directory = mkdtempSync(join(tmpdir(), 'peildatum-shipped-'));
  provide('shippedHistoryDirectory', directory);
  return () => rmSync(directory, { recursive: true, force: true });
}
