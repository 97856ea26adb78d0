import { listSaid } from '../../say/amounts.js';
import { type Said, said } from '../../say/said.js';
import { plainName } from '../ground/quoted.js';
import type { Declared } from '../report/report.js';
import type { Facts } from './sentence-facts.js';
import { type EarlierSigner, earlierSigner, LISTED_STANDINGS } from './sentence-signer.js';
import { BEGINS, namedTool, stepOf, stepsSaid } from './sentence-steps.js';
import { declaredTool, knownTool } from './sentence-tools.js';
import { aftersSaid, nameQuoted } from './terms.js';

/** What Content Credentials declare beside what the headline says of it: what was done since, and in whose words. */

export interface Stated {
  /** It is said of an earlier version, which was edited since. */
  earlier: boolean;
  /** Steps since that change nothing a viewer perceives, where no others are recorded. */
  since: readonly string[];
  /** Left out where the signer of the file's own credentials says it. */
  from?: EarlierSigner;
  tool?: Said;
}

type Given = Pick<Facts, 'credentials' | 'signals'>;

export function statedOf(declared: Declared, { credentials, signals }: Given): Stated {
  const { where, edited, followedBy = [] } = declared;
  const from = earlierSigner(declared, credentials);
  const tool = toolOf(declared, { credentials, signals }, from);
  // A Report of before this was looked at does not say what came after: then it is said of an earlier version.
  const earlier = where === 'ancestor' && edited !== false;
  return {
    earlier,
    since: where === 'ancestor' && !earlier ? followedBy : [],
    ...(from ? { from } : {}),
    ...(tool ? { tool } : {}),
  };
}

/** The program that wrote the credentials is no tool that the content was made with, unless our table knows it for one. */
function toolOf(
  { tool, agent, origin, said: words }: Declared,
  { credentials, signals }: Given,
  from: EarlierSigner | undefined,
): Said | undefined {
  const known = agent !== undefined && knownTool(agent) !== undefined;
  const written =
    tool ?? (origin === 'captured' || known ? agent : undefined) ?? declaredTool(words, signals);
  if (written === undefined) return undefined;
  const vouched = from === undefined || LISTED_STANDINGS.has(from.standing);
  return vouched ? namedTool(written, credentials) : nameQuoted(written);
}

export function declaredSaid(declared: Declared, { earlier, since, tool }: Stated, facts: Facts): Said[] {
  const { asset } = facts;
  const { origin, followedBy = [], editedAfterCapture, said: words, term } = declared;
  const inWords =
    words === undefined || tool !== undefined
      ? []
      : [said('sentence.declared.words', { words: plainName(words) })];
  if (earlier || editedAfterCapture)
    return [
      ...(followedBy.length === 0 ? [said('sentence.declared.edited')] : [laterSaid(followedBy)]),
      ...inWords,
    ];
  const after = afterOnly(since);
  if (origin === 'captured')
    return [
      ...(after ?? [
        said('sentence.declared.noEdit', { kind: asset.mediaType.kind === 'image' ? 'image' : 'other' }),
      ]),
    ];
  const note = NOTES.find(({ terms }) => terms.some((one) => one === term))?.note;
  const found = [...(after ?? []), ...inWords, ...(note ? [said('sentence.declared.note', { note })] : [])];
  return found.length > 0 ? found : stepsBeside(facts);
}

/** What else the file’s own credentials record, so that silence is not taken for it. */
function stepsBeside({ credentials }: Facts): Said[] {
  const { manifests = [], activeManifest } = credentials;
  const actions = manifests.find(({ label }) => label === activeManifest)?.actions ?? [];
  if (actions.length === 0) return [];
  const later = actions.map(stepOf).filter((action) => !BEGINS.has(action));
  return later.length === 0
    ? [said('sentence.declared.noLater')]
    : [said('sentence.history.steps', { ...renamed(stepsSaid(later)), ai: 'other' })];
}

const renamed = ({ named, more }: { named: Said[]; more: number }) => ({ steps: named, more });

function laterSaid(steps: readonly string[]): Said {
  const { named, more } = stepsSaid(steps);
  return said('sentence.declared.later', { steps: named, more });
}

const MOST_CLAUSES = 3;

function afterOnly(steps: readonly string[]): Said[] | undefined {
  if (steps.length === 0) return undefined;
  const { clauses, others } = aftersSaid(steps);
  if (clauses.length === 0) return [laterSaid(steps)];
  const named = clauses.slice(0, MOST_CLAUSES);
  return [
    said('sentence.declared.after', {
      steps: listSaid(named),
      more: clauses.length - named.length + others,
    }),
  ];
}

/** What a source type says besides what the headline has of it. */
const NOTES = [
  { terms: ['digitalArt', 'composite', 'screenCapture', 'virtualRecording'], note: 'mayHoldAi' },
  { terms: ['digitalCreation', 'humanEdits'], note: 'notGenerative' },
  { terms: ['algorithmicMedia'], note: 'other' },
] as const;
