import type { DomainEvent } from '../../events/domain-event.js';
import type { Basis, Evidence, Label, SubjectKind } from '../../events/primitives.js';
import type { CountedCell } from '../../events/periods.js';
import type { ScaleKind } from '../../events/scales.js';

/** Why something is recorded, and where it can be checked. */
export interface Grounds {
  readonly reason: string | null;
  readonly evidence: readonly Evidence[];
}

export interface RegisterSubject extends Grounds {
  readonly key: string;
  readonly name: string;
  readonly registeredOn: string;
  readonly careOffice: string | null;
}

/** What can be asked to be recorded. Subjects are named by their streams, periods, scales and organisations by their keys. */
export type Command =
  | (RegisterSubject & { readonly kind: 'REGISTER_REGION'; readonly parent: string | null })
  | (RegisterSubject & {
      readonly kind: 'REGISTER_PROJECT';
      readonly regions: readonly string[];
      readonly summary: string | null;
    })
  | (Grounds & { readonly kind: 'NAME'; readonly stream: string; readonly name: string; readonly effectiveOn: string })
  | (Grounds & {
      readonly kind: 'RETIRE';
      readonly stream: string;
      readonly retiredOn: string;
      readonly reason: string;
    })
  | (Grounds & {
      readonly kind: 'DEFINE_SCALE';
      readonly key: string;
      readonly subjectKind: SubjectKind;
      readonly scaleKind: ScaleKind;
      readonly label: Label;
      readonly levels: readonly { readonly key: string; readonly label: Label; readonly definition: Label | null }[];
    })
  | (Grounds & {
      readonly kind: 'STATE';
      readonly stream: string;
      readonly scale: string;
      readonly level: string;
      readonly effectiveOn: string;
      readonly basis: Basis;
    })
  | {
      readonly kind: 'CORRECT';
      /** The event that made the version to be corrected. */
      readonly named: DomainEvent;
      /** Null: as it was. */
      readonly level: string | null;
      readonly effectiveOn: string | null;
      readonly basis: Basis | null;
      readonly evidence: readonly Evidence[] | null;
      readonly reason: string;
    }
  | { readonly kind: 'WITHDRAW'; readonly named: DomainEvent; readonly reason: string }
  | (Grounds & {
      readonly kind: 'DEFINE_PERIOD';
      readonly key: string;
      readonly label: Label;
      readonly referenceDate: string;
    })
  /** `cells` is null until they are counted, on the history that the publication is to pin. */
  | (Grounds & {
      readonly kind: 'PUBLISH_PERIOD';
      readonly period: string;
      readonly cells: readonly CountedCell[] | null;
    })
  | (Grounds & {
      readonly kind: 'RECORD_MILESTONE';
      readonly stream: string;
      readonly on: string;
      readonly text: string;
    })
  | (Grounds & { readonly kind: 'ERASE_ACTOR'; readonly actor: string; readonly reason: string });

/** A command of one kind. */
export type CommandOf<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;
