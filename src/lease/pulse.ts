/** When a loop last turned: one that has stood still for long is stuck, whatever it waits for. */
export class Pulse {
  #last = performance.now();

  beat(): void {
    this.#last = performance.now();
  }

  get quietMillis(): number {
    return performance.now() - this.#last;
  }
}
