import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * A context that was run in once (each pool of PostgreSQL has one of its own, and Playwright has one) is handed on to every
 * promise that the process makes from then on, until it is disabled. Files of tests share a process: with some hundred pools
 * that were opened and ended in it, what came later took three times as long.
 */
const used = new Set<AsyncLocalStorage<unknown>>();

const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (this: AsyncLocalStorage<unknown>, ...asked: unknown[]) {
  used.add(this);
  return Reflect.apply(run, this, asked);
} as typeof run;

/** For whoever has ended all that ran in one: each comes back by itself where it is run in again. */
export function endContexts(): void {
  for (const context of used) context.disable();
  used.clear();
}
