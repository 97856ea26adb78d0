import { type Said, said } from '../../say/said.js';
import { digitalSourceTypeOf } from '../detectors/source-type-term.js';
import { table } from '../ground/table.js';
import type { ContentCredentials } from '../report/report.js';
import type { SignalId } from '../report/signal.js';
import { GENERATIVE } from '../signals/source-types.js';
import { markStep } from '../signatures/c2pa-watermark-edits.js';
import type { Facts } from './sentence-facts.js';
import { firstProgram, knownTool } from './sentence-tools.js';
import { actionSaid, nameQuoted, sourceTypeSaid, stepKind, stepSaid, toolSaid } from './terms.js';

/**
 * What a history tells where no statement in it decides: the steps it records, and the source types that it names of
 * something else than the whole. Read from the Report's own manifests, so that kept Reports have it too.
 */

type Manifest = NonNullable<ContentCredentials['manifests']>[number];

/** Steps that say that there is something, and not what was done to it. */
export const BEGINS: ReadonlySet<string> = new Set(['c2pa.created', 'c2pa.opened', 'c2pa.published']);

/** A sentence holds so many kinds of step, and so many words for them; the history on the page has them all. */
const MOST_STEPS = 4;
const MOST_WORDS = 9;
/** Of one chain; deeper histories are no longer told in a sentence. */
const MOST_DEEP = 16;

/** Nothing in the credentials says how the whole was made: what they do say. `brief`: a doubt needs a sentence of the three. */
export function notStated(facts: Facts, brief: boolean): Said[] {
  const { credentials, signals, asset, coverage } = facts;
  if (credentials.bytesFaultMissing?.includes('statements')) return [said('sentence.history.unread')];
  // What was left out may have said it, so nothing is said to be missing.
  const inPart = coverage.unread.some(({ carrier }) => carrier === 'c2pa');
  const source = inPart ? said('sentence.history.inPart') : namedSource(credentials);
  const steps = recordedSteps(credentials);
  if (steps === undefined)
    return [speaksSaid(signals) ?? source ?? said('sentence.history.none', { kind: asset.mediaType.kind })];
  const spoken = speaksSaid(signals);
  if (spoken !== undefined) return [spoken, steps('other')];
  if (source !== undefined) return [source, steps('other')];
  return brief ? [steps('open')] : [steps('other'), said('sentence.history.aiNotStated')];
}

/** Something else in the credentials speaks of AI, so that its use is not left unstated. */
function speaksSaid(signals: Facts['signals']): Said | undefined {
  const spoken = signals.filter(
    ({ id, backing }) => id.startsWith('c2pa.declaration.') && backing !== 'invalid',
  );
  if (spoken.length === 0) return undefined;
  const isOf = (id: SignalId) => spoken.every((one) => one.id === id);
  const form = isOf('c2pa.declaration.suno')
    ? 'suno'
    : isOf('c2pa.declaration.dreamina')
      ? 'dreamina'
      : 'other';
  return said('sentence.declared.speaks', { form });
}

/** Of the active manifest and those that it was made from, the oldest first. */
function recordedSteps(credentials: ContentCredentials): ((ai: 'open' | 'other') => Said) | undefined {
  const chain = chainOf(credentials).filter(({ actions }) => actions.length > 0);
  const actions = chain.toReversed().flatMap((one) => one.actions.map(stepOf));
  if (actions.length === 0) return undefined;
  const { named: steps, more } = stepsSaid(actions);
  const [generator, ...others] = new Set(chain.map(({ claimGenerator }) => claimGenerator));
  return (ai) =>
    others.length === 0 && generator !== undefined
      ? said('sentence.history.stepsBy', { tool: namedTool(generator, credentials), steps, more, ai })
      : said('sentence.history.steps', { steps, more, ai });
}

