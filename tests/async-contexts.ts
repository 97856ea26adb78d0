import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * A context that was run in once (Playwright has one) is handed on by Node 20 to every promise that the process makes from
 * then on, until it is disabled; and files of tests share a process.
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
