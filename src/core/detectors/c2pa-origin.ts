import { truncate } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import type { ActionRecord, ManifestRecord, StoreEvidence } from '../c2pa/manifest-store.js';
import { isSameSigner } from '../c2pa/same-signer.js';
import { activeManifest } from '../c2pa/signer.js';
import type { Declared } from '../report/report.js';
import type { Backing } from '../signals/backing.js';
import { CAPTURED_TYPES, FULLY_GENERATIVE_TYPES, GENERATIVE_TYPES } from '../signals/source-types.js';
import { detectWatermarkStep } from '../signatures/c2pa-watermark-edits.js';
import { manifestBacking } from './c2pa-backing.js';
import { declaresGenerated, findDeclarations } from './c2pa-declarations.js';
import { isC2paLibrary } from './c2pa-tools.js';
import { RUBRIC_NON_EDITORIAL } from './rubric.js';
import { parseDigitalSourceType } from './source-type-term.js';

const INCEPTION = new Set(['c2pa.created', 'c2pa.opened']);

/** Origin statement found while walking up the history: its manifest, and the steps applied to the content since. */
interface FoundOrigin
  extends Omit<Declared, 'followedBy' | 'edited' | 'manifest' | 'signedBy'>,
    FollowingSteps {
  by: string;
}

/** Steps that followed a statement: each kind once, up to a bound, and whether any of them is editorial. */
interface FollowingSteps {
  after: readonly string[];
  edited: boolean;
}

