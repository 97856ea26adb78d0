import { lookupTable } from '../../../base/table.js';
import { type Message, message } from '../../../i18n/message.js';
import { extractProgram, findC2paTool, isC2paLibrary } from '../../detectors/c2pa-tools.js';
import { parseDigitalSourceType } from '../../detectors/source-type-term.js';
import type { ContentCredentials } from '../../report/report.js';
import type { SignalId } from '../../report/signal.js';
import { GENERATIVE_TYPES } from '../../signals/source-types.js';
import { C2PA_MAKERS } from '../../signatures/c2pa-tools.js';
import { detectWatermarkStep, isWatermarkStep } from '../../signatures/c2pa-watermark-edits.js';
import { findFileSigner, findManifestSigner, type SignerRef, signerMessage } from '../../standing/signer.js';
import { listIntactVersions, type Manifest } from '../../standing/versions.js';
import {
  actionMessage,
  hasStepName,
  ownStepsMessage,
  quoteName,
  sourceTypeMessage,
  stepMessage,
  toolMessage,
} from '../terms.js';
import type { Facts } from './facts.js';

/**
 * Sentences on a history without a deciding statement: the recorded steps, and source types that concern only something
 * other than the whole. Read from the Report's manifests, so that they work for stored Reports too.
 */

/** Steps that state the existence of content, not a change to it. */
export const BEGIN_ACTIONS: ReadonlySet<string> = new Set(['c2pa.created', 'c2pa.opened', 'c2pa.published']);

/** Bounds on the kinds of step and their words in a sentence; the history on the page has all of them. */
const MAX_STEPS = 4;
const MAX_WORDS = 8;
/** Bound on the length of a chain; deeper histories are not described in a sentence. */
const MAX_CHAIN_DEPTH = 16;

/**
 * Returns what the credentials say if they do not say how the whole was made. `brief`: one of the three sentences is
 * reserved for a doubt.
 */
export function undeclaredMessages(facts: Facts, brief: boolean): Message[] {
  const { credentials, signals, asset, coverage } = facts;
  if (credentials.bytesFaultMissing?.includes('statements')) return [message('sentence.history.unread')];
  // Unread parts may contain the statement, so nothing is reported as missing.
  const inPart = coverage.unread.some(({ carrier }) => carrier === 'c2pa');
  const source = inPart ? message('sentence.history.inPart') : sourceMessage(credentials);
  const steps = recordedStepsMessage(credentials);
  if (steps === undefined)
    return [
      aiMentionMessage(signals) ?? source ?? message('sentence.history.none', { kind: asset.mediaType.kind }),
    ];
  const spoken = aiMentionMessage(signals);
  if (spoken !== undefined) return [spoken, steps('other')];
  if (source !== undefined) return [source, steps('other')];
  return brief ? [steps('open')] : [steps('other'), message('sentence.history.aiNotStated')];
}

/** Returns a sentence if other assertions in the credentials mention AI, so that its use is not reported as unstated. */
function aiMentionMessage(signals: Facts['signals']): Message | undefined {
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
  return message('sentence.declared.speaks', { form });
}

/** Returns the steps of the active manifest and its ancestors, oldest first. */
function recordedStepsMessage(
  credentials: ContentCredentials,
): ((ai: 'open' | 'other') => Message) | undefined {
  const chain = listIntactVersions(credentials)
    .slice(0, MAX_CHAIN_DEPTH)
    .filter(({ actions }) => actions.length > 0);
  const actions = chain.toReversed().flatMap((one) => one.actions.map(toStepCode));
  if (actions.length === 0) return undefined;
  const { named: steps, more } = stepMessages(actions);
  const [generator, ...others] = new Set(chain.map(({ claimGenerator }) => claimGenerator));
  return (ai) =>
    others.length === 0 && generator !== undefined && !isC2paLibrary(generator)
      ? message('sentence.history.stepsBy', {
          tool: toolNameMessage(generator, credentials),
          steps,
          more,
          ai,
        })
      : message('sentence.history.steps', { steps, more, ai });
}

