import { statementChange } from '../../../events/domain-event.js';
import { lifetimeOf, type Lifetime } from '../../../events/lifetime.js';
import { isRegistration, type StatementContent } from '../../../events/statement-change.js';
import { insertInOrder } from '../../../events/statement-order.js';
import { subjectOfStream, type SubjectName } from '../../../events/streams.js';
import type { ProposedEvent } from '../proposed-event.js';
import { evidenceDigest } from './evidence-digest.js';
import type { Version, VersionEnd, WriteModel } from './write-model.js';

type Statements = Pick<WriteModel, 'subject' | 'version' | 'end'>;

type AppliedEvent = ProposedEvent & { readonly id: string };

interface Subject extends SubjectName {
  lifetime: Lifetime;
  readonly versionsByScale: Map<string, Version[]>;
}

const copyOf = ({ kind, key, lifetime, versionsByScale }: NonNullable<ReturnType<Statements['subject']>>): Subject => {
  const copied = new Map<string, Version[]>();
  for (const [scale, versions] of versionsByScale) copied.set(scale, [...versions]);
  return { kind, key, lifetime, versionsByScale: copied };
};

interface GrowingStatements extends Statements {
  /** @returns whether the event made a version of a statement */
  apply(event: AppliedEvent, rank: number): boolean;
}

/** The subjects of a history and what is stated of them, on top of an earlier one's. */
export function newStatements(base: Statements): GrowingStatements {
  const subjects = new Map<string, Subject>();
  const versions = new Map<string, Version>();
  const ends = new Map<string, VersionEnd>();

  const version = (id: string) => versions.get(id) ?? (ends.has(id) ? undefined : base.version(id));

  /** The subject in a copy that may change, whether or not it is of the earlier history. */
  function changeable(stream: string): Subject | undefined {
    const known = subjects.get(stream);
    if (known) return known;
    const inherited = base.subject(stream);
    if (!inherited) return undefined;
    const copy = copyOf(inherited);
    subjects.set(stream, copy);
    return copy;
  }

  function register(stream: string): void {
    const name = subjectOfStream(stream);
    if (!name || changeable(stream)) return;
    subjects.set(stream, { ...name, lifetime: { registeredOn: null, retiredOn: null }, versionsByScale: new Map() });
  }

  function add({ id: eventId, stream }: AppliedEvent, content: StatementContent, rank: number): void {
    const { scale, level, effectiveOn, basis } = content;
    const evidence = evidenceDigest(content.evidence);
    const added: Version = { eventId, stream, scale, level, effectiveOn, basis, evidence, rank };
    versions.set(eventId, added);
    const subject = changeable(stream);
    if (!subject) return;
    const others = subject.versionsByScale.get(scale);
    if (others) insertInOrder(others, added);
    else subject.versionsByScale.set(scale, [added]);
    if (scale === 'existence') subject.lifetime = lifetimeOf(others ?? [added]);
  }

  function end(eventId: string, by: VersionEnd['by'], event: string): Version | undefined {
    const ended = version(eventId);
    if (!ended) return undefined;
    versions.delete(eventId);
    ends.set(eventId, { by, event });
    const subject = changeable(ended.stream);
    const others = subject?.versionsByScale.get(ended.scale) ?? [];
    const index = others.indexOf(ended);
    if (index >= 0) others.splice(index, 1);
    if (subject && ended.scale === 'existence') subject.lifetime = lifetimeOf(others);
    return ended;
  }

  return {
    subject: (stream) => subjects.get(stream) ?? base.subject(stream),
    version,
    end: (eventId) => ends.get(eventId) ?? base.end(eventId),
    apply(event, rank) {
      const change = statementChange(event);
      switch (change?.kind) {
        case 'STATED':
          if (isRegistration(change)) register(event.stream);
          add(event, change.content, rank);
          return true;
        case 'CORRECTED':
          // A correction keeps its statement's rank.
          add(event, change.content, end(change.corrects, 'CORRECTION', event.id)?.rank ?? rank);
          return true;
        case 'WITHDRAWN':
          end(change.withdraws, 'WITHDRAWAL', event.id);
          return false;
        default:
          return false;
      }
    },
  };
}
