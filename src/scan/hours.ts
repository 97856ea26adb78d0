import { setTimeout as delay } from 'node:timers/promises';

const DAY_MINUTES = 24 * 60;
const MINUTE_MILLIS = 60_000;
const FORM = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/** A span of each day, by the clock of this machine, over midnight too: from its first minute on, up to its last. */
export class Hours {
  readonly #from: number;
  readonly #until: number;

  private constructor(
    readonly text: string,
    from: number,
    until: number,
  ) {
    this.#from = from;
    this.#until = until;
  }

  /** `22:00-06:00`; undefined for anything else, and for a span without length. */
  static of(text: string): Hours | undefined {
    const [, fromHour, fromMinute, untilHour, untilMinute] = FORM.exec(text) ?? [];
    const from = Number(fromHour) * 60 + Number(fromMinute);
    const until = Number(untilHour) * 60 + Number(untilMinute);
    return Number.isNaN(from) || from === until ? undefined : new Hours(text, from, until);
  }

  isOpen(now: Date): boolean {
    const at = now.getHours() * 60 + now.getMinutes();
    return this.#from < this.#until
      ? at >= this.#from && at < this.#until
      : at >= this.#from || at < this.#until;
  }

  /** Until it opens, or, while it is open, until it closes. */
  millisToChange(now: Date): number {
    const at = now.getHours() * 60 + now.getMinutes();
    const next = this.isOpen(now) ? this.#until : this.#from;
    const minutes = (next - at + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
    return minutes * MINUTE_MILLIS - now.getSeconds() * 1_000 - now.getMilliseconds();
  }
}

/** Resolves once the hours are open, or the scan is over. `onWait` is told once, where there is a wait. */
export async function untilOpen(
  hours: Hours,
  { interrupted, onWait }: { interrupted?: AbortSignal | undefined; onWait?: (() => void) | undefined },
): Promise<void> {
  let told = false;
  while (!hours.isOpen(new Date()) && !interrupted?.aborted) {
    if (!told) onWait?.();
    told = true;
    // Clocks are set, and a machine may sleep: looked at again each minute.
    const wait = Math.min(MINUTE_MILLIS, hours.millisToChange(new Date()));
    await delay(wait, undefined, interrupted === undefined ? {} : { signal: interrupted }).catch(() => {});
  }
}
