import { decode, type DomainEvent } from '../../../events/domain-event.js';
import type { StoredEvent } from '../../../events/envelope.js';
import type { Label, SubjectKind } from '../../../events/primitives.js';
import type { ScaleKind } from '../../../events/scales.js';
import { statementChange } from '../../../events/statement-change.js';
import { subjectOfStream } from '../../../events/streams.js';
import type { EventStore } from '../../event-store/port.js';

export interface KnownScale {
  readonly key: string;
  readonly subjectKind: SubjectKind;
  readonly kind: ScaleKind;
  readonly label: Label;
  readonly levels: readonly { readonly key: string; readonly label: Label; readonly definition: Label | null }[];
}

export interface KnownPeriod {
  readonly key: string;
  readonly label: Label;
  readonly referenceDate: string;
}

/** The words that a log has for what a sheet can be about. */
export interface Vocabulary {
  /** In the order of their definition. */
  readonly scales: ReadonlyMap<string, KnownScale>;
  readonly periods: ReadonlyMap<string, KnownPeriod>;
  /** Streams of the subjects that were ever registered, in the order of their registration, with the names that they bear at some date. */
  readonly subjects: ReadonlyMap<string, readonly string[]>;
}

/** Events of the log per reading. */
const PAGE = 5_000;

const counts: ReadonlySet<string> = new Set([
  'ScaleDefined',
  'ScaleRevised',
  'PeriodDefined',
  'RegionRegistered',
  'RegionNamed',
  'ProjectRegistered',
  'ProjectNamed',
  'OrganisationRegistered',
  'OrganisationNamed',
  'StatusCorrected',
  'StatusWithdrawn',
]);

/** Statements, of which a log has the most, only matter here where they correct something that counts. */
const matters = ({ type, data }: StoredEvent): boolean =>
  counts.has(type) &&
  (type !== 'StatusCorrected' ||
    (typeof data === 'object' && data !== null && 'scale' in data && data['scale'] === 'name'));

/** Reads it from the whole log. Memory holds the vocabulary only. */
export async function readVocabulary(log: Pick<EventStore, 'readAll'>): Promise<Vocabulary> {
  const scales = new Map<string, KnownScale>();
  const periods = new Map<string, KnownPeriod>();
  const subjects = new Map<string, string[]>();
  /** By the event that gave it. */
  const namings = new Map<string, { readonly stream: string; readonly name: string }>();

  function learn(event: DomainEvent): void {
    switch (event.type) {
      case 'ScaleDefined':
        scales.set(event.data.key, event.data);
        return;
      case 'ScaleRevised': {
        const { key, label, levels } = event.data;
        const before = scales.get(key);
        if (before) scales.set(key, { ...before, label, levels });
        return;
      }
      case 'PeriodDefined':
        periods.set(event.data.key, event.data);
        return;
      default:
        learnSubject(event);
    }
  }

  function learnSubject(event: DomainEvent): void {
    const { stream } = event;
    const news = statementChange(event);
    if (event.type.endsWith('Registered') && subjectOfStream(stream)) subjects.set(stream, subjects.get(stream) ?? []);
    if (news?.kind === 'CORRECTED') namings.delete(news.corrects);
    if (news?.kind === 'WITHDRAWN') namings.delete(news.withdraws);
    else if (news?.content.scale === 'name') namings.set(event.id, { stream, name: news.content.level });
  }

  for (let position = 0; ;) {
    const events = await log.readAll(position, PAGE);
    for (const event of events) if (matters(event)) learn(decode(event));
    const last = events.at(-1);
    if (!last) break;
    position = last.position;
  }
  for (const { stream, name } of namings.values()) {
    const names = subjects.get(stream);
    if (names && !names.includes(name)) names.push(name);
  }
  return { scales, periods, subjects };
}
