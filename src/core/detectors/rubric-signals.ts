import { truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import { type Message, message } from '../../i18n/message.js';
import type { ClaimFacts } from '../c2pa/claim-facts.js';
import type { StoreEvidence } from '../c2pa/manifest-store.js';
import { foundValue } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import { RUBRIC_SIGNAL_IDS } from '../signals/rubric.js';
import { manifestBacking } from './c2pa-backing.js';
import { defineDetector } from './detector.js';
import { evaluateRubric } from './rubric.js';

/**
 * Applies the C2PA Asset Signals Rubric 1.0 to the active manifest and every manifest reachable through ingredients.
 * The rubric reads the assertions as signed, so a manifest whose claim was not read from the bytes raises nothing, and
 * the absence of its signals is no answer.
 */
export const rubricSignals = defineDetector({
  id: 'rubric-signals',
  needs: ['c2pa'],
  raises: RUBRIC_SIGNAL_IDS,
  detect({ c2pa }) {
    const store = foundValue(c2pa);
    if (store?.kind !== 'store') return [];
    // Iterates over roles instead of the engine's records, which omit a manifest if one of its assertions does not
    // parse.
    return [...findRoles(store)].flatMap(([label, role]) => {
      const facts = store.claims?.get(label);
      return facts ? manifestSignals(store, label, facts, role) : [];
    });
  },
});

function manifestSignals(store: StoreEvidence, label: string, facts: ClaimFacts, role: Message): Signal[] {
  const answers = evaluateRubric(facts);
  if (answers.length === 0) return [];
  const backing = manifestBacking(store, label);
  return answers.map(({ id, locator }) => ({
    id,
    backing,
    messages: { value: role },
    basis: [{ carrier: 'c2pa', locator: `self#jumbf=/c2pa/${label}${locator}` }],
  }));
}

/** Bound on the steps that a role spells out; a history can be a thousand manifests deep. */
const MAX_STEPS = 8;

/**
 * Returns each manifest's role: active, or its relationship path such as `parentOf` or `componentOf > parentOf`. The
 * store lists manifests before their ingredients (history-order.ts); unreachable manifests have no role here.
 */
function findRoles(store: StoreEvidence): Map<string, Message> {
  const steps = new Map<string, string[]>([[store.activeManifest, []]]);
  for (const { label, ingredients } of store.manifests) {
    const way = steps.get(label);
    if (!way) continue;
    for (const { manifest, relationship } of ingredients) {
      if (manifest === undefined || steps.has(manifest)) continue;
      steps.set(manifest, way.length < MAX_STEPS ? [...way, relationship] : way);
    }
  }
  return new Map(
    [...steps].map(([label, way]) => [
      label,
      way.length === 0
        ? message('fact.manifest.active')
        : message('fact.manifest.ingredient', {
            way: truncate(way.join(' > '), limits.shownValueCharacters - 1),
          }),
    ]),
  );
}
