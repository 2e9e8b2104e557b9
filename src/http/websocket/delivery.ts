import type { Answers } from './answers.js';

/** How far each subscription of a connection has been delivered. */
export interface Delivery {
  begun(id: string, answers: Answers): void;
  /** The last answer that was taken from the subscription goes out now. */
  delivered(id: string): void;
  over(id: string): void;
  /** The position up to which every subscription has been delivered; null where there is none. */
  readonly resumeAfter: number | null;
}

export const newDelivery = (): Delivery => {
  const answersOf = new Map<string, Answers>();
  const reached = new Map<string, number>();
  const note = (id: string): void => {
    const position = answersOf.get(id)?.resumeAfter ?? null;
    if (position !== null) reached.set(id, position);
  };
  return {
    begun(id, answers) {
      answersOf.set(id, answers);
      note(id);
    },
    delivered: note,
    over(id) {
      answersOf.delete(id);
      reached.delete(id);
    },
    get resumeAfter() {
      return reached.size === 0 ? null : Math.min(...reached.values());
    },
  };
};
