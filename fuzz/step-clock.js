/** A step that blocks the processor longer than this would overrun on a slower machine: the deadline is 6 s. */
export const STEP_BUSY_MILLIS = 2_000;

/** Measures processor time per step, which is independent of the machine's load. */
export class StepClock {
  #began = new Map();
  #took = new Map();

  take({ step, state }) {
    if (state === 'start') this.#began.set(step, process.cpuUsage());
    else this.#end(step);
  }

  async around(step, work) {
    this.take({ step, state: 'start' });
    const done = await work();
    this.#end(step);
    return done;
  }

  #end(step) {
    const before = this.#began.get(step);
    if (before === undefined) return;
    const { user, system } = process.cpuUsage(before);
    this.#took.set(step, (user + system) / 1000);
  }

  slowest() {
    const [step, millis] = [...this.#took].sort(([, a], [, b]) => b - a)[0] ?? ['none', 0];
    return { step, millis };
  }

  overruns() {
    return [...this.#took]
      .filter(([, millis]) => millis > STEP_BUSY_MILLIS)
      .map(([step, millis]) => ({
        kind: 'slow',
        detail: `${step}: ${Math.round(millis)} ms of processor time`,
      }));
  }
}
