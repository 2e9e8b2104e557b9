import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Builds dist/ once before the tests: a test that starts the program, or kills a part of it, starts what was built. Types
 * are not checked here; that is a check of its own.
 */
export default function build(): void {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--noCheck'], { cwd: root, stdio: 'inherit' });
}
