import { setTimeout as delay } from 'node:timers/promises';

const DAY_MINUTES = 24 * 60;
const MINUTE_MILLIS = 60_000;
const HOURS_FORMAT = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/** Daily time span by the clock of this machine, from its first minute up to its last; it may cross midnight. */
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

  /** Parses a span such as `22:00-06:00`; returns `undefined` for anything else and for an empty span. */
  static parse(text: string): Hours | undefined {
    const [, fromHour, fromMinute, untilHour, untilMinute] = HOURS_FORMAT.exec(text) ?? [];
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

  /** Returns the milliseconds until the span begins or, while it is open, ends. */
  millisToChange(now: Date): number {
    const at = now.getHours() * 60 + now.getMinutes();
    const next = this.isOpen(now) ? this.#until : this.#from;
    const minutes = (next - at + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
    return minutes * MINUTE_MILLIS - now.getSeconds() * 1_000 - now.getMilliseconds();
  }
}

/** Resolves when the hours are open or the scan is interrupted. `onWait` is called once if there is a wait. */
export async function waitUntilOpen(
  hours: Hours,
  { interrupted, onWait }: { interrupted?: AbortSignal | undefined; onWait?: (() => void) | undefined },
): Promise<void> {
  let told = false;
  while (!hours.isOpen(new Date()) && !interrupted?.aborted) {
    if (!told) onWait?.();
    told = true;
    // Checked every minute, because clocks are adjusted and machines sleep.
    const wait = Math.min(MINUTE_MILLIS, hours.millisToChange(new Date()));
    await delay(wait, undefined, interrupted === undefined ? {} : { signal: interrupted }).catch(() => {});
  }
}
