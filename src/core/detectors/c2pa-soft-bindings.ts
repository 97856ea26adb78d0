import { asArray, asRecord, asText, ownMember, truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import type { ActionRecord } from '../c2pa/manifest-store.js';
import { foundValue } from '../media/carrier.js';
import type { SignalId } from '../report/signal.js';
import { isInvisibleWatermarkStep } from '../signatures/c2pa-watermark-edits.js';
import { SOFT_BINDING_ALGORITHMS, type SoftBindingAlgorithm } from '../signatures/soft-binding-algorithms.js';
import { WATERMARK_ACTIONS } from '../signatures/soft-bindings.js';
import { manifestBacking } from './c2pa-backing.js';
import { defineDetector } from './detector.js';
import { SignalCollector } from './gathered-signals.js';
import { locateAssertions } from './located-assertions.js';

/**
 * Detects watermarks and fingerprints that a manifest mentions. The content is not searched for them, and none says how
 * the content was made: photographs are watermarked too.
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
    const store = foundValue(c2pa);
    if (store?.kind !== 'store') return [];
    const signals = new SignalCollector();
    for (const manifest of store.manifests) {
      const bindings = locateAssertions(manifest).filter((a) => a.label === 'c2pa.soft-binding');
      const actions = manifest.actions.filter(isWatermarking);
      if (bindings.length + actions.length === 0) continue;
      const backing = manifestBacking(store, manifest.label);
      for (const { data, locator } of bindings) {
        const { id, value, what } = parseBinding(data);
        const facts = what === undefined ? [] : [{ name: 'product', value: what }];
        signals.add(id, backing, value, { carrier: 'c2pa', locator }, facts);
      }
      for (const { action, description, locator } of actions) {
        const value = shorten(description === undefined ? action : `${action}: ${description}`);
        signals.add('watermark.action', backing, value, { carrier: 'c2pa', locator });
      }
    }
    return signals.list();
  },
});

const ALGORITHMS: ReadonlyMap<string, SoftBindingAlgorithm> = new Map(
  SOFT_BINDING_ALGORITHMS.map((row) => [row.alg, row]),
);
const MAX_BLOCKS = 16;

/** Parses `{alg, blocks: [{scope, value}]}`; a resolution service would be queried for the value. */
function parseBinding(data: unknown): { id: SignalId; value: string; what?: string } {
  const record = asRecord(data) ?? {};
  const alg = asText(ownMember(record, 'alg'), limits.shownValueCharacters);
  const values = asArray(ownMember(record, 'blocks'), MAX_BLOCKS).flatMap((block) => {
    const value = ownMember(asRecord(block) ?? {}, 'value');
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

/** A visible mark needs no detector. */
function isWatermarking(action: ActionRecord): boolean {
  return ACTIONS.has(action.action) || isInvisibleWatermarkStep(action);
}

const shorten = (words: string): string => truncate(words, limits.shownValueCharacters);
