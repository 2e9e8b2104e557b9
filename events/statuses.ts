import { Type } from 'typebox';
import { defineEvent } from './define-event.js';
import { firstVersion } from './schema-versions.js';
import { subjectStreams } from './home-stream.js';
import { Basis, CivilDate, closed, EventId, EvidenceList, FreeText, Key, nullable } from './primitives.js';

/** On the reserved scales the level is the value itself: a name, a key, or keys separated by commas. */
const LevelOrValue = Type.String({ minLength: 1, maxLength: 4000 });

const statement = {
  scale: Key,
  level: LevelOrValue,
  effectiveOn: CivilDate,
  basis: Basis,
  evidence: EvidenceList,
};

/** The name of an organisation is a statement too, and is corrected and withdrawn like any other. */
const anySubject = subjectStreams('REGION', 'PROJECT', 'ORGANISATION');

export const StatusStated = defineEvent('StatusStated', {
  meaning: 'The subject of the stream has this level on this scale from this date.',
  versions: firstVersion(Type.Object({ ...statement, reason: nullable(FreeText) }, closed)),
  home: subjectStreams('REGION', 'PROJECT'),
  statement: { kind: 'STATED', endsVersionIn: null, change: (data) => ({ kind: 'STATED', content: data }) },
});

/** It carries the statement whole, so that a version can be read without the ones before it. */
export const StatusCorrected = defineEvent('StatusCorrected', {
  meaning:
    "Replaces the version of a statement that event `corrects` made: the statement's own event or its latest correction.",
  versions: firstVersion(Type.Object({ corrects: EventId, ...statement, reason: FreeText }, closed)),
  home: anySubject,
  statement: {
    kind: 'CORRECTED',
    endsVersionIn: 'corrects',
    change: (data) => ({ kind: 'CORRECTED', corrects: data.corrects, content: data }),
  },
});

export const StatusWithdrawn = defineEvent('StatusWithdrawn', {
  meaning: 'Removes the statement whose latest version event `withdraws` made. No older version revives.',
  versions: firstVersion(Type.Object({ withdraws: EventId, reason: FreeText }, closed)),
  home: anySubject,
  statement: {
    kind: 'WITHDRAWN',
    endsVersionIn: 'withdraws',
    change: ({ withdraws, reason }) => ({ kind: 'WITHDRAWN', withdraws, reason }),
  },
});
