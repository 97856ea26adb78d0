import type { ActionRecord, ManifestRecord, StoreEvidence } from './c2pa/manifest-store.js';
import { activeManifest } from './c2pa/signer.js';
import { backingOf } from './detectors/c2pa-backing.js';
import { declarationsIn, declaresGenerated } from './detectors/c2pa-declarations.js';
import { RUBRIC_NON_EDITORIAL } from './detectors/rubric.js';
import { CAPTURED, digitalSourceTypeOf, FULLY_GENERATIVE, GENERATIVE } from './detectors/source-type-term.js';
import { limits } from './limits.js';
import type { Declared } from './report.js';
import type { Backing } from './signal.js';

const INCEPTION = new Set(['c2pa.created', 'c2pa.opened']);

export function declaredOrigin(store: StoreEvidence): Declared | undefined {
  const active = activeManifest(store);
  return active ? new Walk(store).of(active, 0) : undefined;
}

class Walk {
  readonly #answers = new Map<string, Declared | undefined>();

  constructor(readonly store: StoreEvidence) {}

  /** `parentOf` carries over, `componentOf` makes a composite, `inputTo` does not count. */
  of(manifest: ManifestRecord, depth: number): Declared | undefined {
    if (depth > limits.manifestDepth) return undefined;
    if (this.#answers.has(manifest.label)) return this.#answers.get(manifest.label);
    // Set before the answer is known: a cycle then meets "nothing declared" and ends.
    this.#answers.set(manifest.label, undefined);
    const origin = this.#look(manifest, depth);
    this.#answers.set(manifest.label, origin);
    return origin;
  }

  #look(manifest: ManifestRecord, depth: number): Declared | undefined {
    // A manifest that no longer matches describes nothing.
    const backing = backingOf(this.store, manifest.label);
    if (backing === 'invalid') return undefined;
    const inherited = this.#ingredient(manifest, 'parentOf', depth);
    let origin: Declared | undefined = inherited && {
      ...inherited,
      where: inherited.where === 'this' ? 'ancestor' : inherited.where,
    };
    origin = inception(manifest, backing) ?? origin;
    origin = edits(manifest, backing, origin);
    const component = this.#ingredient(manifest, 'componentOf', depth);
    if (
      component?.origin.startsWith('ai-') &&
      origin?.origin !== 'ai-generated' &&
      origin?.origin !== 'ai-edited'
    ) {
      return { ...component, origin: 'ai-edited', where: 'component' };
    }
    return origin;
  }

  /** The first ingredient of that relationship whose history declares generative AI, else the first that declares anything. */
  #ingredient(manifest: ManifestRecord, relationship: string, depth: number): Declared | undefined {
    const found: Declared[] = [];
    for (const ingredient of manifest.ingredients) {
      if (ingredient.relationship !== relationship || ingredient.manifest === undefined) continue;
      const child = this.store.manifests.find((m) => m.label === ingredient.manifest);
      const origin = child && this.of(child, depth + 1);
      if (origin) found.push(origin);
    }
    return found.find((o) => o.origin.startsWith('ai-')) ?? found[0];
  }
}

function inception(manifest: ManifestRecord, backing: Backing): Declared | undefined {
  for (const action of manifest.actions) {
    if (!INCEPTION.has(action.action) || action.digitalSourceType === undefined) continue;
    const term = digitalSourceTypeOf(action.digitalSourceType);
    const origin = FULLY_GENERATIVE.has(term)
      ? 'ai-generated'
      : GENERATIVE.has(term)
        ? 'ai-edited'
        : CAPTURED.has(term)
          ? 'captured'
          : 'other';
    return { origin, backing, term, where: 'this', editedAfterCapture: false, ...agentOf(manifest, action) };
  }
  const own = declarationsIn(manifest).find((one) => declaresGenerated(one.id));
  return (
    own && { origin: 'ai-generated', backing, said: own.value, where: 'this', editedAfterCapture: false }
  );
}

function edits(
  manifest: ManifestRecord,
  backing: Backing,
  before: Declared | undefined,
): Declared | undefined {
  let origin = before;
  for (const action of manifest.actions) {
    if (INCEPTION.has(action.action) || RUBRIC_NON_EDITORIAL.has(action.action)) continue;
    const generative = GENERATIVE.has(digitalSourceTypeOf(action.digitalSourceType ?? ''));
    if (generative && origin?.origin !== 'ai-generated' && origin?.origin !== 'ai-edited') {
      origin = {
        origin: 'ai-edited',
        backing,
        where: 'this',
        editedAfterCapture: false,
        ...agentOf(manifest, action),
      };
    } else if (origin?.origin === 'captured') {
      origin = { ...origin, origin: 'other', editedAfterCapture: true };
    }
  }
  return origin;
}

function agentOf(manifest: ManifestRecord, action: ActionRecord): { agent?: string } {
  const agent = action.softwareAgent ?? manifest.claimGenerator;
  return agent ? { agent } : {};
}
