import { setTimeout as delay } from 'node:timers/promises';
import { Pulse } from './pulse.js';

export interface Lease {
  /** It is another’s, or was left behind at the end: what comes of it here is not settled any more. */
  readonly lost: AbortSignal;
  /** Prolonged for so long from now on. Whoever says nothing until then hangs, and the lease is let go. */
  keep(millis: number): void;
}

interface Bounds {
  /** Jobs at the same time. */
  places: number;
  leaseMillis: number;
  /** How often is asked while nothing waits: others may have brought something. */
  idleMillis: number;
  afterErrorMillis?: number;
}

const FIRST_KEEP_MILLIS = 60_000;
const SETTLE_AGAIN_MILLIS = 1_000;

/**
 * What waits in a database for one of many who do it. A job is claimed, done under a lease that is prolonged
 * meanwhile, and settled: done, failed, or to be done again at a time. Where its lease was lost, whoever has it now
 * settles it. What jobs are, and how they end, is said by the classes that extend this one.
 */
export abstract class LeasedLoop<Job, Ending> {
  readonly #bounds: Bounds;
  readonly #held = new Map<Job, { ended: Promise<void>; lost: AbortController }>();
  readonly #stopping = new AbortController();
  #woken = new AbortController();
  #turning: Promise<void> | undefined;
  /** Of the turns, also while every place is taken. */
  readonly pulse = new Pulse();

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** Those whose turn has come, leased to us; `places`: how many at most. */
  protected abstract claim(places: number): Promise<readonly Job[]>;
  /** False where it is another's by now, or nobody's. Left out: a lease is longer than the longest job. */
  protected extend?(job: Job): Promise<boolean>;
  /** Where it rejects, that is told and nothing is settled: its lease runs out by itself. */
  protected abstract perform(job: Job, lease: Lease): Promise<Ending>;
  /** Asked again and again while it rejects, so it finds what it has done already. */
  protected abstract settle(job: Job, ending: Ending): Promise<void>;
  /** How a job ends that was not done when the time to stop was over. */
  protected left?(): Ending;
  /** Once a turn, before anything is claimed, also while every place is taken. */
  protected upkeep?(): Promise<void>;
  /** What went wrong here. */
  protected abstract tell(error: unknown): void;

  /** What is being done, or settled, here. */
  get held(): ReadonlyMap<Job, { ended: Promise<void> }> {
    return this.#held;
  }

  /** Nothing is claimed any more: what can be broken off may be. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  start(): void {
    this.#turning ??= this.#turn();
  }

  /** Something may be there: asked at once. */
  wake(): void {
    this.#woken.abort();
  }

  /** Once through: resolves when all that was claimed is settled, and says how much that was. */
  async round(): Promise<number> {
    const begun = await this.#begin();
    await Promise.all(begun);
    return begun.length;
  }

  /** Claims no more, and lets what is held come to its end: for so long, where that is said. */
  async stop(graceMillis?: number): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#turning;
    const ended = Promise.all([...this.#held.values()].map((one) => one.ended));
    if (graceMillis === undefined) await ended;
    else await Promise.race([ended, delay(graceMillis, undefined, { ref: false })]);
    const left = [...this.#held];
    this.#held.clear();
    for (const [, { lost }] of left) lost.abort();
    const ending = this.left?.();
    if (ending !== undefined) await Promise.all(left.map(([job]) => this.#settle(job, ending)));
  }

  async #turn(): Promise<void> {
    const { idleMillis, afterErrorMillis = idleMillis } = this.#bounds;
    while (!this.stopping.aborted) {
      this.pulse.beat();
      // Before anything is asked: what comes meanwhile is not seen by who is asking.
      this.#woken = new AbortController();
      let rest = idleMillis;
      try {
        if ((await this.#begin()).length > 0) rest = 0;
      } catch (error) {
        this.tell(error);
        rest = afterErrorMillis;
      }
      if (rest > 0) await pause(rest, this.#woken.signal);
    }
  }

  async #begin(): Promise<Promise<void>[]> {
    await this.upkeep?.();
    const places = this.#bounds.places - this.#held.size;
    const jobs = places > 0 ? await this.claim(places) : [];
    return jobs.map((job) => {
      const lost = new AbortController();
      const ended = this.#do(job, lost).finally(() => {
        this.#held.delete(job);
        this.wake();
      });
      this.#held.set(job, { ended, lost });
      return ended;
    });
  }

  /** Never rejects: a database that is away for a while loses no job. */
  async #do(job: Job, lost: AbortController): Promise<void> {
    let keptUntil = 0;
    const keep = (millis: number) => {
      keptUntil = performance.now() + millis;
    };
    keep(FIRST_KEEP_MILLIS);
    const beat = setInterval(() => {
      if (performance.now() > keptUntil) return;
      this.extend?.(job).then(
        (isOurs) => isOurs || lost.abort(),
        (error: unknown) => this.tell(error),
      );
    }, this.#bounds.leaseMillis / 3);
    try {
      const ending = await this.perform(job, { lost: lost.signal, keep });
      clearInterval(beat);
      if (!lost.signal.aborted) await this.#settle(job, ending);
    } catch (error) {
      this.tell(error);
    } finally {
      clearInterval(beat);
    }
  }

  /** Until it can be: meanwhile it keeps its place, so that nothing is begun that cannot be settled either. */
  async #settle(job: Job, ending: Ending): Promise<void> {
    for (let isFirst = true; ; isFirst = false) {
      try {
        return await this.settle(job, ending);
      } catch (error) {
        if (isFirst) this.tell(error);
        // Its lease runs out by itself.
        if (this.stopping.aborted) return;
      }
      await pause(SETTLE_AGAIN_MILLIS, this.stopping);
    }
  }
}

/** Cut short where the signal says so. */
const pause = (millis: number, signal: AbortSignal): Promise<void> =>
  delay(millis, undefined, { signal }).catch(() => undefined);
