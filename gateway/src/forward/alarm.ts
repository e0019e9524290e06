/** A sleep that can be ended from outside. */
export interface Alarm {
  /** Ends the sleep; when nobody sleeps, the next one does not begin. */
  ring(): void;
  sleep(milliseconds: number): Promise<void>;
}

export function createAlarm(): Alarm {
  let wake: (() => void) | undefined;
  let hasRung = false;
  return {
    ring() {
      hasRung = true;
      wake?.();
    },
    async sleep(milliseconds) {
      if (!hasRung) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      wake = undefined;
      hasRung = false;
    },
  };
}
