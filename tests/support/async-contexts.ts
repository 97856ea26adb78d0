import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * In Node 20, a context that was used once (Playwright has one) is propagated to every later promise of the process
 * until it is disabled; and test files share a process.
 */
const used = new Set<AsyncLocalStorage<unknown>>();

const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (this: AsyncLocalStorage<unknown>, ...asked: unknown[]) {
  used.add(this);
  return Reflect.apply(run, this, asked);
} as typeof run;

/** Disables all contexts after their work has ended; each is enabled again when it is next used. */
export function endContexts(): void {
  for (const context of used) context.disable();
  used.clear();
}
