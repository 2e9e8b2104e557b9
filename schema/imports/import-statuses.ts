import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { StoredEvent } from '../../events/envelope.js';
import { importRows } from '../../src/commands/bulk/import-rows.js';
import type { RowOutcome, StatementRow } from '../../src/commands/bulk/row.js';
import type { Context } from '../context.js';
import { toProblem } from '../recording/to-record-result.js';
import { type ImportRowInput, ImportStatusesInput, MAX_IMPORT_ROW_COUNT } from './import-input.js';
import { ImportResult, Imported, ImportedRow } from './import-result.js';
import { evidenceOf } from '../recording/common-inputs.js';
import { InputReferenceError, subjectStream } from '../recording/references.js';
import { problemOfKey } from '../recording/record.js';
import { type AnyProblem, Conflict, InvalidInput } from '../recording/record-result.js';

@Resolver()
export class ImportMutation {
  @Mutation(() => ImportResult, {
    description:
      'Records many statements at once: all of them, or nothing. A row is unchanged where the same level is stated of the same date, so sending rows again records nothing new. For recorders.',
  })
  async importStatuses(
    @Arg('input', () => ImportStatusesInput, { description: 'What to record.' }) input: ImportStatusesInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportResult> {
    const { actor } = context.authorise('RECORD_STATUS');
    // A row corrects the statement of the same subject, scale and date, where there is another one.
    context.authorise('CORRECT_STATUS');
    const { idempotencyKey = null } = input;
    const wrong = problemOfKey(idempotencyKey) ?? problemOfSize(input);
    if (wrong) return wrong;
    const read = input.rows.map(readRow);
    const rows = read.flatMap((row) => ('line' in row ? row : []));
    const refusedLines = new Set(read.flatMap((row, index) => ('line' in row ? [] : index)));
    const result = await importRows(
      {
        rows,
        asked: input.rows,
        actor,
        idempotencyKey,
        partial: input.partial ?? false,
        changesOnly: input.changesOnly ?? false,
        validateOnly: input.validateOnly ?? false,
        refusedLines,
      },
      context.recorder,
    );
    switch (result.kind) {
      case 'KEY_CONFLICT':
        return new Conflict(
          'IDEMPOTENCY_KEY_TAKEN',
          'The idempotency key was used for another request. Take a new key for a new request.',
          { current: result.events[0] ?? null },
        );
      case 'CONTENDED':
        return new Conflict(
          'CONTENDED',
          'Others are recording of the same subjects at this moment. Send the request again.',
          {
            actualRevision: result.actual,
          },
        );
      case 'DECIDED': {
        if (result.position !== null) await context.waitForPosition(result.position);
        return new Imported(await rowsOf(read, result.rows, context), result.position);
      }
    }
  }
}

function problemOfSize({ rows }: ImportStatusesInput): InvalidInput | null {
  if (rows.length > 0 && rows.length <= MAX_IMPORT_ROW_COUNT) return null;
  const message = `An import has 1 to ${MAX_IMPORT_ROW_COUNT} rows, not ${rows.length}. 'peildatum import' takes more, from a file.`;
  return new InvalidInput('BAD_USER_INPUT', message, ['rows']);
}

/** The row to decide on, or the problem with its subject's id. */
function readRow(
  { subject, scale, level, effectiveOn, basis, reason, evidence }: ImportRowInput,
  line: number,
): StatementRow | AnyProblem {
  try {
    const stream = subjectStream(subject);
    return {
      line,
      stream,
      scale,
      level,
      effectiveOn,
      basis: basis ?? 'OBSERVED',
      reason: reason ?? null,
      evidence: evidenceOf(evidence),
    };
  } catch (error) {
    if (!(error instanceof InputReferenceError)) throw error;
    const { code, message } = error.problem;
    return new InvalidInput(code, message, ['rows', String(line), 'subject']);
  }
}

async function rowsOf(
  read: readonly (StatementRow | AnyProblem)[],
  outcomes: readonly RowOutcome[],
  context: Context,
): Promise<ImportedRow[]> {
  const before = await context.log.byIds(outcomes.flatMap((row) => (row.kind === 'UNCHANGED' ? row.event : [])));
  const byId = new Map(before.map((event) => [event.id, event]));
  let next = 0;
  return Promise.all(
    read.map(async (row, index) => {
      if (!('line' in row)) return new ImportedRow(index, 'REFUSED', { problem: row });
      const outcome = outcomes[next];
      next += 1;
      if (!outcome) throw new Error(`Row ${index} was not decided.`);
      return toImportedRow(index, outcome, byId, context);
    }),
  );
}

async function toImportedRow(
  index: number,
  outcome: RowOutcome,
  before: ReadonlyMap<string, StoredEvent>,
  context: Context,
): Promise<ImportedRow> {
  switch (outcome.kind) {
    case 'RECORDED':
      return new ImportedRow(index, 'RECORDED', { event: outcome.event });
    case 'ACCEPTED':
      return new ImportedRow(index, 'ACCEPTED', {});
    case 'UNCHANGED':
      return new ImportedRow(index, 'UNCHANGED', { event: before.get(outcome.event) ?? null });
    case 'REFUSED':
      return new ImportedRow(index, 'REFUSED', {
        problem: await toProblem(outcome.refusal, context, ['rows', String(index)]),
      });
  }
}
