import type { SubscriptionResults } from './subscription-results.js';

/** How far each subscription of a connection has been delivered. */
export interface DeliveryTracker {
  started(id: string, results: SubscriptionResults): void;
  /** The last result that was taken from the subscription is sent now. */
  delivered(id: string): void;
  ended(id: string): void;
  /** The position up to which every subscription has been delivered; null where there is none. */
  readonly resumeAfter: number | null;
}

export const newDeliveryTracker = (): DeliveryTracker => {
  const resultsById = new Map<string, SubscriptionResults>();
  const deliveredUpTo = new Map<string, number>();
  const note = (id: string): void => {
    const position = resultsById.get(id)?.resumeAfter ?? null;
    if (position !== null) deliveredUpTo.set(id, position);
  };
  return {
    started(id, results) {
      resultsById.set(id, results);
      note(id);
    },
    delivered: note,
    ended(id) {
      resultsById.delete(id);
      deliveredUpTo.delete(id);
    },
    get resumeAfter() {
      return deliveredUpTo.size === 0 ? null : Math.min(...deliveredUpTo.values());
    },
  };
};