/** Returns each kind of step once; placed items are counted. */
export function stepMessages(actions: readonly string[]): { named: Message[]; more: number } {
  const counts = new Map<string, number>();
  for (const action of actions) counts.set(action, (counts.get(action) ?? 0) + 1);
  const known = [...counts].filter(([action]) => hasStepName(action));
  // The codes of other steps mean something only to the signer: they are counted with those that find no room.
  if (known.length === 0) return { named: [ownStepsMessage(actions.length)], more: 0 };
  const steps = known.map(([action, times]) => stepMessage(action, times));
  const kinds = [...new Map(steps.map((one) => [JSON.stringify(one), one])).values()];
  const named: Message[] = [];
  let words = 0;
  for (const one of kinds.slice(0, MAX_STEPS)) {
    words += estimateWords(one);
    if (words > MAX_WORDS && named.length > 0) break;
    named.push(one);
  }
  return { named, more: kinds.length - named.length + (counts.size - known.length) };
}

/** Estimates the number of words of a step. */
function estimateWords({ id, params }: Message): number {
  if (id === 'sentence.step.placed') return 4;
  return STEP_WORDS[String(params?.['step'])] ?? 1;
}

/** Number of English words of each step that has more than one. */
const STEP_WORDS = lookupTable<number>({
  colour: 2,
  deleted: 2,
  drawing: 2,
  filtered: 2,
  metadata: 2,
  other: 2,
  speed: 2,
  text: 2,
  watermark: 2,
  invisible: 3,
  redacted: 3,
  removed: 3,
  visible: 3,
  unnamed: 4,
  edited: 5,
});

/** Returns the kind of a step: its action, or the mark that its description says was added. */
export const toStepCode = (action: Manifest['actions'][number]): string =>
  detectWatermarkStep(action) ?? action.action;

/**
 * Returns the maker's name of a tool and whose it is, unquoted only if it is in our table and its maker signed: `by` is
 * the name of a listed signer with a valid signature. For a tool of which our table has no maker, any listed signer
 * will do.
 */
export function toolNameMessage(
  written: string,
  credentials: ContentCredentials,
  by: SignerRef | undefined = findFileSigner(credentials),
): Message {
  const known = findC2paTool(written);
  if (known === undefined || !by?.isConfirmed) return quoteName(extractProgram(written));
  if (known.maker === undefined) return toolMessage(known.tool);
  const { name: maker, signers }: { name: string; signers: readonly string[] } = C2PA_MAKERS[known.maker];
  if (by.name === undefined || !signers.includes(by.name)) return quoteName(extractProgram(written));
  return known.tool.includes(maker)
    ? toolMessage(known.tool)
    : message('text.toolBy', { tool: toolMessage(known.tool), maker });
}

/** Subject of a source type that decides nothing. `apart`: in credentials that the history does not lead to. */
type Role = 'step' | 'mark' | 'part' | 'input' | 'altered' | 'apart';

/** Returns a source type that decides nothing, with what it refers to. One about AI precedes others. */
function sourceMessage(credentials: ContentCredentials): Message | undefined {
  const { manifests = [], activeManifest } = credentials;
  const roles = findRoles(manifests, activeManifest);
  const found = manifests.flatMap((manifest) => {
    const role: Role = manifest.integrity === 'altered' ? 'altered' : (roles.get(manifest.label) ?? 'apart');
    return manifest.actions.flatMap((action) =>
      action.digitalSourceType === undefined
        ? []
        : [
            {
              role: role === 'step' && isWatermarkStep(action) ? ('mark' as const) : role,
              manifest,
              action: toStepCode(action),
              term: parseDigitalSourceType(action.digitalSourceType),
            },
          ],
    );
  });
  const one = found.find(({ term }) => GENERATIVE_TYPES.has(term)) ?? found[0];
  if (one === undefined) return undefined;
  const is = sourceTypeMessage(one.term);
  const camera =
    one.role === 'part' && CAPTURES.has(one.term) && confirmedSignerOf(one.manifest, credentials);
  if (camera) return message('sentence.source.partBy', { signer: camera, is });
  return one.role === 'step'
    ? message('sentence.source.step', { action: actionMessage(one.action), is })
    : message(`sentence.source.${one.role}`, { is });
}

const CAPTURES: ReadonlySet<string> = new Set(['digitalCapture', 'computationalCapture']);

/** Returns the confirmed signer of credentials in the file, as the maker of a camera. */
function confirmedSignerOf(manifest: Manifest, credentials: ContentCredentials): Message | undefined {
  const signer = findManifestSigner(manifest, credentials);
  return signer.isConfirmed ? signerMessage(signer) : undefined;
}

/** Returns the role of each manifest: the file's own history (`step`), or a part or input, including their ancestors. */
function findRoles(manifests: readonly Manifest[], active: string | undefined): Map<string, Role> {
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

const ROLES: Readonly<Record<string, Role>> = lookupTable({ parentOf: 'step', inputTo: 'input' });
