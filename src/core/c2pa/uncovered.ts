import type { StoreEvidence } from './manifest-store.js';

/** What a hard binding must leave out is the manifest store itself, with its segment or chunk headers and padding. */
const MOST_OVERHEAD_SHARE = 1 / 64;
const MOST_OVERHEAD_BYTES = 4096;

/** The byte ranges that the active manifest's hash leaves out, where they are more than the credentials themselves take. */
export function leftOutMore(store: StoreEvidence): { start: number; bytes: number }[] {
  const bindings = store.claims?.get(store.activeManifest)?.hardBindings ?? [];
  const ranges = bindings.flatMap(({ exclusions }) => exclusions).filter((e) => 'start' in e);
  const leftOut = ranges.reduce((sum, { bytes }) => sum + bytes, 0);
  const own = store.storeBytes ?? 0;
  const expected = own + own * MOST_OVERHEAD_SHARE + MOST_OVERHEAD_BYTES;
  return store.storeBytes === undefined || leftOut <= expected ? [] : ranges;
}
