/** A clock that stands still until it is told otherwise. */
export interface TestClock {
  readonly now: () => Date;
  set(instant: string): void;
  advance(milliseconds: number): void;
}

export function newTestClock(instant = '2021-06-01T10:00:00.000Z'): TestClock {
  let time = Date.parse(instant);
  return {
    now: () => new Date(time),
    set(instant) {
      time = Date.parse(instant);
    },
    advance(milliseconds) {
      time += milliseconds;
    },
  };
}
