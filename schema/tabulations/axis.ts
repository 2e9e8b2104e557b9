import { Directive, Field, ID, InputType } from 'type-graphql';
import { RequestError } from '../../src/time/request-error.js';
import { checkScale } from '../scales/check-scale.js';
import { At } from '../moments/at.js';
import type { Context } from '../context.js';

const MAX_MOMENT_COUNT = 50;

@Directive('@oneOf')
@InputType({ description: 'What the rows or the columns of a cross-tabulation are: exactly one of these.' })
export class Axis {
  @Field(() => ID, { nullable: true, description: 'The levels of a scale, by its key.' })
  scale?: string | null;

  @Field(() => [At], {
    nullable: true,
    description: 'Columns only: 1 to 50 moments. Then each column has its own moment, and `at` is left out.',
  })
  moments?: At[] | null;
}

/** Scales that hold values instead of levels: hardly two subjects share one, or a subject has several at once. */
const notTabulated = new Set(['existence', 'name', 'regions']);

/** @throws {RequestError} when a scale's values are no cells of a table, or the scale is unknown. */
export async function checkAxisScale(scale: string, argument: string, context: Context): Promise<void> {
  await checkScale(scale, argument, context);
  if (!notTabulated.has(scale)) return;
  throw new RequestError(
    'UNSUPPORTED_AXIS',
    argument,
    `Scale '${scale}' holds values, not levels, and cannot be tabulated. Filter by it instead.`,
  );
}

/** The axes of a cross-tabulation: the key of the row scale, and a second scale or moments for the columns. */
export interface TableAxes {
  readonly rows: string;
  readonly columns: { readonly scale: string } | { readonly moments: readonly At[] };
}

/** @throws {RequestError} when the rows are not a scale, or the columns and `at` contradict each other. */
export function readAxes(rows: Axis, columns: Axis, at: At | null | undefined): TableAxes {
  if (rows.scale == null) {
    throw new RequestError(
      'INVALID_AXIS',
      'rows.moments',
      'The rows of a cross-tabulation are a scale. Put the moments in the columns.',
    );
  }
  if (columns.scale != null) {
    if (columns.scale === rows.scale) {
      throw new RequestError(
        'INVALID_AXIS',
        'columns.scale',
        'Rows and columns are the same scale. Take another one, or moments, for the columns.',
      );
    }
    return { rows: rows.scale, columns: { scale: columns.scale } };
  }
  const moments = columns.moments ?? [];
  if (moments.length < 1 || moments.length > MAX_MOMENT_COUNT) {
    throw new RequestError(
      'INVALID_AXIS',
      'columns.moments',
      `${moments.length} moments are asked for; a cross-tabulation takes 1 to ${MAX_MOMENT_COUNT}.`,
    );
  }
  if (at != null) {
    throw new RequestError('CONTRADICTORY_MOMENT', 'at', 'Each column has its own moment: leave out `at`.');
  }
  return { rows: rows.scale, columns: { moments } };
}
