import { type Message, message, type PlainMessageId } from '../../../i18n/message.js';
import { MEDIA_KINDS, type UnreadHint } from '../../media/media-kinds.js';
import { TEXT_MEDIA_TYPE, UNKNOWN_MEDIA_TYPE } from '../../media/media-types.js';
import { READ_TYPES } from '../../media/read-types.js';
import { unreadHintOf } from '../../media/unread-types.js';
import { isContainerFile } from '../inside-counts.js';
import { textStatements } from '../sentence-texts.js';
import { quoteName } from '../terms.js';
import { caveatMessage, conflictMessages, type SentenceParts, type Statement } from './caveats.js';
import { credentialsSentences } from './credentials.js';
import type { DecidedOrigin, Facts } from './facts.js';
import { labelStatements } from './labels.js';
import { datesDoubts, metadataSentences, type SummaryDates } from './metadata.js';
import { traceStatements } from './traces.js';
import { cutOffDoubts, isSegmentAlone, nothingReadMessages, unreadDoubts } from './unread.js';
import { visibleMarkSentences } from './visible-marks.js';

/**
 * Builds the two or three sentences below the headline: who, what was done since, and finally the most important doubt.
 * Each is one message, so that sentences can be counted; each text has its own word limit.
 */

const MAX_SENTENCES = 3;

export function buildSentences(
  facts: Facts,
  decided: DecidedOrigin,
  dates: SummaryDates = [],
): readonly Message[] {
  const { asset, notRead } = facts;
  if (asset.bytes === 0) return [message('sentence.emptyFile')];
  if (notRead !== undefined) return nothingReadMessages(facts, notRead);
  const { first, middle, doubts } = chooseParts(facts, decided, dates);
  // An XMP file's statements are about another file, which outweighs all doubts.
  const last =
    asset.mediaType.format === READ_TYPES.xmp.format ? [message('sentence.xmpFile')] : doubts.slice(0, 1);
  const inside = insideMessage(facts);
  // Parts inside the file are mentioned after the file's own statement.
  if (inside !== undefined) return [...first.slice(0, MAX_SENTENCES - 1 - last.length), inside, ...last];
  return [...[...first, ...middle].slice(0, MAX_SENTENCES - last.length), ...last];
}

/** Parts that the headline mentions are not counted again; further pictures of an ordinary photo are not mentioned. */
function insideMessage({ inside, isSilent: silent, asset }: Facts): Message | undefined {
  const { count, kind, ai, work, how, stating, contradictory, unread, whole } = inside;
  if (count === 0 || silent) return undefined;
  if (ai > 0) return message('sentence.holdsAi', { count, kind, ai, work, how });
  if (stating > 0) return message('sentence.holdsStating', { count, kind, stating });
  if (contradictory > 0) return message('sentence.holdsContradictory', { count, kind, contradictory });
  if (!isContainerFile(asset)) return undefined;
  if (unread > 0) return message('sentence.holdsUnread', { count, kind, unread });
  return whole ? message('sentence.holds', { count, kind }) : undefined;
}

function chooseParts(facts: Facts, decided: DecidedOrigin, dates: SummaryDates): SentenceParts {
  const { credentials, hasStore: storeSeen } = facts;
  // Hints that prove nothing appear only in the checks.
  const found = [...labelStatements(facts), ...traceStatements(facts)];
  // A label or trace of AI says the same as a text, with more evidence.
  const texts = found.some(({ ofAi }) => ofAi) ? [] : textStatements(facts);
  const otherStatements = [...found, ...texts].sort(
    (a, b) => a.rank - b.rank || Number(b.ofAi) - Number(a.ofAi),
  );
  if (credentials.presence === 'present') return credentialsSentences(facts, decided, otherStatements);
  if (credentials.presence === 'remote') return remoteSentences(facts, otherStatements);
  if (credentials.presence === 'unreadable' && storeSeen) return damagedSentences(facts, otherStatements);
  if (otherStatements.length > 0) return foundSentences(facts, otherStatements);
  const { stating, contradictory } = facts.inside;
  return stating + contradictory > 0 ? containerSentences(facts) : silentSentences(facts, dates);
}

const MAX_HOST = 32;

/** The address comes from the file: only its host is named, and nothing is fetched. */
function remoteSentences(facts: Facts, otherStatements: readonly Statement[]): SentenceParts {
  const host = parseHost(facts.credentials.remoteUrl);
  const where =
    host === undefined ? message('sentence.remote') : message('sentence.remoteAt', { host: quoteName(host) });
  return {
    first: [where, ...(otherStatements[0]?.messages ?? [nothingElse(facts)])],
    middle: [],
    doubts:
      otherStatements.length > 0
        ? [...conflictsOf(facts), ...caveatsOf(otherStatements)]
        : [message('sentence.remoteFetch')],
  };
}

