import type {
  ActionRecord,
  IngredientRecord,
  ManifestRecord,
  StoreEvidence,
} from '../c2pa/manifest-store.js';
import { foundValue } from '../media/carrier.js';
import type { SignalId } from '../report/signal.js';
import { CAPTURED_TYPES, GENERATIVE_TYPES } from '../signals/source-types.js';
import { detectWatermarkStep } from '../signatures/c2pa-watermark-edits.js';
import { manifestBacking } from './c2pa-backing.js';
import { declaresGenerated, findDeclarations } from './c2pa-declarations.js';
import { isC2paLibrary } from './c2pa-tools.js';
import { defineDetector } from './detector.js';
import { SignalCollector } from './gathered-signals.js';
import { RUBRIC_NON_EDITORIAL } from './rubric.js';
import { parseDigitalSourceType } from './source-type-term.js';

/**
 * Detects the elements of a latent disclosure that laws list: system, version, time, identifier, and whether the
 * content was created or altered.
 */
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
    const store = foundValue(c2pa);
    if (store?.kind !== 'store') return [];
    const signals = new SignalCollector();
    // Statements in the manifest of an `inputTo` ingredient are not about this content (c2pa-origin.ts).
    const ofContent = reachableLabels(store, ({ relationship }) => relationship !== 'inputTo');
    const inHistory = reachableLabels(store, () => true);
    for (const manifest of store.manifests.filter(({ label }) => inHistory.has(label))) {
      const say = ofContent.has(manifest.label) ? disclose : discloseOfInput;
      for (const statement of statementsOf(manifest)) say(store, manifest, statement, signals);
    }
    const active = store.activeManifest;
    signals.add('c2pa.identifier', manifestBacking(store, active), active, {
      carrier: 'c2pa',
      locator: `self#jumbf=/c2pa/${active}`,
    });
    return signals.list();
  },
});

/** Returns the labels reachable from the active manifest through the ingredients that `follows` accepts. */
function reachableLabels(
  { manifests, activeManifest }: StoreEvidence,
  follows: (ingredient: IngredientRecord) => boolean,
): ReadonlySet<string> {
  const byLabel = new Map(manifests.map((one) => [one.label, one]));
  const labels = new Set([activeManifest]);
  for (const label of labels) {
    // Ingredients may name manifests that the store does not contain; those are skipped.
    for (const one of byLabel.get(label)?.ingredients ?? [])
      if (one.manifest !== undefined && byLabel.has(one.manifest) && follows(one)) labels.add(one.manifest);
  }
  return labels;
}

interface Statement {
  id: 'c2pa.ai.created' | 'c2pa.ai.altered' | 'c2pa.capture.stated';
  /** Text quoted from the file. */
  said: string;
  locator: string;
  when?: string;
  /** Software agent named by the action, otherwise the claim generator. */
  agent?: string;
}

const INCEPTION = new Set(['c2pa.created', 'c2pa.opened']);

function statementsOf(manifest: ManifestRecord): Statement[] {
  const acted = manifest.actions.flatMap((action): Statement[] => {
    const id = signalIdOf(action);
    return id === undefined
      ? []
      : [
          {
            id,
            said: action.digitalSourceType ?? action.action,
            locator: action.locator,
            ...(action.when === undefined ? {} : { when: action.when }),
            ...(action.softwareAgent === undefined ? {} : { agent: action.softwareAgent }),
          },
        ];
  });
  const declared = findDeclarations(manifest)
    .filter(({ id }) => declaresGenerated(id))
    .map(
      (one): Statement => ({
        id: 'c2pa.ai.created',
        said: one.value,
        locator: one.locators[0] ?? manifest.label,
      }),
    );
  return [...acted, ...declared];
}

/** The digital source type of a step that adds a mark describes the mark, not the content. */
function signalIdOf(step: ActionRecord): Statement['id'] | undefined {
  const { action, digitalSourceType } = step;
  if (digitalSourceType === undefined || detectWatermarkStep(step) !== undefined) return undefined;
  const term = parseDigitalSourceType(digitalSourceType);
  if (GENERATIVE_TYPES.has(term)) {
    if (INCEPTION.has(action)) return 'c2pa.ai.created';
    // On an action that changes nothing perceptible, the term only repeats how the content was already declared.
    return RUBRIC_NON_EDITORIAL.has(action) ? undefined : 'c2pa.ai.altered';
  }
  return CAPTURED_TYPES.has(term) && INCEPTION.has(action) ? 'c2pa.capture.stated' : undefined;
}

function disclose(
  store: StoreEvidence,
  manifest: ManifestRecord,
  statement: Statement,
  into: SignalCollector,
): void {
  const backing = manifestBacking(store, manifest.label);
  const say = (id: SignalId, value: string, locator = statement.locator) =>
    into.add(id, backing, value, { carrier: 'c2pa', locator });
  const isAi = statement.id !== 'c2pa.capture.stated';
  say(statement.id, statement.said);
  if (isAi && manifest.label !== store.activeManifest) say('c2pa.ai.inIngredient', statement.said);
  const agent = [statement.agent, generatorOf(manifest)].find(
    (name) => name !== undefined && !isC2paLibrary(name),
  );
  if (agent !== undefined) {
    say(isAi ? 'c2pa.ai.systemNamed' : 'c2pa.capture.deviceNamed', agent);
    if (isAi && /\d/.test(agent)) say('c2pa.ai.systemVersion', agent);
  }
  if (statement.when !== undefined) say(isAi ? 'c2pa.ai.when' : 'c2pa.capture.when', statement.when);
}

/** Records that an input was made with AI, but nothing about how this content was made. */
function discloseOfInput(
  store: StoreEvidence,
  manifest: ManifestRecord,
  { id, said, locator }: Statement,
  into: SignalCollector,
): void {
  if (id === 'c2pa.capture.stated') return;
  into.add('c2pa.ai.inIngredient', manifestBacking(store, manifest.label), said, {
    carrier: 'c2pa',
    locator,
  });
}

function generatorOf(manifest: ManifestRecord): string | undefined {
  const [first] = manifest.claimGenerators;
  if (first === undefined) return manifest.claimGenerator;
  return first.version === undefined ? first.name : `${first.name} ${first.version}`;
}
