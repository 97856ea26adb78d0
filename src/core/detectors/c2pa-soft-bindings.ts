import type { ActionRecord } from '../c2pa/manifest-store.js';
import { asArray, asRecord, asText, cut, member } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import { readValue } from '../media/carrier.js';
import type { SignalId } from '../report/signal.js';
import { isInvisibleMark } from '../signatures/c2pa-watermark-edits.js';
import { SOFT_BINDING_ALGORITHMS, type SoftBindingAlgorithm } from '../signatures/soft-binding-algorithms.js';
import { WATERMARK_ACTIONS } from '../signatures/soft-bindings.js';
import { backingOf } from './c2pa-backing.js';
import { defineDetector } from './detector.js';
import { GatheredSignals } from './gathered-signals.js';
import { placedAssertions } from './placed-assertions.js';

/**
 * Watermarks and fingerprints that a manifest speaks of. Nothing here looks for one in the content, and none says
 * how the content was made: photographs are watermarked too.
 */
export const c2paSoftBindings = defineDetector({
  id: 'c2pa-soft-bindings',
  needs: ['c2pa'],
  raises: [
    'watermark.declared',
    'watermark.action',
    'c2pa.softBinding.fingerprint',
    'c2pa.softBinding.unrecognised',
  ],
  detect({ c2pa }) {
    const store = readValue(c2pa);
    if (store?.kind !== 'store') return [];
    const signals = new GatheredSignals();
    for (const manifest of store.manifests) {
      const bindings = placedAssertions(manifest).filter((a) => a.label === 'c2pa.soft-binding');
      const actions = manifest.actions.filter(isWatermarking);
      if (bindings.length + actions.length === 0) continue;
      const backing = backingOf(store, manifest.label);
      for (const { data, place } of bindings) {
        const { id, value, what } = bindingOf(data);
        const facts = what === undefined ? [] : [{ name: 'product', value: what }];
        signals.add(id, backing, value, { carrier: 'c2pa', place }, facts);
      }
      for (const { action, description, place } of actions) {
        const value = shorten(description === undefined ? action : `${action}: ${description}`);
        signals.add('watermark.action', backing, value, { carrier: 'c2pa', place });
      }
    }
    return signals.list();
  },
});

const ALGORITHMS: ReadonlyMap<string, SoftBindingAlgorithm> = new Map(
  SOFT_BINDING_ALGORITHMS.map((row) => [row.alg, row]),
);
const MOST_BLOCKS = 16;

/** `{alg, blocks: [{scope, value}]}`; the value is what a resolution service would be asked for. */
function bindingOf(data: unknown): { id: SignalId; value: string; what?: string } {
  const record = asRecord(data) ?? {};
  const alg = asText(member(record, 'alg'), limits.shownValueCharacters);
  const values = asArray(member(record, 'blocks'), MOST_BLOCKS).flatMap((block) => {
    const value = member(asRecord(block) ?? {}, 'value');
    return typeof value === 'string' && value !== '' ? [value] : [];
  });
  const row = alg === undefined ? undefined : ALGORITHMS.get(alg);
  const value = shorten([alg ?? 'c2pa.soft-binding', ...values].join(' '));
  return row ? { id: IDS[row.kind], value, what: row.what } : { id: 'c2pa.softBinding.unrecognised', value };
}

const IDS = {
  watermark: 'watermark.declared',
  fingerprint: 'c2pa.softBinding.fingerprint',
} as const satisfies Record<SoftBindingAlgorithm['kind'], SignalId>;

const ACTIONS: ReadonlySet<string> = new Set(WATERMARK_ACTIONS);

/** A visible mark is seen, and needs no detector. */
function isWatermarking(action: ActionRecord): boolean {
  return ACTIONS.has(action.action) || isInvisibleMark(action);
}

const shorten = (words: string): string => cut(words, limits.shownValueCharacters);
