import { type Said, said } from '../../say/said.js';
import type { ClaimFacts } from '../c2pa/claim-facts.js';
import type { StoreEvidence } from '../c2pa/manifest-store.js';
import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import { readValue } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import { RUBRIC_SIGNAL_IDS } from '../signals/rubric.js';
import { backingOf } from './c2pa-backing.js';
import { defineDetector } from './detector.js';
import { rubricOf } from './rubric.js';

/**
 * C2PA Asset Signals Rubric 1.0 over the active manifest and every manifest that ingredients lead to. What the
 * rubric reads are the assertions as signed, so a manifest whose claim was not read from the bytes raises nothing:
 * its missing signals are not answers.
 */
export const rubricSignals = defineDetector({
  id: 'rubric-signals',
  needs: ['c2pa'],
  raises: RUBRIC_SIGNAL_IDS,
  detect({ c2pa }) {
    const store = readValue(c2pa);
    if (store?.kind !== 'store') return [];
    // By roles, not by the engine's records: it leaves out a manifest of which one assertion does not parse.
    return [...rolesOf(store)].flatMap(([label, role]) => {
      const facts = store.claims?.get(label);
      return facts ? ofManifest(store, label, facts, role) : [];
    });
  },
});

function ofManifest(store: StoreEvidence, label: string, facts: ClaimFacts, role: Said): Signal[] {
  const answers = rubricOf(facts);
  if (answers.length === 0) return [];
  const backing = backingOf(store, label);
  return answers.map(({ id, place }) => ({
    id,
    backing,
    said: { value: role },
    basis: [{ carrier: 'c2pa', place: `self#jumbf=/c2pa/${label}${place}` }],
  }));
}

/** Steps of the way that are spelled out; a history can be a thousand manifests deep. */
const MOST_STEPS = 8;

/**
 * The active one, or how the manifest comes in: as `parentOf`, and further down as `componentOf > parentOf`.
 * The store lists users before what they use (history-order.ts); manifests that nothing leads to have no role here.
 */
function rolesOf(store: StoreEvidence): Map<string, Said> {
  const steps = new Map<string, string[]>([[store.activeManifest, []]]);
  for (const { label, ingredients } of store.manifests) {
    const way = steps.get(label);
    if (!way) continue;
    for (const { manifest, relationship } of ingredients) {
      if (manifest === undefined || steps.has(manifest)) continue;
      steps.set(manifest, way.length < MOST_STEPS ? [...way, relationship] : way);
    }
  }
  return new Map(
    [...steps].map(([label, way]) => [
      label,
      way.length === 0
        ? said('fact.manifest.active')
        : said('fact.manifest.ingredient', { way: cut(way.join(' > '), limits.shownValueCharacters - 1) }),
    ]),
  );
}
