import { defineEnum } from '../enum.js';

export const OrderDirection = defineEnum('OrderDirection', 'Which end of an order comes first.', {
  ASC: 'Smallest, oldest or lowest first.',
  DESC: 'Largest, newest or highest first.',
});
export type OrderDirection = keyof typeof OrderDirection;
