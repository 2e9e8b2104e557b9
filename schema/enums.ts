import { registerEnumType } from 'type-graphql';

const sameNames = <const T extends readonly string[]>(...names: T) =>
  Object.fromEntries(names.map((name) => [name, name])) as { readonly [Name in T[number]]: Name };

const described = (descriptions: Record<string, string>) =>
  Object.fromEntries(Object.entries(descriptions).map(([name, description]) => [name, { description }]));

export const SubjectKind = sameNames('REGION', 'PROJECT');
registerEnumType(SubjectKind, {
  name: 'SubjectKind',
  description: 'What statements of status are made about.',
  valuesConfig: described({
    REGION: 'A care-office region (zorgkantoorregio) or a subregion.',
    PROJECT: 'A regional project (transitieplan).',
  }),
});

export const ScaleKind = sameNames('ORDINAL', 'NOMINAL');
registerEnumType(ScaleKind, {
  name: 'ScaleKind',
  description: 'Whether the levels of a scale have a rank.',
  valuesConfig: described({
    ORDINAL: 'The levels are ranked: a change to a higher one is an advance.',
    NOMINAL: 'The levels are classes without a rank: every change between them is lateral.',
  }),
});

export const Language = sameNames('NL', 'EN');
registerEnumType(Language, {
  name: 'Language',
  description: 'The language of a label, a name or a definition.',
  valuesConfig: described({
    NL: 'Dutch, as in the reports.',
    EN: 'English; the Dutch text where there is no English one.',
  }),
});
export type Language = keyof typeof Language;

export const Basis = sameNames('OBSERVED', 'PUBLISHED', 'RECONSTRUCTED');
registerEnumType(Basis, {
  name: 'Basis',
  description:
    'How a status is known. Nobody should take a reconstruction for an observation: counts carry their bases.',
  valuesConfig: described({
    OBSERVED: 'Stated by whoever observed it.',
    PUBLISHED: 'Printed for this very subject in a publication.',
    RECONSTRUCTED:
      'Inferred, for example from printed totals: one history that fits them, not necessarily the true one.',
  }),
});

export const Direction = sameNames('ENTER', 'ADVANCE', 'REGRESS', 'LATERAL', 'LEAVE');
registerEnumType(Direction, {
  name: 'Direction',
  description: 'Which way a level changed.',
  valuesConfig: described({
    ENTER: 'The first level: there was none before.',
    ADVANCE: 'To a higher level of an ordinal scale.',
    REGRESS: 'To a lower level of an ordinal scale.',
    LATERAL: 'To another level of a nominal scale.',
    LEAVE: 'The last level ended, and none came after it: the subject was retired, or is absent on the later side.',
  }),
});

export const Absence = sameNames('NOT_REGISTERED', 'RETIRED', 'WITHDRAWN', 'BEFORE_FIRST_STATUS', 'NOT_STATED');
registerEnumType(Absence, {
  name: 'Absence',
  description: 'Why a subject has no status on a scale at a moment: the first of these that applies.',
  valuesConfig: described({
    NOT_REGISTERED: 'The date lies before the subject’s registration.',
    RETIRED: 'The date lies on or after the subject’s retirement.',
    WITHDRAWN: 'A statement that would hold on the date was withdrawn.',
    BEFORE_FIRST_STATUS: 'All known statements take effect after the date.',
    NOT_STATED: 'Nothing is known to have been stated on this scale.',
  }),
});

export const StatementEnd = sameNames('CORRECTION', 'WITHDRAWAL');
registerEnumType(StatementEnd, {
  name: 'StatementEnd',
  description: 'How a version of a statement stopped being known.',
  valuesConfig: described({
    CORRECTION: 'A corrected version replaced it.',
    WITHDRAWAL: 'The statement was withdrawn.',
  }),
});

export const ImportOutcome = sameNames('RECORDED', 'ACCEPTED', 'UNCHANGED', 'REFUSED');
registerEnumType(ImportOutcome, {
  name: 'ImportOutcome',
  description: 'What became of a row of an import.',
  valuesConfig: described({
    RECORDED: 'It was recorded.',
    ACCEPTED: 'It can be recorded, and was not: this was a validation, or another row is refused.',
    UNCHANGED: 'The same is stated already, so there was nothing to record.',
    REFUSED: 'It cannot be recorded; `problem` says why.',
  }),
});
export type ImportOutcome = keyof typeof ImportOutcome;