export function findDeclaredOrigin(store: StoreEvidence): Declared | undefined {
  const active = activeManifest(store);
  const found = active && new OriginWalk(store).originOf(active, 0);
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

class OriginWalk {
  readonly #answers = new Map<string, FoundOrigin | undefined>();

  constructor(readonly store: StoreEvidence) {}

  /** A `parentOf` ingredient carries its origin over, `componentOf` makes a composite, `inputTo` does not count. */
  originOf(manifest: ManifestRecord, depth: number): FoundOrigin | undefined {
    if (depth > limits.manifestDepth) return undefined;
    if (this.#answers.has(manifest.label)) return this.#answers.get(manifest.label);
    // The entry is set before the answer is known, so that a cycle finds "nothing declared" and ends.
    this.#answers.set(manifest.label, undefined);
    const origin = this.#look(manifest, depth);
    this.#answers.set(manifest.label, origin);
    return origin;
  }

  #look(manifest: ManifestRecord, depth: number): FoundOrigin | undefined {
    // A manifest that no longer matches its content describes nothing.
    const backing = manifestBacking(this.store, manifest.label);
    if (backing === 'invalid') return undefined;
    const inherited = this.#ingredient(manifest, 'parentOf', depth);
    const begun = findInception(manifest, backing) ?? (inherited && this.#carriedOver(inherited, manifest));
    const judged = { backing, store: this.store };
    const origin = findEdits(manifest, judged, begun);
    if (!origin) {
      const own = this.#ofSameSigner(manifest, depth);
      if (own) return findEdits(manifest, judged, this.#carriedOver(own, manifest));
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

  /**
   * Returns the first ingredient of that relationship whose history declares generative AI, otherwise the first that
   * declares anything.
   */
  #ingredient(manifest: ManifestRecord, relationship: string, depth: number): FoundOrigin | undefined {
    const found: FoundOrigin[] = [];
    for (const ingredient of manifest.ingredients) {
      if (ingredient.relationship !== relationship || ingredient.manifest === undefined) continue;
      const child = this.store.manifests.find((m) => m.label === ingredient.manifest);
      const origin = child && this.originOf(child, depth + 1);
      if (origin) found.push(origin);
    }
    return found.find((o) => o.origin.startsWith('ai-')) ?? found[0];
  }

  /**
   * Returns the declaration of the only ingredient of a manifest that declares nothing itself, if the same party signed
   * both and both signatures hold. ChatGPT delivers its pictures under such a manifest, without actions and with
   * `componentOf`. With a `c2pa.placed` action, the signer itself states that the ingredient is only a part.
   */
  #ofSameSigner(manifest: ManifestRecord, depth: number): FoundOrigin | undefined {
    const [only, ...others] = manifest.ingredients;
    if (only?.manifest === undefined || others.length > 0) return undefined;
    if (manifest.actions.some(({ action }) => action === 'c2pa.placed')) return undefined;
    const child = this.store.manifests.find((m) => m.label === only.manifest);
    if (!child || !isSameSigner(this.store, manifest.label, child.label)) return undefined;
    const holds = [manifest, child].every(({ label }) =>
      VALID_BACKINGS.has(manifestBacking(this.store, label)),
    );
    return holds ? this.originOf(child, depth + 1) : undefined;
  }

  /** A step counts as a mere mark only if the signer of the statement describes it so. */
  #carriedOver(before: FoundOrigin, manifest: ManifestRecord): FoundOrigin {
    const ownWords = isSameSigner(this.store, before.by, manifest.label);
    return {
      ...before,
      where: before.where === 'this' ? 'ancestor' : before.where,
      ...addFollowingSteps(manifest.actions, ownWords, before),
    };
  }
}

const VALID_BACKINGS: ReadonlySet<Backing> = new Set<Backing>(['trusted', 'valid']);

/** Opening and creating begin a manifest and change nothing, so they are not counted as steps. */
function addFollowingSteps(
  actions: readonly ActionRecord[],
  ownWords: boolean,
  before: FollowingSteps = { after: [], edited: false },
): FollowingSteps {
  const steps = actions
    .filter(({ action }) => !INCEPTION.has(action))
    .map((one) => ({ mark: ownWords ? detectWatermarkStep(one) : undefined, one }));
  const names = steps.map(({ mark, one }) => mark ?? truncate(one.action, limits.actionCharacters));
  return {
    after: [...new Set([...before.after, ...names])].slice(0, limits.followingSteps),
    edited: before.edited || steps.some(({ mark, one }) => mark === undefined && isEditorial(one)),
  };
}

interface Step {
  action: string;
  digitalSourceType?: string | undefined;
  description?: string | undefined;
}

/** Returns whether a step changes what a viewer perceives. A resize does so only if AI made it: servers resize what they pass on. */
export function isEditorial(step: Step): boolean {
  const { action } = step;
  if (INCEPTION.has(action) || RUBRIC_NON_EDITORIAL.has(action)) return false;
  return action !== 'c2pa.resized' || isGenerative(step);
}

const isGenerative = ({ digitalSourceType }: Step): boolean =>
  GENERATIVE_TYPES.has(parseDigitalSourceType(digitalSourceType ?? ''));

/** Returns whether a step edits with AI. A step that adds a mark does not, whatever its source type. */
export const isAiEdit = (step: Step): boolean =>
  isEditorial(step) && isGenerative(step) && detectWatermarkStep(step) === undefined;

function findInception(manifest: ManifestRecord, backing: Backing): FoundOrigin | undefined {
  const common = { backing, where: 'this', editedAfterCapture: false, by: manifest.label } as const;
  for (const [at, action] of manifest.actions.entries()) {
    if (!INCEPTION.has(action.action) || action.digitalSourceType === undefined) continue;
    const term = parseDigitalSourceType(action.digitalSourceType);
    const origin = FULLY_GENERATIVE_TYPES.has(term)
      ? 'ai-generated'
      : GENERATIVE_TYPES.has(term)
        ? 'ai-edited'
        : CAPTURED_TYPES.has(term)
          ? 'captured'
          : 'other';
    const followed = addFollowingSteps(manifest.actions.slice(at + 1), true);
    return { ...common, origin, term, ...followed, ...agentOf(manifest, action) };
  }
  const own = findDeclarations(manifest).find((one) => declaresGenerated(one.id));
  return (
    own && {
      ...common,
      origin: 'ai-generated',
      statement: own.value,
      ...addFollowingSteps(manifest.actions, true),
    }
  );
}

function findEdits(
  manifest: ManifestRecord,
  { backing, store }: { backing: Backing; store: StoreEvidence },
  before: FoundOrigin | undefined,
): FoundOrigin | undefined {
  let origin = before;
  const isOwn = ({ by }: FoundOrigin) => by === manifest.label || isSameSigner(store, by, manifest.label);
  for (const [at, action] of manifest.actions.entries()) {
    if (!isEditorial(action)) continue;
    const isMark = detectWatermarkStep(action) !== undefined;
    if (isMark && (origin === undefined || isOwn(origin))) continue;
    if (isAiEdit(action) && origin?.origin !== 'ai-generated' && origin?.origin !== 'ai-edited') {
      origin = {
        origin: 'ai-edited',
        backing,
        where: 'this',
        editedAfterCapture: false,
        by: manifest.label,
        ...addFollowingSteps(manifest.actions.slice(at + 1), true),
        ...agentOf(manifest, action),
      };
    } else if (origin?.origin === 'captured') {
      origin = { ...origin, origin: 'other', editedAfterCapture: true };
    }
  }
  return origin;
}

/**
 * `tool` is named by the statement itself; `agent` falls back to the program that wrote the credentials. A C2PA library is
 * neither.
 */
function agentOf(
  manifest: ManifestRecord,
  { softwareAgent }: ActionRecord,
): Pick<FoundOrigin, 'agent' | 'tool'> {
  const [tool, writer] = [softwareAgent, manifest.claimGenerator].map((name) =>
    name && !isC2paLibrary(name) ? name : undefined,
  );
  const agent = tool ?? writer;
  return { ...(agent ? { agent } : {}), ...(tool ? { tool } : {}) };
}
