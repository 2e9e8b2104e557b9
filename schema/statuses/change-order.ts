import { Field, InputType } from 'type-graphql';
import type { ChangeOrder as ListedOrder } from '../../projections/statements/queries/status-changes.js';
import { defineEnum } from '../enum.js';
import { OrderDirection } from '../paging/order-direction.js';
import type { OrderFormat } from '../paging/list-order.js';

export const ChangeOrderField = defineEnum('ChangeOrderField', 'What status changes are ordered by.', {
  EFFECTIVE_ON: 'The date of the change, then the place in the log at which it became known.',
  RECORDED_AT: 'The place in the log at which the change became known.',
});
type ChangeOrderField = keyof typeof ChangeOrderField;

@InputType({ description: 'The order of a list of status changes.' })
export class ChangeOrder {
  @Field(() => ChangeOrderField, { description: 'What to order by.' })
  by!: ChangeOrderField;

  @Field(() => OrderDirection, {
    nullable: true,
    defaultValue: OrderDirection.ASC,
    description: 'Which end comes first.',
  })
  direction?: OrderDirection | null;
}

export const oldestFirst: ListedOrder = { by: 'EFFECTIVE_ON', direction: 'ASC' };

export const changeOrderFormat: OrderFormat<ListedOrder> = {
  print: ({ by, direction }) => `${by} ${direction}`,
  parse(text) {
    const [by, direction] = text.split(' ');
    return {
      by: by === 'RECORDED_AT' ? 'RECORDED_AT' : 'EFFECTIVE_ON',
      direction: direction === 'DESC' ? 'DESC' : 'ASC',
    };
  },
};
