import type { ActionRecord, ManifestRecord, StoreEvidence } from '../c2pa/manifest-store.js';
import { isSameSigner } from '../c2pa/same-signer.js';
import { activeManifest } from '../c2pa/signer.js';
import { cut } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import type { Declared } from '../report/report.js';
import type { Backing } from '../signals/backing.js';
import { CAPTURED, FULLY_GENERATIVE, GENERATIVE } from '../signals/source-types.js';
import { markStep } from '../signatures/c2pa-watermark-edits.js';
import { backingOf } from './c2pa-backing.js';
import { declarationsIn, declaresGenerated } from './c2pa-declarations.js';
import { RUBRIC_NON_EDITORIAL } from './rubric.js';
import { digitalSourceTypeOf } from './source-type-term.js';

const INCEPTION = new Set(['c2pa.created', 'c2pa.opened']);

/** A statement on the way up through the history: who made it, and what was done to the content since. */
interface Found extends Omit<Declared, 'followedBy' | 'edited' | 'manifest' | 'signedBy'>, Since {
  by: string;
}

/** What came after a statement: each kind of step once, up to a bound, and whether any of all the steps is editorial. */
interface Since {
  after: readonly string[];
  edited: boolean;
}

export function declaredOrigin(store: StoreEvidence): Declared | undefined {
  const active = activeManifest(store);
  const found = active && new Walk(store).of(active, 0);
  if (!found) return undefined;
  const { by, after, edited, ...declared } = found;
  if (declared.where === 'this') return declared;
  const source = {
    manifest: by,
    signedBy: isSameSigner(store, by, active.label) ? ('same' as const) : ('another' as const),
  };
  if (declared.where === 'component') return { ...declared, ...source };
  return { ...declared, ...source, edited, ...(after.length > 0 ? { followedBy: [...after] } : {}) };
}

class Walk {
  readonly #answers = new Map<string, Found | undefined>();

  constructor(readonly store: StoreEvidence) {}

  /** `parentOf` carries over, `componentOf` makes a composite, `inputTo` does not count. */
  of(manifest: ManifestRecord, depth: number): Found | undefined {
    if (depth > limits.manifestDepth) return undefined;
    if (this.#answers.has(manifest.label)) return this.#answers.get(manifest.label);
    // Set before the answer is known: a cycle then meets "nothing declared" and ends.
    this.#answers.set(manifest.label, undefined);
    const origin = this.#look(manifest, depth);
    this.#answers.set(manifest.label, origin);
    return origin;
  }

  #look(manifest: ManifestRecord, depth: number): Found | undefined {
    // A manifest that no longer matches describes nothing.
    const backing = backingOf(this.store, manifest.label);
    if (backing === 'invalid') return undefined;
    const inherited = this.#ingredient(manifest, 'parentOf', depth);
    const begun = inception(manifest, backing) ?? (inherited && this.#carriedOver(inherited, manifest));
    const judged = { backing, store: this.store };
    const origin = edits(manifest, judged, begun);
    if (!origin) {
      const own = this.#ofSameSigner(manifest, depth);
      if (own) return edits(manifest, judged, this.#carriedOver(own, manifest));
    }
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
  #ingredient(manifest: ManifestRecord, relationship: string, depth: number): Found | undefined {
    const found: Found[] = [];
    for (const ingredient of manifest.ingredients) {
      if (ingredient.relationship !== relationship || ingredient.manifest === undefined) continue;
      const child = this.store.manifests.find((m) => m.label === ingredient.manifest);
      const origin = child && this.of(child, depth + 1);
      if (origin) found.push(origin);
    }
    return found.find((o) => o.origin.startsWith('ai-')) ?? found[0];
  }

  /**
   * Of a manifest that declares nothing itself: what its only ingredient declares, where the same party signed that and
   * both signatures hold. ChatGPT hands out its pictures so, under a manifest without actions and with `componentOf`.
   * Where something was placed, the signer says itself that the ingredient is a part.
   */
  #ofSameSigner(manifest: ManifestRecord, depth: number): Found | undefined {
    const [only, ...others] = manifest.ingredients;
    if (only?.manifest === undefined || others.length > 0) return undefined;
    if (manifest.actions.some(({ action }) => action === 'c2pa.placed')) return undefined;
    const child = this.store.manifests.find((m) => m.label === only.manifest);
    if (!child || !isSameSigner(this.store, manifest.label, child.label)) return undefined;
    const holds = [manifest, child].every(({ label }) => HOLDS.has(backingOf(this.store, label)));
    return holds ? this.of(child, depth + 1) : undefined;
  }

  /** Of what was done since, only whoever made the statement is believed that it was no more than a mark. */
  #carriedOver(before: Found, manifest: ManifestRecord): Found {
    const ownWords = isSameSigner(this.store, before.by, manifest.label);
    return {
      ...before,
      where: before.where === 'this' ? 'ancestor' : before.where,
      ...since(manifest.actions, ownWords, before),
    };
  }
}

