import type { DomainEvent } from '../../../events/domain-event.js';
import type { ProposedEvent } from '../proposed-event.js';
import type { Command } from '../catalogue.js';
import { decide } from '../execution/decide.js';
import { versionsOn, type WriteModel, type Version } from '../write-model/write-model.js';
import { newWriteModel } from '../write-model/builder.js';
import { refuse, type Refusal } from '../refusal.js';
import { called } from '../rules/wording.js';
import type { RowDecision, StatementRow } from './row.js';

export interface Circumstances {
  /** The events of the statements that rows with another level for the same date would correct. */
  readonly named: ReadonlyMap<string, DomainEvent>;
  /** A level that holds already says nothing new, whenever it was stated. */
  readonly changesOnly: boolean;
}

/** The statement that holds on the row's date, as far as is known (time rule 2). */
export const heldOn = (model: WriteModel, { stream, scale, effectiveOn }: StatementRow): Version | undefined =>
  versionsOn(model.subject(stream), scale).findLast((version) => version.effectiveOn <= effectiveOn);

/** Whether there is a statement of this very date that says something else: that is one to be put right. */
export const contradicts = (held: Version | undefined, { level, effectiveOn }: StatementRow): held is Version =>
  held !== undefined && held.effectiveOn === effectiveOn && held.level !== level;

/**
 * Decides rows one after the other, each on the history and the rows accepted before it. A level is
 *  - unchanged, where a statement of this very date says the same;
 *  - a correction of that statement, where it says something else, and then needs a reason;
 *  - else a new statement. That the level held already makes no difference: it is stated of another date.
 * Rows that state the same thing of the same date are all refused: there is no telling which is meant.
 */
export function decideRows(
  model: WriteModel,
  rows: readonly StatementRow[],
  circumstances: Circumstances,
): readonly RowDecision[] {
  const ahead = newWriteModel(model);
  const places = linesByPlace(rows);
  return rows.map((row, index): RowDecision => {
    const lines = places.get(placeOf(row)) ?? [];
    if (lines.length > 1) return { kind: 'REFUSED', refusal: statedTwice(row, lines) };
    const held = heldOn(ahead, row);
    // What is said of a subject whose registration was withdrawn says nothing: the rules tell why.
    const registered = ahead.subject(row.stream)?.lifetime.registeredOn != null;
    if (held && registered && isUnchanged(held, row, circumstances)) return { kind: 'UNCHANGED', event: held.eventId };
    const command = commandFor(row, held, circumstances);
    if ('code' in command) return { kind: 'REFUSED', refusal: command };
    const decision = decide(ahead, command);
    if (decision.kind === 'REFUSED') return decision;
    const event = theOnly(decision.events);
    ahead.apply({ ...event, id: `row ${index}` });
    return { kind: 'ACCEPTED', event };
  });
}

const placeOf = ({ stream, scale, effectiveOn }: StatementRow): string => `${stream} ${scale} ${effectiveOn}`;

function linesByPlace(rows: readonly StatementRow[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const row of rows) {
    const place = placeOf(row);
    const known = places.get(place);
    if (known) known.push(row.line);
    else places.set(place, [row.line]);
  }
  return places;
}

const statedTwice = ({ stream, scale, effectiveOn }: StatementRow, lines: readonly number[]): Refusal =>
  refuse(
    'STATED_TWICE',
    '',
    `Rows ${lines.join(', ')} each state a level of ${called(stream)} on scale '${scale}' from ${effectiveOn}. Keep one of them.`,
  );

const isUnchanged = (held: Version, row: StatementRow, { changesOnly }: Circumstances): boolean =>
  held.level === row.level && (changesOnly || held.effectiveOn === row.effectiveOn);

function commandFor(row: StatementRow, held: Version | undefined, { named }: Circumstances): Command | Refusal {
  const { stream, scale, level, effectiveOn, basis, evidence, reason } = row;
  if (!contradicts(held, row))
    return { kind: 'RECORD_STATUS', stream, scale, level, effectiveOn, basis, evidence, reason };
  if (reason === null) {
    const message = `${called(stream)} is stated to have level '${held.level}' on scale '${scale}' from ${effectiveOn} already; '${level}' would correct that, which needs a reason.`;
    return refuse('REASON_REQUIRED', 'reason', message);
  }
  const event = named.get(held.eventId);
  if (!event) throw new Error(`Event ${held.eventId} is to be corrected and was not read.`);
  // Evidence that is not given stays as it was.
  const given = evidence.length > 0 ? evidence : null;
  return { kind: 'CORRECT_STATUS', target: event, level, effectiveOn: null, basis, evidence: given, reason };
}

function theOnly(events: readonly ProposedEvent[]): ProposedEvent {
  const [event] = events;
  if (event && events.length === 1) return event;
  throw new Error(`A row comes to one event, not to ${events.length}.`);
}
