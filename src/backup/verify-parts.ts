import type { BackupPart, OnVerified, PartVerification } from './backup-part.js';
import type { Manifest } from './manifest.js';

/** Verifies files against their own content and against the manifest. Returns the problems, each with the name of its part. */
export async function verifyParts(
  manifest: Manifest,
  files: readonly { readonly part: BackupPart; readonly path: string }[],
  onVerified: OnVerified,
): Promise<string[]> {
  const problems: string[] = [];
  for (const { part, path } of files) {
    const found = await part.verify(path, (events) => onVerified(events, manifest.log.position));
    problems.push(
      ...[...found.problems, ...manifestDifferences(manifest, found)].map((each) => `${part.name}: ${each}`),
    );
  }
  return problems;
}

/** Where a log without problems of its own is another log than that of the manifest. */
function manifestDifferences({ log: expected }: Manifest, { problems, log }: PartVerification): string[] {
  if (!log || problems.length > 0) return [];
  const pairs = [
    ['position', expected.position, log.position],
    ['recorded time', expected.recordedAt, log.recordedAt],
    ['leaf hash', expected.lastLeafHash, log.lastLeafHash],
  ] as const;
  return pairs
    .filter(([, before, now]) => before !== now)
    .map(([what, before, now]) => `its last ${what} is ${now}, where the manifest says ${before}`);
}
