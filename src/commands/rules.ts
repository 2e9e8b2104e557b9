import type { EventTypeName } from '../../events/event-types.js';
import type { Candidate } from './candidate.js';
import type { Facts } from './facts/facts.js';
import type { Refusal } from './refusal.js';
import {
  correctionChangesSomething,
  correctionKeepsScale,
  correctsWhatStands,
  existenceStaysSound,
  withdrawsWhatStands,
} from './rules/correction.js';
import { dateHasItsPrecision, figuresRunForward } from './rules/dates.js';
import { fallHasReason } from './rules/direction.js';
import { cellsAreReadable, formulasAreReadable } from './rules/formulas.js';
import { levelIsKnown } from './rules/level.js';
import { canRetire, takesEffectInLifetime } from './rules/lifetime.js';
import { parentsHaveNoCycle } from './rules/parents.js';
import { periodIsNew, publishesDefinedPeriod } from './rules/periods.js';
import { keyIsFree, subjectIsRegistered } from './rules/registration.js';
import {
  figuresHaveTheirDecimals,
  reportIsNew,
  reportNamesEachPartOnce,
  reportsDefinedPeriod,
} from './rules/reports.js';
import type { Rule } from './rules/rule.js';
import { levelsAreKept, levelsDiffer, scaleIsNew } from './rules/scales.js';
import { scaleFitsSubject } from './rules/stated-scale.js';
import { standsInItsStream } from './rules/stream.js';

const registration = [standsInItsStream, keyIsFree];
const naming = [standsInItsStream, subjectIsRegistered, takesEffectInLifetime];
const retirement = [standsInItsStream, subjectIsRegistered, canRetire];

/** What each type of event must satisfy, in the order in which it is asked. */
const rules: { readonly [T in EventTypeName]: readonly Rule<T>[] } = {
  ScaleDefined: [standsInItsStream, scaleIsNew, levelsDiffer],
  ScaleRevised: [standsInItsStream, levelsDiffer, levelsAreKept],
  OrganisationRegistered: registration,
  OrganisationNamed: naming,
  RegionRegistered: registration,
  RegionNamed: naming,
  RegionRetired: retirement,
  ProjectRegistered: registration,
  ProjectNamed: naming,
  ProjectRetired: retirement,
  ProjectSummarised: [standsInItsStream, subjectIsRegistered],
  StatusStated: [
    standsInItsStream,
    subjectIsRegistered,
    scaleFitsSubject,
    levelIsKnown,
    takesEffectInLifetime,
    parentsHaveNoCycle,
    fallHasReason,
  ],
  StatusCorrected: [
    standsInItsStream,
    correctsWhatStands,
    correctionKeepsScale,
    existenceStaysSound,
    levelIsKnown,
    takesEffectInLifetime,
    correctionChangesSomething,
    parentsHaveNoCycle,
  ],
  StatusWithdrawn: [standsInItsStream, withdrawsWhatStands, parentsHaveNoCycle],
  PeriodDefined: [standsInItsStream, periodIsNew],
  PeriodPublished: [standsInItsStream, publishesDefinedPeriod, cellsAreReadable],
  ReportPublished: [
    standsInItsStream,
    reportIsNew,
    reportsDefinedPeriod,
    reportNamesEachPartOnce,
    figuresHaveTheirDecimals,
    formulasAreReadable,
  ],
  MilestoneRecorded: [standsInItsStream, subjectIsRegistered, dateHasItsPrecision],
  PublicationFiguresRecorded: [standsInItsStream, figuresRunForward],
  ActorErased: [standsInItsStream],
};

/** Why history cannot take the event after what has happened so far; null if it can. */
export function refusal(facts: Facts, event: Candidate): Refusal | null {
  // The list under an event's own type is for that type; TypeScript does not follow the two together.
  for (const rule of rules[event.type] as readonly Rule<EventTypeName>[]) {
    const refused = rule(facts, event);
    if (refused) return refused;
  }
  return null;
}
