/** Why history cannot take an event. The codes are part of the API: clients tell cases apart by them. */
export const refusalCodes = [
  'MALFORMED',
  'WRONG_STREAM',
  'ALREADY_REGISTERED',
  'NOT_REGISTERED',
  'ALREADY_RETIRED',
  'OUTSIDE_LIFETIME',
  'LIFETIME_INVERTED',
  'ALREADY_DEFINED',
  'RESERVED_SCALE',
  'DUPLICATE_LEVEL',
  'LEVEL_REMOVED',
  'LEVELS_REORDERED',
  'UNKNOWN_SCALE',
  'SCALE_DOES_NOT_FIT',
  'UNKNOWN_LEVEL',
  'UNKNOWN_ORGANISATION',
  'UNKNOWN_REGION',
  'MALFORMED_VALUE',
  'PARENT_CYCLE',
  'REASON_REQUIRED',
  'UNKNOWN_EVENT',
  'WITHDRAWN',
  'REPLACED',
  'OTHER_SCALE',
  'EXISTENCE_KEPT',
  'UNCHANGED',
  'UNKNOWN_PERIOD',
  'REFERENCE_DATE_DIFFERS',
  'ALREADY_PUBLISHED',
  'PRECISION_DIFFERS',
  'DATES_INVERTED',
  'STATED_TWICE',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** An expected outcome, not an error: what is wrong, where, and what would be accepted. */
export interface Refusal {
  readonly code: RefusalCode;
  /** The field of the event's data that is at fault, or 'stream'. */
  readonly field: string;
  readonly message: string;
  /** With REPLACED: the event that made the version which stands now. */
  readonly currentEvent?: string;
}

export const refuse = (code: RefusalCode, field: string, message: string): Refusal => ({ code, field, message });
