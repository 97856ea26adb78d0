import { shortenName } from '../../../base/quoted.js';
import { listMessage } from '../../../i18n/amounts.js';
import { type Message, message } from '../../../i18n/message.js';
import type { Declared } from '../../report/report.js';
import { followingStepMessages, quoteName } from '../terms.js';
import type { Facts } from './facts.js';
import { type EarlierSigner, findEarlierSigner, LISTED_STANDINGS } from './signer.js';
import { BEGIN_ACTIONS, stepMessages, toolNameMessage, toStepCode } from './steps.js';
import { findDeclaredTool, findKnownTool } from './tools.js';

/** Details of what Content Credentials declare, in addition to the headline: later steps and who made the statement. */

export interface DeclaredStatement {
  /** True if the statement is about an earlier version that was edited since. */
  isEarlier: boolean;
  /** Later steps, if all recorded ones change nothing a viewer perceives. */
  since: readonly string[];
  /** Absent if the signer of the file's own credentials made the statement. */
  from?: EarlierSigner;
  tool?: Message;
}

type Given = Pick<Facts, 'credentials' | 'signals'>;

export function toDeclaredStatement(declared: Declared, { credentials, signals }: Given): DeclaredStatement {
  const { where, edited, followedBy = [] } = declared;
  const from = findEarlierSigner(declared, credentials);
  const tool = toolOf(declared, { credentials, signals }, from);
  // Reports of earlier versions do not record later steps; the statement is then attributed to an earlier version.
  const earlier = where === 'ancestor' && edited !== false;
  return {
    isEarlier: earlier,
    since: where === 'ancestor' && !earlier ? followedBy : [],
    ...(from ? { from } : {}),
    ...(tool ? { tool } : {}),
  };
}

/** The program that wrote the credentials counts as the creating tool only if our table lists it as one. */
function toolOf(
  { tool, agent, origin, statement: words }: Declared,
  { credentials, signals }: Given,
  from: EarlierSigner | undefined,
): Message | undefined {
  const known = agent !== undefined && findKnownTool(agent) !== undefined;
  const written =
    tool ?? (origin === 'captured' || known ? agent : undefined) ?? findDeclaredTool(words, signals);
  if (written === undefined) return undefined;
  const vouched = from === undefined || LISTED_STANDINGS.has(from.standing);
  return vouched ? toolNameMessage(written, credentials) : quoteName(written);
}

export function declaredMessages(
  declared: Declared,
  { isEarlier: earlier, since, tool }: DeclaredStatement,
  facts: Facts,
): Message[] {
  const { asset } = facts;
  const { origin, followedBy = [], editedAfterCapture, statement: words, term } = declared;
  const inWords =
    words === undefined || tool !== undefined
      ? []
      : [message('sentence.declared.words', { words: shortenName(words) })];
  if (earlier || editedAfterCapture)
    return [
      ...(followedBy.length === 0 ? [message('sentence.declared.edited')] : [laterStepsMessage(followedBy)]),
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
  const { manifests = [], activeManifest } = credentials;
  const actions = manifests.find(({ label }) => label === activeManifest)?.actions ?? [];
  if (actions.length === 0) return [];
  const later = actions.map(toStepCode).filter((action) => !BEGIN_ACTIONS.has(action));
  return later.length === 0
    ? [message('sentence.declared.noLater')]
    : [message('sentence.history.steps', { ...renamed(stepMessages(later)), ai: 'other' })];
}

const renamed = ({ named, more }: { named: Message[]; more: number }) => ({ steps: named, more });

function laterStepsMessage(steps: readonly string[]): Message {
  const { named, more } = stepMessages(steps);
  return message('sentence.declared.later', { steps: named, more });
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
