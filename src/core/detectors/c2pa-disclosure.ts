import type {
  ActionRecord,
  IngredientRecord,
  ManifestRecord,
  StoreEvidence,
} from '../c2pa/manifest-store.js';
import { readValue } from '../media/carrier.js';
import type { SignalId } from '../report/signal.js';
import { CAPTURED, GENERATIVE } from '../signals/source-types.js';
import { markStep } from '../signatures/c2pa-watermark-edits.js';
import { backingOf } from './c2pa-backing.js';
import { declarationsIn, declaresGenerated } from './c2pa-declarations.js';
import { defineDetector } from './detector.js';
import { GatheredSignals } from './gathered-signals.js';
import { RUBRIC_NON_EDITORIAL } from './rubric.js';
import { digitalSourceTypeOf } from './source-type-term.js';

/** The items of a latent disclosure as laws list them: which system, which version, when, which number, made or altered. */
export const c2paDisclosure = defineDetector({
  id: 'c2pa-disclosure',
  needs: ['c2pa'],
  raises: [
    'c2pa.ai.created',
    'c2pa.ai.altered',
    'c2pa.ai.systemNamed',
    'c2pa.ai.systemVersion',
    'c2pa.ai.when',
    'c2pa.ai.inIngredient',
    'c2pa.identifier',
    'c2pa.capture.stated',
    'c2pa.capture.deviceNamed',
    'c2pa.capture.when',
  ],
  detect({ c2pa }) {
    const store = readValue(c2pa);
    if (store?.kind !== 'store') return [];
    const signals = new GatheredSignals();
    // Of an input to what made this content, its statements are not about this content (c2pa-origin.ts).
    const ofContent = reached(store, ({ relationship }) => relationship !== 'inputTo');
    const inHistory = reached(store, () => true);
    for (const manifest of store.manifests.filter(({ label }) => inHistory.has(label))) {
      const say = ofContent.has(manifest.label) ? disclose : discloseOfInput;
      for (const statement of statementsOf(manifest)) say(store, manifest, statement, signals);
    }
    const active = store.activeManifest;
    signals.add('c2pa.identifier', backingOf(store, active), active, {
      carrier: 'c2pa',
      place: `self#jumbf=/c2pa/${active}`,
    });
    return signals.list();
  },
});

/** Labels that such ingredients lead to, from the active manifest on. */
function reached(
  { manifests, activeManifest }: StoreEvidence,
  follows: (ingredient: IngredientRecord) => boolean,
): ReadonlySet<string> {
  const byLabel = new Map(manifests.map((one) => [one.label, one]));
  const labels = new Set([activeManifest]);
  for (const label of labels) {
    // Ingredients may name any number of manifests that are not there.
    for (const one of byLabel.get(label)?.ingredients ?? [])
      if (one.manifest !== undefined && byLabel.has(one.manifest) && follows(one)) labels.add(one.manifest);
  }
  return labels;
}

interface Statement {
  id: 'c2pa.ai.created' | 'c2pa.ai.altered' | 'c2pa.capture.stated';
  /** The file's words. */
  said: string;
  place: string;
  when?: string;
  /** Who the action says did it; else the claim generator. */
  agent?: string;
}

const INCEPTION = new Set(['c2pa.created', 'c2pa.opened']);

function statementsOf(manifest: ManifestRecord): Statement[] {
  const acted = manifest.actions.flatMap((action): Statement[] => {
    const id = idOf(action);
    return id === undefined
      ? []
      : [
          {
            id,
            said: action.digitalSourceType ?? action.action,
            place: action.place,
            ...(action.when === undefined ? {} : { when: action.when }),
            ...(action.softwareAgent === undefined ? {} : { agent: action.softwareAgent }),
          },
        ];
  });
  const declared = declarationsIn(manifest)
    .filter(({ id }) => declaresGenerated(id))
    .map(
      (one): Statement => ({
        id: 'c2pa.ai.created',
        said: one.value,
        place: one.places[0] ?? manifest.label,
      }),
    );
  return [...acted, ...declared];
}

/** The source type of a step that put in a mark, by its own words, tells nothing of the content. */
function idOf(step: ActionRecord): Statement['id'] | undefined {
  const { action, digitalSourceType } = step;
  if (digitalSourceType === undefined || markStep(step) !== undefined) return undefined;
  const term = digitalSourceTypeOf(digitalSourceType);
  if (GENERATIVE.has(term)) {
    if (INCEPTION.has(action)) return 'c2pa.ai.created';
    // On an action that changes nothing a viewer sees, the term repeats what the content already was.
    return RUBRIC_NON_EDITORIAL.has(action) ? undefined : 'c2pa.ai.altered';
  }
  return CAPTURED.has(term) && INCEPTION.has(action) ? 'c2pa.capture.stated' : undefined;
}

function disclose(
  store: StoreEvidence,
  manifest: ManifestRecord,
  statement: Statement,
  into: GatheredSignals,
): void {
  const backing = backingOf(store, manifest.label);
  const say = (id: SignalId, value: string, place = statement.place) =>
    into.add(id, backing, value, { carrier: 'c2pa', place });
  const isAi = statement.id !== 'c2pa.capture.stated';
  say(statement.id, statement.said);
  if (isAi && manifest.label !== store.activeManifest) say('c2pa.ai.inIngredient', statement.said);
  const agent = statement.agent ?? generatorOf(manifest);
  if (agent !== undefined) {
    say(isAi ? 'c2pa.ai.systemNamed' : 'c2pa.capture.deviceNamed', agent);
    if (isAi && /\d/.test(agent)) say('c2pa.ai.systemVersion', agent);
  }
  if (statement.when !== undefined) say(isAi ? 'c2pa.ai.when' : 'c2pa.capture.when', statement.when);
}

/** That an input was made with AI is kept, and nothing of how this content was made. */
function discloseOfInput(
  store: StoreEvidence,
  manifest: ManifestRecord,
  { id, said, place }: Statement,
  into: GatheredSignals,
): void {
  if (id === 'c2pa.capture.stated') return;
  into.add('c2pa.ai.inIngredient', backingOf(store, manifest.label), said, { carrier: 'c2pa', place });
}

function generatorOf(manifest: ManifestRecord): string | undefined {
  const [first] = manifest.claimGenerators;
  if (first === undefined) return manifest.claimGenerator;
  return first.version === undefined ? first.name : `${first.name} ${first.version}`;
}