const HOLDS: ReadonlySet<Backing> = new Set<Backing>(['trusted', 'valid']);

/** To open or to create is where a manifest begins, and changes nothing. */
function since(
  actions: readonly ActionRecord[],
  ownWords: boolean,
  before: Since = { after: [], edited: false },
): Since {
  const steps = actions
    .filter(({ action }) => !INCEPTION.has(action))
    .map((one) => ({ mark: ownWords ? markStep(one) : undefined, action: one.action }));
  const names = steps.map(({ mark, action }) => mark ?? cut(action, limits.actionCharacters));
  return {
    after: [...new Set([...before.after, ...names])].slice(0, limits.followingSteps),
    edited: before.edited || steps.some(({ mark, action }) => mark === undefined && isEditorial(action)),
  };
}

const isEditorial = (action: string): boolean => !INCEPTION.has(action) && !RUBRIC_NON_EDITORIAL.has(action);

function inception(manifest: ManifestRecord, backing: Backing): Found | undefined {
  const common = { backing, where: 'this', editedAfterCapture: false, by: manifest.label } as const;
  for (const [at, action] of manifest.actions.entries()) {
    if (!INCEPTION.has(action.action) || action.digitalSourceType === undefined) continue;
    const term = digitalSourceTypeOf(action.digitalSourceType);
    const origin = FULLY_GENERATIVE.has(term)
      ? 'ai-generated'
      : GENERATIVE.has(term)
        ? 'ai-edited'
        : CAPTURED.has(term)
          ? 'captured'
          : 'other';
    const followed = since(manifest.actions.slice(at + 1), true);
    return { ...common, origin, term, ...followed, ...agentOf(manifest, action) };
  }
  const own = declarationsIn(manifest).find((one) => declaresGenerated(one.id));
  return own && { ...common, origin: 'ai-generated', said: own.value, ...since(manifest.actions, true) };
}

/** A step that put in a mark, by the signer's own words, is no edit with AI, whatever source type it bears. */
function edits(
  manifest: ManifestRecord,
  { backing, store }: { backing: Backing; store: StoreEvidence },
  before: Found | undefined,
): Found | undefined {
  let origin = before;
  const isOwn = ({ by }: Found) => by === manifest.label || isSameSigner(store, by, manifest.label);
  for (const [at, action] of manifest.actions.entries()) {
    if (!isEditorial(action.action)) continue;
    const isMark = markStep(action) !== undefined;
    if (isMark && (origin === undefined || isOwn(origin))) continue;
    const generative = !isMark && GENERATIVE.has(digitalSourceTypeOf(action.digitalSourceType ?? ''));
    if (generative && origin?.origin !== 'ai-generated' && origin?.origin !== 'ai-edited') {
      origin = {
        origin: 'ai-edited',
        backing,
        where: 'this',
        editedAfterCapture: false,
        by: manifest.label,
        ...since(manifest.actions.slice(at + 1), true),
        ...agentOf(manifest, action),
      };
    } else if (origin?.origin === 'captured') {
      origin = { ...origin, origin: 'other', editedAfterCapture: true };
    }
  }
  return origin;
}

/** `tool`: what the statement itself names; `agent`: else the program that wrote the credentials. */
function agentOf(manifest: ManifestRecord, { softwareAgent }: ActionRecord): Pick<Found, 'agent' | 'tool'> {
  const agent = softwareAgent ?? manifest.claimGenerator;
  return { ...(agent ? { agent } : {}), ...(softwareAgent ? { tool: softwareAgent } : {}) };
}
