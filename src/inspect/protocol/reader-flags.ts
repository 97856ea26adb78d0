import { setFlagsFromString } from 'node:v8';

/**
 * Node 20's V8 starts early to optimize in other threads, which for a process that reads a few hundred files costs a
 * quarter of a scan's processor time. With this budget it starts sixteen times later, so that long loops over large or
 * hostile files still become fast; the larger semi-space fits what one file leaves. Node 22 and 24 have a compiler in
 * between, need neither (docs/performance.md) and do not accept the first.
 */
const BUDGET = '--interrupt-budget=1081344';
const NODE20_FLAGS = [BUDGET, '--max-semi-space-size=16'];
/**
 * Manifest stores and pixels are outside V8's heap but count towards the next full collection, which this delays: with
 * 17 MB live, every third signed photo triggered one. `--max-old-space-size` still bounds the heap.
 */
const HEAP_GROWING = '--heap-growing-percent=250';
const IS_NODE_20 = process.versions.v8.startsWith('11.');

/** Returns Node's options for a reading process, for a scan, the service or a single file. */
export function readerFlags(heapMegabytes: number): string[] {
  const byVersion = IS_NODE_20 ? NODE20_FLAGS : [];
  return [`--max-old-space-size=${heapMegabytes}`, HEAP_GROWING, ...byVersion, '--no-warnings'];
}

/**
 * Applies the delayed optimization to this process, which has much one-time work and little per file: saves a tenth of
 * a scan's processor time.
 */
export function delayOptimization(): void {
  if (IS_NODE_20) setFlagsFromString(BUDGET);
}
