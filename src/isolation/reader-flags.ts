import { setFlagsFromString } from 'node:v8';

/**
 * V8 of Node 20 begins early to optimise, in threads beside, what a reading process then runs for a few hundred files at
 * most: a quarter of a scan's processor time. It begins sixteen times later with this budget, so that long loops over a
 * large or hostile file still become fast, and collects with room for what one file leaves. Node 22 and 24 have a
 * compiler in between, need neither (docs/performance.md), and do not take the first.
 */
const BUDGET = '--interrupt-budget=1081344';
const LESS_OPTIMISING = [BUDGET, '--max-semi-space-size=16'];
/**
 * Manifest stores and pixels lie outside V8's heap and count towards the next whole collection, which this puts off: with
 * 17 MB that live, every third signed photo had one. `--max-old-space-size` bounds the heap as before.
 */
const COLLECT_LATER = '--heap-growing-percent=250';
const IS_ASKED_EARLY = process.versions.v8.startsWith('11.');

/** Options of Node for a reading process of ours, whoever starts it: for a scan, the service or one file. */
export function readerFlags(heapMegabytes: number): string[] {
  const byVersion = IS_ASKED_EARLY ? LESS_OPTIMISING : [];
  return [`--max-old-space-size=${heapMegabytes}`, COLLECT_LATER, ...byVersion, '--no-warnings'];
}

/** The same for this process, which has much to do once and little for each file: a tenth of a scan's processor time. */
export function optimiseLater(): void {
  if (IS_ASKED_EARLY) setFlagsFromString(BUDGET);
}
