/** What a subject stream is about. Organisations are subjects of names, but not of status scales. */
export type AnySubjectKind = 'REGION' | 'PROJECT' | 'ORGANISATION';

const kinds: Record<string, AnySubjectKind> = { region: 'REGION', project: 'PROJECT', organisation: 'ORGANISATION' };

export interface SubjectName {
  readonly kind: AnySubjectKind;
  readonly key: string;
}

/** The subject whose stream this is: streams are named '<category>-<key>'. Null for any other stream. */
export function subjectOfStream(stream: string): SubjectName | null {
  const dash = stream.indexOf('-');
  const kind = dash < 0 ? undefined : kinds[stream.slice(0, dash)];
  return kind ? { kind, key: stream.slice(dash + 1) } : null;
}

export const streamOfSubject = (subject: SubjectName): string => `${subject.kind.toLowerCase()}-${subject.key}`;
