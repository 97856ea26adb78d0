import { shortenName } from '../../../base/quoted.js';
import { listMessage } from '../../../i18n/amounts.js';
import { type Message, message } from '../../../i18n/message.js';
import { isAiEdit } from '../../detectors/c2pa-origin.js';
import { findC2paTool, isC2paLibrary } from '../../detectors/c2pa-tools.js';
import type { ContentCredentials, Declared } from '../../report/report.js';
import { isWatermarkStep } from '../../signatures/c2pa-watermark-edits.js';
import { findEarlierSigner, type SignerRef } from '../../standing/signer.js';
import { findActiveManifest, listIntactVersions } from '../../standing/versions.js';
import { followingStepMessages, quoteName } from '../terms.js';
import type { Facts } from './facts.js';
import { BEGIN_ACTIONS, stepMessages, toolNameMessage, toStepCode } from './steps.js';
import { findDeclaredTool } from './tools.js';

/** Details of what Content Credentials declare, in addition to the headline: later steps and who made the statement. */

export interface DeclaredStatement {
  /** True if the statement is about an earlier version that was edited since. */
  isEarlier: boolean;
  /** Later steps, if all recorded ones change nothing a viewer perceives. */
  since: readonly string[];
  /** True if one of the later steps is itself an edit with AI. */
  hasLaterAi: boolean;
  /** Absent if the signer of the file's own credentials made the statement. */
  from?: SignerRef;
  tool?: Message;
}

type Given = Pick<Facts, 'credentials' | 'signals'>;

export function toDeclaredStatement(declared: Declared, { credentials, signals }: Given): DeclaredStatement {
  const { where, edited, followedBy = [] } = declared;
  const from = findEarlierSigner(declared, credentials);
  const tool = toolOf(declared, { credentials, signals }, from);
  // Reports of earlier versions do not record later steps; the statement is then attributed to an earlier version.
  const isEdited = where === 'ancestor' && edited !== false;
  const hasLaterAi = isEdited && isAiAddedLater(declared, credentials);
  return {
    isEarlier: isEdited && !hasLaterAi,
    since: where === 'ancestor' ? (isEdited ? [] : followedBy) : ownMarks(declared, credentials),
    hasLaterAi,
    ...(from ? { from } : {}),
    ...(tool ? { tool } : {}),
  };
}

/** Returns the watermarks added to a recording in its own credentials, which leave it unedited. */
const ownMarks = ({ where, origin }: Declared, credentials: ContentCredentials): string[] =>
  where === 'this' && origin === 'captured'
    ? (findActiveManifest(credentials)?.actions.filter(isWatermarkStep).map(toStepCode) ?? [])
    : [];

/** Returns whether the history after a statement about AI holds an edit with AI. */
function isAiAddedLater({ origin, manifest: label }: Declared, credentials: ContentCredentials): boolean {
  const chain = listIntactVersions(credentials);
  const at = chain.findIndex((one) => one.label === label);
  const own = (at < 0 ? [] : (chain[at]?.actions ?? [])).filter(isAiEdit).length;
  const later = chain.slice(0, Math.max(at, 0)).some(({ actions }) => actions.some(isAiEdit));
  // One edit of the manifest that states an edit is the statement itself.
  return later || own > (origin === 'ai-edited' ? 1 : 0);
}

/**
 * The program that wrote the credentials counts as the creating tool only if our table lists it as one, and a C2PA
 * library never does.
 */
function toolOf(
  { tool, agent, origin, statement: words }: Declared,
  { credentials, signals }: Given,
  from: SignerRef | undefined,
): Message | undefined {
  const known = agent !== undefined && findC2paTool(agent) !== undefined;
  const written = [tool, origin === 'captured' || known ? agent : undefined].find(
    (name) => name !== undefined && !isC2paLibrary(name),
  );
  const named = written ?? findDeclaredTool(words, signals);
  if (named === undefined) return undefined;
  return from === undefined || from.isConfirmed
    ? toolNameMessage(named, credentials, from)
    : quoteName(named);
}

export function declaredMessages(
  declared: Declared,
  { isEarlier: earlier, since, tool, hasLaterAi }: DeclaredStatement,
  facts: Facts,
): Message[] {
  const { asset } = facts;
  const { origin, followedBy = [], editedAfterCapture, statement: words, term } = declared;
  const inWords =
    words === undefined || tool !== undefined
      ? []
      : [message('sentence.declared.words', { words: shortenName(words) })];
  if (earlier || hasLaterAi || editedAfterCapture)
    return [
      ...(followedBy.length === 0
        ? [message('sentence.declared.edited')]
        : [laterStepsMessage(followedBy, hasLaterAi ? 'some' : 'other')]),
      ...inWords,
    ];
  const after = afterOnly(since);
  if (origin === 'captured')
    return [
      ...(after ?? [
        message('sentence.declared.noEdit', { kind: asset.mediaType.kind === 'image' ? 'image' : 'other' }),
      ]),
    ];
  const note = NOTES.find(({ terms }) => terms.some((one) => one === term))?.note;
  const found = [
    ...(after ?? []),
    ...inWords,
    ...(note ? [message('sentence.declared.note', { note })] : []),
  ];
  return found.length > 0 ? found : otherSteps(facts);
}

/** Returns the steps that the file’s own credentials record, so that leaving them out is not taken for their absence. */
function otherSteps({ credentials }: Facts): Message[] {
  const actions = findActiveManifest(credentials)?.actions ?? [];
  if (actions.length === 0) return [];
  const later = actions.map(toStepCode).filter((action) => !BEGIN_ACTIONS.has(action));
  return later.length === 0
    ? [message('sentence.declared.noLater')]
    : [message('sentence.history.steps', { ...renamed(stepMessages(later)), ai: 'other' })];
}

const renamed = ({ named, more }: { named: Message[]; more: number }) => ({ steps: named, more });

function laterStepsMessage(steps: readonly string[], ai: 'some' | 'other' = 'other'): Message {
  const { named, more } = stepMessages(steps);
  return message('sentence.declared.later', { steps: named, more, ai });
}

const MAX_CLAUSES = 3;

function afterOnly(steps: readonly string[]): Message[] | undefined {
  if (steps.length === 0) return undefined;
  const { clauses, others } = followingStepMessages(steps);
  if (clauses.length === 0) return [laterStepsMessage(steps)];
  const named = clauses.slice(0, MAX_CLAUSES);
  return [
    message('sentence.declared.after', {
      steps: listMessage(named),
      more: clauses.length - named.length + others,
    }),
  ];
}

/** Notes on what a source type states in addition to the headline. */
const NOTES = [
  { terms: ['digitalArt', 'composite', 'screenCapture', 'virtualRecording'], note: 'mayHoldAi' },
  { terms: ['digitalCreation', 'humanEdits'], note: 'notGenerative' },
  { terms: ['algorithmicMedia'], note: 'other' },
] as const;
