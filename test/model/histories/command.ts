import * as fc from 'fast-check';

/** What may happen; the interpreter finds out to whom and how, from the numbers, so that it can be legal. */
export const acts = [
  'STATE',
  'STATE_RESERVED',
  'CORRECT_LEVEL',
  'CORRECT_DATE',
  'CORRECT_BASIS',
  'CORRECT_EVIDENCE',
  'WITHDRAW',
  'CORRECT_LIFETIME',
  'WITHDRAW_LIFETIME',
  'RENAME',
  'RETIRE',
  'REGISTER',
  'REVISE_SCALE',
  'DEFINE_SCALE',
  'DEFINE_PERIOD',
  'PUBLISH_PERIOD',
  'MILESTONE',
  'SUMMARISE',
] as const;
export type Act = (typeof acts)[number];

const weights: Record<Act, number> = {
  STATE: 12,
  STATE_RESERVED: 4,
  CORRECT_LEVEL: 4,
  CORRECT_DATE: 4,
  CORRECT_BASIS: 1,
  CORRECT_EVIDENCE: 1,
  WITHDRAW: 4,
  CORRECT_LIFETIME: 3,
  WITHDRAW_LIFETIME: 2,
  RENAME: 3,
  RETIRE: 3,
  REGISTER: 2,
  REVISE_SCALE: 1,
  DEFINE_SCALE: 1,
  DEFINE_PERIOD: 1,
  PUBLISH_PERIOD: 1,
  MILESTONE: 1,
  SUMMARISE: 1,
};

export interface Command {
  readonly act: Act;
  readonly who: number;
  readonly what: number;
  readonly level: number;
  readonly date: number;
  readonly ground: number;
  /** In the same append as the command before. */
  readonly joined: boolean;
  /** Milliseconds that the clock moves on before it; back, in a live log, by a little. */
  readonly tick: number;
}

/** Half of what happens, happens to the first two: histories in which little meets little find little. */
const few = fc.oneof(fc.nat(1), fc.nat(11));

export const command: fc.Arbitrary<Command> = fc.record({
  act: fc.oneof(...acts.map((act) => ({ weight: weights[act], arbitrary: fc.constant(act) }))),
  who: few,
  what: few,
  level: fc.nat(11),
  date: fc.nat(9),
  ground: fc.nat(5),
  joined: fc.boolean(),
  tick: fc.constantFrom(0, 0, 1, 999, 60_000, 86_400_000, -1500),
});
