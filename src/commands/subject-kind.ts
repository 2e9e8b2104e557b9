import { subjectOfStream, type AnySubjectKind } from '../../events/streams.js';

/** The kind of the subject whose stream this is. A command about a subject names no other stream. */
export function subjectKindOf(stream: string): AnySubjectKind {
  const subject = subjectOfStream(stream);
  if (!subject) throw new Error(`'${stream}' is no subject's stream.`);
  return subject.kind;
}
