import { statementChange } from '../../../events/domain-event.js';
import type { StatementContent } from '../../../events/statement-change.js';
import { subjectOfStream, type SubjectName } from '../../../events/streams.js';
import type { Candidate } from '../candidate.js';
import { evidenceDigest } from './evidence-digest.js';
import type { Facts, Version, VersionEnd } from './facts.js';
import { lifetimeOf, type Lifetime } from '../../../events/lifetime.js';
import { insertInOrder } from '../../../events/statement-order.js';

type Statements = Pick<Facts, 'subject' | 'version' | 'end'>;

type Happened = Candidate & { readonly id: string };

interface Subject extends SubjectName {
  lifetime: Lifetime;
  readonly cells: Map<string, Version[]>;
}

/** The subjects of a history and what is stated of them, on top of an earlier one's. */
export function newStatements(base: Statements): Statements & { learn(event: Happened, rank: number): void } {
  const subjects = new Map<string, Subject>();
  const versions = new Map<string, Version>();
  const ends = new Map<string, VersionEnd>();

  const version = (id: string) => versions.get(id) ?? (ends.has(id) ? undefined : base.version(id));

  /** The subject as ours to change. */
  function subjectOf(stream: string): Subject | undefined {
    const known = subjects.has(stream) ? undefined : base.subject(stream);
    if (known) {
      const cells = new Map([...known.cells].map(([scale, cell]) => [scale, [...cell]] as [string, Version[]]));
      subjects.set(stream, { kind: known.kind, key: known.key, lifetime: known.lifetime, cells });
    }
    return subjects.get(stream);
  }

  function register({ stream }: Happened): void {
    const name = subjectOfStream(stream);
    if (!name || subjectOf(stream)) return;
    subjects.set(stream, { ...name, lifetime: { registeredOn: null, retiredOn: null }, cells: new Map() });
  }

  function changeCell(stream: string, scale: string, change: (cell: Version[]) => void): void {
    const subject = subjectOf(stream);
    if (!subject) return;
    const cell = subject.cells.get(scale) ?? [];
    change(cell);
    subject.cells.set(scale, cell);
    if (scale === 'existence') subject.lifetime = lifetimeOf(cell);
  }

  function stand({ id: eventId, stream }: Happened, content: StatementContent, rank: number): void {
    const { scale, level, effectiveOn, basis } = content;
    const evidence = evidenceDigest(content.evidence);
    const stands: Version = { eventId, stream, scale, level, effectiveOn, basis, evidence, rank };
    versions.set(eventId, stands);
    changeCell(stream, scale, (cell) => insertInOrder(cell, stands));
  }

  function end(eventId: string, by: VersionEnd['by'], event: string): Version | undefined {
    const ended = version(eventId);
    if (!ended) return undefined;
    versions.delete(eventId);
    ends.set(eventId, { by, event });
    changeCell(ended.stream, ended.scale, (cell) => {
      const index = cell.indexOf(ended);
      if (index >= 0) cell.splice(index, 1);
    });
    return ended;
  }

  return {
    subject: (stream) => subjects.get(stream) ?? base.subject(stream),
    version,
    end: (eventId) => ends.get(eventId) ?? base.end(eventId),
    learn(event, rank) {
      const news = statementChange(event);
      switch (news?.kind) {
        case 'STATED':
          if (event.type.endsWith('Registered')) register(event);
          stand(event, news.content, rank);
          return;
        case 'CORRECTED':
          // A correction keeps its statement's rank.
          stand(event, news.content, end(news.corrects, 'CORRECTION', event.id)?.rank ?? rank);
          return;
        case 'WITHDRAWN':
          end(news.withdraws, 'WITHDRAWAL', event.id);
          return;
        default:
      }
    },
  };
}
