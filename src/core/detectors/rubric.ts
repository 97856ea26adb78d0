import type { ActionsAssertion, ClaimFacts } from '../c2pa/claim-facts.js';
import type { InceptionId, RubricSignalId } from '../signals/rubric.js';

/**
 * C2PA Asset Signals Rubric (Local) 1.0 for one manifest, implemented to the letter, including its oddities:
 *
 * - Only assertions labelled exactly `c2pa.actions.v2` and `c2pa.ingredient.v3` count; v1 ones and repeated ones
 *   do not. A manifest without such actions therefore has ambiguous actions and nothing else.
 * - Source types are compared as whole strings with `http:`; the same URI with `https:` is a different one.
 * - `digitalArt` and `composite` on an edit are possibly generative and non-generative at once.
 */
export interface RubricResult {
  id: RubricSignalId;
  /** Suffix of the manifest's JUMBF URI: the first action that decides, otherwise the assertion, otherwise empty. */
  locator: string;
}

const ACTIONS = 'c2pa.actions.v2';
const INGREDIENT = 'c2pa.ingredient.v3';
const IPTC = 'http://cv.iptc.org/newscodes/digitalsourcetype';
const C2PA = 'http://c2pa.org/digitalsourcetype';

const INCEPTION_ACTIONS: ReadonlySet<string> = new Set(['c2pa.created', 'c2pa.opened']);

const INCEPTIONS: ReadonlyMap<string, InceptionId> = new Map([
  [`${C2PA}/empty`, 'c2pa.inception.blankCanvas'],
  [`${IPTC}/digitalCapture`, 'c2pa.inception.capturedMedia'],
  [`${IPTC}/computationalCapture`, 'c2pa.inception.capturedMedia'],
  [`${IPTC}/compositeCapture`, 'c2pa.inception.capturedMediaStitched'],
  [`${IPTC}/composite`, 'c2pa.inception.compositionMayContainGenAI'],
  [`${IPTC}/trainedAlgorithmicMedia`, 'c2pa.inception.fullyGenAIMedia'],
  [`${IPTC}/digitalCreation`, 'c2pa.inception.nonGenAIDigitalCreation'],
  [`${IPTC}/compositeWithTrainedAlgorithmicMedia`, 'c2pa.inception.partlyGenAICreation'],
  [`${IPTC}/screenCapture`, 'c2pa.inception.screenCaptureMayContainGenAI'],
]);

/** Actions that the rubric treats as changing nothing a viewer perceives. */
export const RUBRIC_NON_EDITORIAL: ReadonlySet<string> = new Set(
  [
    'converted',
    'published',
    'repackaged',
    'transcoded',
    'resized.proportional',
    'enhanced',
    'edited.metadata',
    'watermarked',
    'watermarked.bound',
    'watermarked.unbound',
    'redacted',
  ].map((name) => `c2pa.${name}`),
);

const GENERATIVE: ReadonlySet<string> = new Set([
  `${IPTC}/trainedAlgorithmicMedia`,
  `${IPTC}/compositeWithTrainedAlgorithmicMedia`,
  `${IPTC}/compositeSynthetic`,
  `${C2PA}/trainedAlgorithmicData`,
]);

const POSSIBLY_GENERATIVE: ReadonlySet<string> = new Set([`${IPTC}/digitalArt`, `${IPTC}/composite`]);

/** Returns the rubric's signals in the order of its two groups, each id once. */
export function evaluateRubric(facts: ClaimFacts): RubricResult[] {
  const answers = new Map<RubricSignalId, string>();
  const add = (id: RubricSignalId, locator: string): void => {
    if (!answers.has(id)) answers.set(id, locator);
  };
  const ingredient = facts.ingredientsV3.find((i) => i.label === INGREDIENT);
  if (ingredient && !ingredient.hasManifest && !facts.unread.includes(INGREDIENT))
    add('c2pa.inception.mediaUnknownProvenance', placeOf(INGREDIENT));
  if (!facts.unread.includes(ACTIONS)) {
    const assertion = facts.actions.find((a) => a.label === ACTIONS);
    for (const [index, one] of (assertion?.actions ?? []).entries())
      for (const id of evaluateAction(one)) add(id, `${placeOf(ACTIONS)}#actions[${index}]`);
    if (isIncomplete(assertion))
      add('c2pa.transformation.ambiguousActions', assertion ? placeOf(ACTIONS) : '');
  }
  // The rubric searches for the word anywhere in the URI, so gathered v1 and repeated assertions count here.
  if (facts.gathered.some((label) => label.includes('c2pa.actions')))
    add('c2pa.transformation.ambiguousActions', '/c2pa.claim.v2');
  return [...answers].map(([id, locator]) => ({ id, locator }));
}

const placeOf = (label: string) => `/c2pa.assertions/${label}`;

function isIncomplete(assertion: ActionsAssertion | undefined): boolean {
  return !assertion || assertion.actions.length === 0 || assertion.allActionsIncluded !== true;
}

function evaluateAction({
  action,
  digitalSourceType: type,
}: ActionsAssertion['actions'][number]): RubricSignalId[] {
  if (action === undefined) return [];
  const found: RubricSignalId[] = [];
  if (!action.startsWith('c2pa.') || action === 'c2pa.unknown')
    found.push('c2pa.transformation.ambiguousActions');
  if (INCEPTION_ACTIONS.has(action)) {
    const inception = INCEPTIONS.get(type ?? '');
    if (inception) found.push(inception);
  } else if (RUBRIC_NON_EDITORIAL.has(action)) found.push('c2pa.transformation.nonEditorial');
  else if (type !== undefined) {
    found.push(
      GENERATIVE.has(type)
        ? 'c2pa.transformation.perceptibleGenAI'
        : 'c2pa.transformation.perceptibleNonGenAI',
    );
    if (POSSIBLY_GENERATIVE.has(type)) found.push('c2pa.transformation.perceptiblePossiblyGenAI');
  }
  return found;
}
