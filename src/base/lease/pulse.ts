/** Records the last turn of a loop. A loop without a turn for long is stuck, whatever the cause. */
export class Heartbeat {
  #last = performance.now();

  beat(): void {
    this.#last = performance.now();
  }

  get silentMillis(): number {
    return performance.now() - this.#last;
  }
}
