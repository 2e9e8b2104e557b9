import { type DomainEvent, decode, statementChange } from '../../../events/domain-event.js';
import type { StoredEvent } from '../../../events/envelope.js';
import type { Label, SubjectKind } from '../../../events/primitives.js';
import type { ScaleKind } from '../../../events/scales.js';
import { isRegistration } from '../../../events/statement-change.js';
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

/** What the cells of a sheet are matched with: the scales, periods and subjects that the log defines. */
export interface ReferenceData {
  /** In the order of their definition. */
  readonly scales: ReadonlyMap<string, KnownScale>;
  readonly periods: ReadonlyMap<string, KnownPeriod>;
  /** Streams of the subjects that were ever registered, in the order of their registration, with the names that they bear at some date. */
  readonly subjects: ReadonlyMap<string, readonly string[]>;
}

const PAGE_EVENT_COUNT = 5_000;

const relevantTypes: ReadonlySet<string> = new Set([
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

/** Most events of a log are statements. Of those, only corrections of names are reference data. */
const isReferenceData = ({ type, data }: StoredEvent): boolean =>
  relevantTypes.has(type) &&
  (type !== 'StatusCorrected' ||
    (typeof data === 'object' && data !== null && 'scale' in data && data['scale'] === 'name'));

/** Reads the reference data from the whole log, page by page. */
export async function readReferenceData(log: Pick<EventStore, 'readAll'>): Promise<ReferenceData> {
  const scales = new Map<string, KnownScale>();
  const periods = new Map<string, KnownPeriod>();
  const subjects = new Map<string, string[]>();
  /** By the event that gave it. */
  const namings = new Map<string, { readonly stream: string; readonly name: string }>();

  function apply(event: DomainEvent): void {
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
        applySubject(event);
    }
  }

  function applySubject(event: DomainEvent): void {
    const { stream } = event;
    const change = statementChange(event);
    if (!change) return;
    if (isRegistration(change)) subjects.set(stream, subjects.get(stream) ?? []);
    if (change.kind === 'CORRECTED') namings.delete(change.corrects);
    if (change.kind === 'WITHDRAWN') namings.delete(change.withdraws);
    else if (change.content.scale === 'name') namings.set(event.id, { stream, name: change.content.level });
  }

  for (let position = 0; ;) {
    const events = await log.readAll(position, PAGE_EVENT_COUNT);
    for (const event of events) if (isReferenceData(event)) apply(decode(event));
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
