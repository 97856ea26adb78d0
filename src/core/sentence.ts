import type { FoundContradiction } from './contradictions.js';
import type { Carrier } from './evidence.js';
import type { MediaType } from './media-types.js';
import type { ContentCredentials, Declared } from './report.js';
import { credentialsPart } from './sentence-credentials.js';
import { labelsSaid } from './sentence-labels.js';
import { tracesSaid } from './sentence-traces.js';
import type { Signal } from './signal.js';
import type { SignalOrigins } from './signal-origins.js';
import type { SentenceWords } from './words/sentence.js';

/** Of the file, what a sentence may speak of. The container only where it is `other`: its format was not recognised. */
export interface SaidAsset {
  bytes: number;
  mediaType: Pick<MediaType, 'format' | 'kind'> & { container: string };
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
  unread: readonly Carrier[];
  /** Why nothing at all of the file was read. */
  notRead?: string;
  /** True where a manifest store was seen, though it could not be read. */
  storeSeen: boolean;
}

export function sentence(facts: Statement, words: SentenceWords): string {
  const { asset } = facts;
  if (asset.bytes === 0) return words.emptyFile;
  if (facts.notRead !== undefined) return words.unreadFile(facts.notRead.replace(/\.$/, ''));
  if (asset.mediaType.container === 'other') return words.unrecognisedFormat;
  const credentials = credentialsPart(facts, words);
  const found = [...credentials, ...besidesPart(facts, words, credentials.length > 0)];
  const said = found.length > 0 ? found : [nothingPart(facts, words)];
  return words.joined([
    ...said,
    ...contradictionPart(facts, words),
    // Closes the "nothing" case when parts could not be read.
    ...(facts.unread.length === 0 ? [] : [words.unreadParts(facts.unread)]),
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

/** Content Credentials are named only where they were looked for. */
function nothingPart({ credentials: { presence }, asset }: Statement, words: SentenceWords): string {
  const looked = presence === 'absent' ? 'looked-for' : presence === 'unsupported' ? 'not-read' : 'unnamed';
  return words.nothing(looked, asset.mediaType.format);
}

/** Dates and sizes that do not fit have their place on the page; they say nothing of the origin. */
function contradictionPart({ contradictions }: Statement, words: SentenceWords): string[] {
  const first =
    contradictions.find(({ kind }) => kind === 'excludes') ??
    contradictions.find(({ kind }) => kind === 'differs');
  if (!first) return [];
  return [first.kind === 'excludes' ? words.exclude(first.statement) : first.statement];
}