export const DatePrecision = sameNames('YEAR', 'SEASON', 'MONTH', 'DAY');
registerEnumType(DatePrecision, {
  name: 'DatePrecision',
  description: 'How exactly something is dated.',
  valuesConfig: described({
    YEAR: 'To the year: "2017".',
    SEASON: 'To the season, named by a month in it: "2020-04" is spring 2020.',
    MONTH: 'To the month: "2018-05".',
    DAY: 'To the day: "2020-11-01".',
  }),
});

export const ProjectionState = sameNames('LIVE', 'CATCHING_UP', 'REBUILDING', 'FAILED', 'REPLACED');
registerEnumType(ProjectionState, {
  name: 'ProjectionState',
  description: 'How a read model stands to the log.',
  valuesConfig: described({
    LIVE: 'It answers requests and includes every event of the log.',
    CATCHING_UP: 'It answers requests and still lacks events of the log.',
    REBUILDING: 'It is being built beside the live version, and does not answer requests yet.',
    FAILED: 'It stopped at an event that it cannot place. The live version goes on answering as of the event before.',
    REPLACED:
      'It answers the requests to this server, but moves no more: another release of the program has taken over. This server is to be ended.',
  }),
});
export type ProjectionState = keyof typeof ProjectionState;

export const OrderDirection = sameNames('ASC', 'DESC');
registerEnumType(OrderDirection, {
  name: 'OrderDirection',
  description: 'Which end of an order comes first.',
  valuesConfig: described({ ASC: 'Smallest, oldest or lowest first.', DESC: 'Largest, newest or highest first.' }),
});
export type OrderDirection = keyof typeof OrderDirection;

export const SubjectOrderField = sameNames('KEY', 'NAME', 'LEVEL', 'LAST_CHANGE');
registerEnumType(SubjectOrderField, {
  name: 'SubjectOrderField',
  description: 'What subjects are ordered by. Equal ones follow by key.',
  valuesConfig: described({
    KEY: 'The key.',
    NAME: 'The name at the moment asked for, in Dutch alphabetical order.',
    LEVEL: 'The level on the scale named, in the scale’s order; subjects without one come last.',
    LAST_CHANGE: 'The date of the last change of any status up to the moment; subjects without one come last.',
  }),
});
export type SubjectOrderField = keyof typeof SubjectOrderField;

export const ChangeOrderField = sameNames('EFFECTIVE_ON', 'RECORDED_AT');
registerEnumType(ChangeOrderField, {
  name: 'ChangeOrderField',
  description: 'What status changes are ordered by.',
  valuesConfig: described({
    EFFECTIVE_ON: 'The date of the change, then the place in the log at which it became known.',
    RECORDED_AT: 'The place in the log at which the change became known.',
  }),
});
export type ChangeOrderField = keyof typeof ChangeOrderField;

export const CellVerdict = sameNames('MATCH', 'RESTATED', 'MISPRINT', 'PROJECTION_DRIFT', 'NOT_COMPUTABLE');
registerEnumType(CellVerdict, {
  name: 'CellVerdict',
  description: 'How a printed figure relates to the history.',
  valuesConfig: described({
    MATCH: 'Printed, rebuilt and known now are the same.',
    RESTATED: 'The figure was right when it was printed; later events changed what is known.',
    MISPRINT: 'The figure never agreed with the history that it was printed from.',
    PROJECTION_DRIFT:
      'Today’s program rebuilds another figure than was rebuilt at publication: the program changed, not the history.',
    NOT_COMPUTABLE: 'The history does not hold what the figure counts.',
  }),
});

export const ClaimVerdict = sameNames('HOLDS', 'ROUNDED', 'CONTRADICTED', 'NOT_COMPUTABLE');
registerEnumType(ClaimVerdict, {
  name: 'ClaimVerdict',
  description: 'What the history says of a sentence that states a figure.',
  valuesConfig: described({
    HOLDS:
      'It is true as it is qualified: exactly the figure; at most 5 percent below it where the sentence says "nearly"; at most 10 percent above it where it says "over".',
    ROUNDED: 'It is off by less than one unit of the last digit that the sentence gives.',
    CONTRADICTED: 'The history gives another figure.',
    NOT_COMPUTABLE: 'The history does not hold what the sentence counts.',
  }),
});

export const Qualifier = sameNames('EXACTLY', 'ABOUT', 'NEARLY', 'OVER');
registerEnumType(Qualifier, {
  name: 'Qualifier',
  description: 'How a sentence qualifies its figure.',
  valuesConfig: described({
    EXACTLY: 'Without reserve.',
    ABOUT: 'As a round figure.',
    NEARLY: 'As a little less than the figure ("bijna").',
    OVER: 'As a little more than the figure ("ruim").',
  }),
});