/** Each kind once, and what was placed counted. */
export function stepsSaid(actions: readonly string[]): { named: Said[]; more: number } {
  const counts = new Map<string, number>();
  for (const action of actions.map(stepKind)) counts.set(action, (counts.get(action) ?? 0) + 1);
  const steps = [...counts].map(([action, times]) => stepSaid(action, times));
  const kinds = [...new Map(steps.map((one) => [JSON.stringify(one), one])).values()];
  const named: Said[] = [];
  let words = 0;
  for (const one of kinds.slice(0, MOST_STEPS)) {
    words += widthOf(one);
    if (words > MOST_WORDS && named.length > 0) break;
    named.push(one);
  }
  return { named, more: kinds.length - named.length };
}

/** About as many words as it takes. */
function widthOf({ id, params }: Said): number {
  if (id === 'sentence.step.ownKind') return 6;
  return id === 'sentence.step.placed' ? 4 : LONG_STEPS.has(String(params?.['step'])) ? 3 : 1;
}

const LONG_STEPS: ReadonlySet<string> = new Set(['redacted', 'removed', 'visible', 'invisible', 'watermark']);

/** What a step was: its action, or the mark that its own words say was put in. */
export const stepOf = (action: Manifest['actions'][number]): string => markStep(action) ?? action.action;

/** By its maker's name only where our table has it and a listed signer, whose signature holds, states it. */
export function namedTool(written: string, { integrity, signer }: ContentCredentials): Said {
  const known = knownTool(written);
  const listed = signer !== undefined && signer.trust !== 'unlisted' && signer.trust !== 'not-checked';
  return known !== undefined && listed && integrity === 'intact'
    ? toolSaid(known)
    : nameQuoted(firstProgram(written));
}

function chainOf({ manifests = [], activeManifest }: ContentCredentials): Manifest[] {
  const chain: Manifest[] = [];
  let label = activeManifest;
  while (label !== undefined && chain.length < MOST_DEEP) {
    const next = manifests.find((one) => one.label === label);
    if (!next || chain.includes(next) || next.integrity === 'altered') break;
    chain.push(next);
    label = next.ingredients.find(({ relationship }) => relationship === 'parentOf')?.manifest;
  }
  return chain;
}

/** Of what a source type is said that decides nothing. `apart`: in credentials that the history does not lead to. */
type Role = 'step' | 'part' | 'input' | 'altered' | 'apart';

/** A source type in the store that decides nothing: of what it is said. One of AI goes before others. */
function namedSource({ manifests = [], activeManifest }: ContentCredentials): Said | undefined {
  const roles = rolesOf(manifests, activeManifest);
  const found = manifests.flatMap((manifest) => {
    const role: Role = manifest.integrity === 'altered' ? 'altered' : (roles.get(manifest.label) ?? 'apart');
    return manifest.actions.flatMap((action) =>
      action.digitalSourceType === undefined
        ? []
        : [{ role, action: stepOf(action), term: digitalSourceTypeOf(action.digitalSourceType) }],
    );
  });
  const one = found.find(({ term }) => GENERATIVE.has(term)) ?? found[0];
  if (one === undefined) return undefined;
  const is = sourceTypeSaid(one.term);
  return one.role === 'step'
    ? said('sentence.source.step', { action: actionSaid(one.action), is })
    : said(`sentence.source.${one.role}`, { is });
}

/** What each manifest is to the file: its own history (`step`), or a part or an input, with all that these were made from. */
function rolesOf(manifests: readonly Manifest[], active: string | undefined): Map<string, Role> {
  const byLabel = new Map(manifests.map((one) => [one.label, one]));
  const roles = new Map<string, Role>(active === undefined ? [] : [[active, 'step']]);
  for (const [label, role] of roles) {
    for (const { manifest, relationship } of byLabel.get(label)?.ingredients ?? []) {
      if (manifest === undefined || roles.has(manifest)) continue;
      roles.set(manifest, role === 'step' ? (ROLES[relationship] ?? 'part') : role);
    }
  }
  return roles;
}

const ROLES: Readonly<Record<string, Role>> = table({ parentOf: 'step', inputTo: 'input' });
