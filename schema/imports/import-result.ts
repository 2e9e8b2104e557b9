import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import type { StoredEvent } from '../../events/envelope.js';
import { Event } from '../log/event.js';
import { PositionScalar } from '../scalars.js';
import { type AnyProblem, Conflict, InvalidInput, Problem } from '../recording/record-result.js';
import { defineEnum } from '../enum.js';

export const ImportOutcome = defineEnum('ImportOutcome', 'What became of a row of an import.', {
  RECORDED: 'It was recorded.',
  ACCEPTED: 'It can be recorded, and was not: this was a validation, or another row is refused.',
  UNCHANGED: 'The same is stated already, so there was nothing to record.',
  REFUSED: 'It cannot be recorded; `problem` says why.',
});
export type ImportOutcome = keyof typeof ImportOutcome;

@ObjectType({ description: 'What became of a row of an import.' })
export class ImportedRow {
  constructor(
    index: number,
    outcome: ImportOutcome,
    private readonly subject: { readonly event?: StoredEvent | null; readonly problem?: AnyProblem },
  ) {
    this.index = index;
    this.outcome = outcome;
  }

  @Field(() => Int, { description: 'Its place in the input, from 0.' })
  readonly index: number;

  @Field(() => ImportOutcome, { description: 'What became of it.' })
  readonly outcome: ImportOutcome;

  @Field(() => Event, {
    nullable: true,
    description: 'The event that says it: the one that was recorded, or, where it is unchanged, the one of before.',
  })
  get event(): Event | null {
    return this.subject.event ? new Event(this.subject.event, null) : null;
  }

  @Field(() => Problem, { nullable: true, description: 'Why it is refused.' })
  get problem(): AnyProblem | null {
    return this.subject.problem ?? null;
  }
}

@ObjectType({
  description:
    'What became of every row. Where any is refused nothing was recorded, unless it was asked to record the others. The read models include what was recorded.',
})
export class Imported {
  constructor(rows: readonly ImportedRow[], position: number | null) {
    this.rows = rows;
    this.position = position;
  }

  @Field(() => [ImportedRow], { description: 'All rows, in the order of the input.' })
  readonly rows: readonly ImportedRow[];

  @Field(() => Int, { description: 'How many rows were recorded.' })
  get recorded(): number {
    return this.count('RECORDED');
  }

  @Field(() => Int, { description: 'How many rows can be recorded and were not.' })
  get accepted(): number {
    return this.count('ACCEPTED');
  }

  @Field(() => Int, { description: 'How many rows say what is stated already.' })
  get unchanged(): number {
    return this.count('UNCHANGED');
  }

  @Field(() => Int, { description: 'How many rows are refused.' })
  get refused(): number {
    return this.count('REFUSED');
  }

  @Field(() => PositionScalar, {
    nullable: true,
    description:
      'The position of the last event recorded: ask for `at: {atLeast: …}` to read your own writes. Null where nothing was recorded.',
  })
  readonly position: number | null;

  private count(outcome: ImportOutcome): number {
    return this.rows.filter((row) => row.outcome === outcome).length;
  }
}

export const ImportResult = createUnionType({
  name: 'ImportResult',
  description: 'What came of an import.',
  types: () => [Imported, InvalidInput, Conflict] as const,
});
export type ImportResult = Imported | InvalidInput | Conflict;
