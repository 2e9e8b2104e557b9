import { Field, ID, InputType } from 'type-graphql';
import type { SubjectKind } from '../../events/primitives.js';
import { lastChanges, placements } from '../../projections/statements/queries/placements.js';
import type { SubjectView } from '../../projections/statements/queries/subjects.js';
import type { Moment } from '../../src/time/moment.js';
import { RequestError } from '../../src/time/request-error.js';
import { checkScaleFits } from '../scales/check-scale.js';
import { checkAxisScale } from '../tabulations/axis.js';
import type { Context } from '../context.js';
import { OrderDirection } from '../paging/order-direction.js';
import { assessedScales, resolveScale } from '../scales/resolved-scale.js';
import { defineEnum } from '../enum.js';
import type { OrderFormat } from '../paging/list-order.js';

export const SubjectOrderField = defineEnum(
  'SubjectOrderField',
  'What subjects are ordered by. Equal ones follow by key.',
  {
    KEY: 'The key.',
    NAME: 'The name at the moment asked for, in Dutch alphabetical order.',
    LEVEL: 'The level on the scale named, in the scale’s order; subjects without one come last.',
    LAST_CHANGE: 'The date of the last change of any status up to the moment; subjects without one come last.',
  },
);
export type SubjectOrderField = keyof typeof SubjectOrderField;

@InputType({ description: 'The order of a list of subjects.' })
export class SubjectOrder {
  @Field(() => SubjectOrderField, { description: 'What to order by.' })
  by!: SubjectOrderField;

  @Field(() => ID, { nullable: true, description: 'With LEVEL, and only then: key of the scale.' })
  scale?: string | null;

  @Field(() => OrderDirection, {
    nullable: true,
    defaultValue: OrderDirection.ASC,
    description: 'Which end comes first.',
  })
  direction?: OrderDirection | null;
}

/** An order of subjects with its defaults filled in. */
export interface Order {
  readonly by: SubjectOrderField;
  readonly scale: string | null;
  readonly direction: OrderDirection;
}

const isOrderField = (text: string | undefined): text is SubjectOrderField =>
  text !== undefined && Object.hasOwn(SubjectOrderField, text);

export const subjectOrderFormat: OrderFormat<Order> = {
  print: ({ by, scale, direction }) => [by, direction, scale ?? ''].join(' '),
  parse(text) {
    const [by, direction, scale] = text.split(' ');
    return {
      by: isOrderField(by) ? by : 'KEY',
      direction: direction === 'DESC' ? 'DESC' : 'ASC',
      scale: scale === undefined || scale === '' ? null : scale,
    };
  },
};

export const defaultOrder: Order = { by: 'KEY', scale: null, direction: 'ASC' };

/** @throws {RequestError} when scale and LEVEL do not go together, or the scale is unknown. */
export async function checkedOrder(
  order: SubjectOrder | null | undefined,
  kind: SubjectKind,
  context: Context,
): Promise<Order | null> {
  if (!order) return null;
  const { by, scale = null, direction } = order;
  if (by === 'LEVEL' && scale === null) {
    throw new RequestError('BAD_USER_INPUT', 'orderBy.scale', 'Ordering by LEVEL needs a scale: name its key.');
  }
  if (by !== 'LEVEL' && scale !== null) {
    throw new RequestError(
      'BAD_USER_INPUT',
      'orderBy.scale',
      `A scale goes with LEVEL only, not with ${by}: leave it out.`,
    );
  }
  if (scale !== null) {
    await checkScaleFits(scale, kind, 'orderBy.scale', context);
    await checkAxisScale(scale, 'orderBy.scale', context);
  }
  return { by, scale, direction: direction ?? 'ASC' };
}

const collator = new Intl.Collator('nl', { numeric: true });
const byKey = (a: SubjectView, b: SubjectView): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** The subjects in the order asked for. Subjects without the value that they are ordered by come last in either direction. */
export async function inOrder(
  subjects: readonly SubjectView[],
  { by, scale, direction }: Order,
  kind: SubjectKind,
  moment: Moment,
  context: Context,
): Promise<SubjectView[]> {
  const sign = direction === 'ASC' ? 1 : -1;
  if (by === 'KEY') return [...subjects].sort((a, b) => sign * byKey(a, b));
  if (by === 'NAME') return [...subjects].sort((a, b) => sign * collator.compare(a.name, b.name) || byKey(a, b));
  const values =
    by === 'LEVEL' && scale !== null
      ? await levelRanks(subjects, scale, kind, moment, context)
      : await lastChangeDates(subjects, kind, moment, context);
  return [...subjects].sort((a, b) => {
    const [one, two] = [values.get(a.id), values.get(b.id)];
    if (one === undefined || two === undefined)
      return Number(one === undefined) - Number(two === undefined) || byKey(a, b);
    return sign * (one < two ? -1 : one > two ? 1 : 0) || byKey(a, b);
  });
}

const idsOf = (subjects: readonly SubjectView[]): number[] => subjects.map(({ id }) => id);

async function levelRanks(
  subjects: readonly SubjectView[],
  scale: string,
  kind: SubjectKind,
  moment: Moment,
  context: Context,
): Promise<ReadonlyMap<number, number | string>> {
  const bySubject = await placements(context.read, idsOf(subjects), scale, moment);
  const levels = (await resolveScale(scale, kind, moment, context))?.levels ?? [];
  const places = new Map(levels.map(({ key }, index) => [key, index]));
  return new Map([...bySubject].map(([id, { level }]) => [id, places.get(level) ?? levels.length]));
}

const lastChangeDates = async (
  subjects: readonly SubjectView[],
  kind: SubjectKind,
  moment: Moment,
  context: Context,
): Promise<ReadonlyMap<number, string>> =>
  lastChanges(context.read, idsOf(subjects), await assessedScales(kind, moment.position, context), moment);