/** Returns the host of an address in a file; `undefined` if it is not readable for a person. */
export function parseHost(address: string | undefined): string | undefined {
  const [, host] = /^https?:\/\/([a-z0-9.-]+)(?:[:/?#]|$)/i.exec(address ?? '') ?? [];
  return host === undefined || host.length > MAX_HOST ? undefined : host;
}

function damagedSentences(facts: Facts, otherStatements: readonly Statement[]): SentenceParts {
  return {
    first: otherStatements[0]?.messages ?? [nothingElse(facts)],
    middle: [],
    doubts: [
      ...cutOffDoubts(facts),
      ...caveatsOf(otherStatements),
      message(facts.isOldForm ? 'sentence.oldForm' : 'sentence.damagedCopy'),
    ],
  };
}

/** Returns the sentences for a file without credentials in which something else was found. */
function foundSentences(facts: Facts, otherStatements: readonly Statement[]): SentenceParts {
  const [strongest, next] = otherStatements;
  const isAlone = facts.isSilent && next === undefined;
  const unread = [...cutOffDoubts(facts), ...unreadDoubts(facts)];
  return {
    first: [...(strongest?.messages ?? []), ...(isAlone ? noLabelBeside(facts, otherStatements) : [])],
    middle: next?.messages.slice(0, 1) ?? [],
    // Without a statement about AI, unread parts outweigh the doubt about who wrote what was found.
    doubts: [
      ...conflictsOf(facts),
      ...(strongest?.ofAi
        ? [...caveatsOf(otherStatements), ...unread]
        : [...unread, ...caveatsOf(otherStatements)]),
    ],
  };
}

/** Returns what else was looked for, if the strongest trace says nothing about the origin. */
function noLabelBeside({ coverage }: Facts, [strongest]: readonly Statement[]): Message[] {
  return strongest?.is === 'trace' && coverage.state === 'complete'
    ? [message('sentence.nothingElse.noLabel')]
    : [];
}

const conflictsOf = ({ contradictions }: Facts): Message[] => conflictMessages(contradictions);

const caveatsOf = ([strongest]: readonly Statement[]): Message[] => {
  const { caveat } = strongest ?? {};
  return caveat === undefined ? [] : [caveatMessage(caveat)];
};

/** Content Credentials are mentioned only if they were looked for, and “none” refers only to what was read. */
function nothingElse({ coverage }: Facts): Message {
  return message('sentence.nothingElse.attached', { read: coverage.state === 'complete' ? 'all' : 'other' });
}

/** Returns the sentences for a file that states nothing itself but contains parts that do. */
function containerSentences(facts: Facts): SentenceParts {
  return {
    first: [message('sentence.insideApart')],
    middle: [],
    doubts: [...cutOffDoubts(facts), ...unreadDoubts(facts), message('sentence.insideAlone')],
  };
}

function silentSentences(facts: Facts, dates: SummaryDates): SentenceParts {
  const { coverage, asset, credentials } = facts;
  const { format } = asset.mediaType;
  const kind = MEDIA_KINDS.find((one) => one === asset.mediaType.kind) ?? 'other';
  // If reading was stopped, the format itself is supported.
  if (isSegmentAlone(coverage)) return unknownSentences(facts);
  const stopped = coverage.unread.some(({ code }) => code !== 'carrier.notRead');
  if (coverage.state === 'nothing' && !stopped) return unknownSentences(facts);
  if (coverage.state === 'nothing') return { first: [], middle: [], doubts: unreadDoubts(facts) };
  const none =
    coverage.state === 'partial'
      ? message('sentence.nothingElse.whereRead')
      : credentials.presence === 'unsupported'
        ? message('sentence.nothing.noPlace', { format })
        : message('sentence.nothing.lookedFor');
  const { about, datedBy } = metadataSentences(facts, dates);
  const isWhole = coverage.state === 'complete';
  const seen = visibleMarkSentences(facts.signals);
  return {
    first: [none],
    middle:
      seen.length > 0
        ? [...seen, ...about]
        : about.length > 0 || !isWhole
          ? about
          : [message('sentence.nothing.most')],
    doubts: [
      ...cutOffDoubts(facts),
      ...unreadDoubts(facts),
      ...conflictsOf(facts),
      ...datesDoubts(facts, datedBy),
      message('sentence.nothing.says', { kind }),
    ],
  };
}

/** Returns the sentences for an unsupported or unrecognised format, which may contradict the file’s name. */
function unknownSentences({ asset, coverage, signals }: Facts): SentenceParts {
  const { format } = asset.mediaType;
  const isText = format === TEXT_MEDIA_TYPE.format;
  const unknown = isText || format === UNKNOWN_MEDIA_TYPE.format;
  const isNamed = signals.some(({ id }) => id === 'file.mediaTypeMismatch');
  const aside = isSegmentAlone(coverage) ? 'segment' : unreadHintOf(format);
  const first = unknown
    ? message(isText ? 'sentence.plainText' : 'sentence.unrecognisedFormat')
    : notReadFormat(format, aside);
  const doubt = unknown && isNamed ? message('sentence.wrongName') : message('sentence.notReadSays');
  // For a file that belongs to another one, the sentence already says what to do.
  const isPiece = aside !== undefined && Object.hasOwn(ALONE, aside);
  return { first: [first], middle: [], doubts: isPiece ? [] : [doubt] };
}

const ALONE = {
  segment: 'sentence.formatNotRead.segment',
  credentials: 'sentence.formatNotRead.credentials',
} as const satisfies Partial<Record<UnreadHint, PlainMessageId>>;

function notReadFormat(format: string, aside: UnreadHint | undefined): Message {
  if (aside === undefined) return message('sentence.formatNotRead.other', { format });
  return aside === 'holdsFiles' || aside === 'packed'
    ? message(`sentence.formatNotRead.${aside}`, { format })
    : message(ALONE[aside]);
}
