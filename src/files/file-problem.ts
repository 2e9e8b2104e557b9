const problems: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EISDIR: 'This is a directory, not a file.',
  EACCES: 'This user may not read the file.',
};

/** Why a file cannot be read, as a sentence, by the error code of the operating system. Null for an unusual error. */
export function describeFileProblem(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return problems[code] ?? null;
}
