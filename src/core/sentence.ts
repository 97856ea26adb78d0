import type { Said } from '../say/said.js';
import type { FoundContradiction } from './contradictions.js';
import type { CutOff } from './cut-off.js';
import type { Carrier } from './evidence.js';
import { type MediaType, UNKNOWN_MEDIA_TYPE } from './media-types.js';
import type { ContentCredentials, Coverage, Declared } from './report.js';
import { credentialsPart } from './sentence-credentials.js';
import { labelsSaid } from './sentence-labels.js';
import { tracesSaid } from './sentence-traces.js';
import { cutOffPart, isFurther, nothingRead, unreadPart } from './sentence-unread.js';
import type { Signal } from './signal.js';
import type { SignalOrigins } from './signal-origins.js';
import { asideOf } from './unread-types.js';
import type { SentenceWords } from './words/sentence.js';

/** Of the file, what a sentence may speak of. */
export interface SaidAsset {
  bytes: number;
  mediaType: Pick<MediaType, 'format' | 'kind'>;
}

/**
 * What the summary says and in which order: what was found, from whom, changed since or not, what it declares and
 * where in the history, what labels and traces say beside it, what was not looked at. How, stands in `words/`.
 * Each sentence must survive being quoted alone, so each says "the file states", never that something is so.
 */
export interface Statement {
  asset: SaidAsset;
  credentials: ContentCredentials;
  declared?: Declared;
  signals: readonly Signal[];
  origins: SignalOrigins;
  contradictions: readonly FoundContradiction[];
  coverage: Coverage;
  /** Nothing in the file declares an origin. */
  silent: boolean;
  /** Why nothing at all of the file was read. */
  notRead?: Said;
  /** Of `unread`: those whose time was over. */
  late?: readonly Carrier[];
  cutOff?: CutOff;
  /** True where a manifest store was seen, though it could not be read. */
  storeSeen: boolean;
}

export function sentence(facts: Statement, words: SentenceWords): string {
  const { asset } = facts;
  if (asset.bytes === 0) return words.emptyFile;
  if (facts.notRead !== undefined) return nothingRead(facts, facts.notRead, words);
  const credentials = credentialsPart(facts, words);
  const found = [...credentials, ...besidesPart(facts, words, credentials.length > 0)];
  if (found.length === 0) return words.joined(nothingPart(facts, words));
  return words.joined([
    ...cutOffPart(facts, words),
    ...found,
    ...contradictionPart(facts, words),
    ...unreadPart(facts, words),
  ]);
}

/** What the page has in its table is not all said again: the strongest few stand for it. */
const MOST_SAID = 3;
const MOST_BESIDE_CREDENTIALS = 2;

function besidesPart(facts: Statement, words: SentenceWords, credentials: boolean): string[] {
  const chosen = [...labelsSaid(facts, words), ...tracesSaid(facts, words)]
    .sort((a, b) => a.rank - b.rank)
    .slice(0, credentials ? MOST_BESIDE_CREDENTIALS : MOST_SAID);
  return chosen.flatMap(({ text, caveat }, index) => {
    const limited = chosen.filter((one) => one.caveat === caveat);
    return caveat !== undefined && chosen[index] === limited.at(-1)
      ? [text, words.caveats[caveat](limited.length)]
      : [text];
  });
}

/**
 * "No label was found" is said only after everything that can hold one was read. Where not, what was not looked into comes
 * first, since it is all that is known. Content Credentials are named only where they were looked for.
 */
function nothingPart(facts: Statement, words: SentenceWords): string[] {
  const { coverage, credentials, asset } = facts;
  const { format } = asset.mediaType;
  // Where reading was stopped, the format is one that is read.
  if (coverage.state === 'nothing' && coverage.unread.some(({ code }) => code !== 'carrier.notRead'))
    return unreadPart(facts, words);
  if (coverage.state === 'nothing')
    return [
      format === UNKNOWN_MEDIA_TYPE.format
        ? words.unrecognisedFormat
        : words.formatNotRead(format, asideOf(format)),
    ];
  if (coverage.state === 'partial')
    return [
      ...cutOffPart(facts, words),
      ...unreadPart(facts, words),
      ...contradictionPart(facts, words),
      words.nothingElse(coverage.unread.every(isFurther) ? 'itself' : 'parts-read', asset.mediaType.kind),
    ];
  const looked = credentials.presence === 'unsupported' ? 'no-place' : 'looked-for';
  return [words.nothing(looked, format), ...contradictionPart(facts, words)];
}

/** Dates and sizes that do not fit have their place on the page; they say nothing of the origin. */
function contradictionPart({ contradictions }: Statement, words: SentenceWords): string[] {
  const first =
    contradictions.find(({ kind }) => kind === 'excludes') ??
    contradictions.find(({ kind }) => kind === 'differs');
  if (!first) return [];
  return [first.kind === 'excludes' ? words.exclude(first.statement) : first.statement];
}
