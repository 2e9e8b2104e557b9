/** The source of every event, whichever log it was first appended to: two logs with equal events say the same. */
export const SOURCE = 'urn:peildatum:log';
export const TYPE_PREFIX = 'nl.peildatum.';
export const SCHEMA_PREFIX = 'urn:peildatum:event:';

/** All attributes of an event, in the order of a line. Those from `sequence` to `requestdigest` are extensions of CloudEvents. */
export const attributeNames = [
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'datacontenttype',
  'dataschema',
  'sequence',
  'revision',
  'recordedatstated',
  'appendedat',
  'actor',
  'correlationid',
  'causationid',
  'idempotencykey',
  'requestdigest',
  'data',
] as const;
export type AttributeName = (typeof attributeNames)[number];

/** Attributes that a line has only beside a stated time. For an event without one, the log sets them when it records it. */
export const recordingAttributeNames = [
  'sequence',
  'revision',
  'recordedatstated',
  'appendedat',
  'idempotencykey',
  'requestdigest',
] as const satisfies readonly AttributeName[];
