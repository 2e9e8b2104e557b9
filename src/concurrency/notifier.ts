/** Wakes one who waits; a ring that nobody waited for ends the next wait at once. */
export interface Bell {
  ring(): void;
  /** Resolves when the bell rings, or after so many milliseconds. */
  wait(milliseconds: number): Promise<void>;
}

export function newBell(): Bell {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(milliseconds) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      rung = false;
    },
  };
}
