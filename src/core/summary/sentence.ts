import { type PlainId, type Said, said } from '../../say/said.js';
import { type Aside, KINDS } from '../media/media-kinds.js';
import { UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';
import { READ_TYPES } from '../media/read-types.js';
import { asideOf } from '../media/unread-types.js';
import { isHolder } from './inside-counts.js';
import { presentParts } from './sentence-credentials.js';
import type { Decided, Facts } from './sentence-facts.js';
import { labelsSaid } from './sentence-labels.js';
import { aboutMetadata, datesDoubts, type FileDates } from './sentence-metadata.js';
import { caveatSaid, conflictSaid, type Parts, type Statement } from './sentence-said.js';
import { textsSaid } from './sentence-texts.js';
import { tracesSaid } from './sentence-traces.js';
import { cutOffDoubt, isSegmentAlone, nothingRead, unreadDoubts } from './sentence-unread.js';
import { nameQuoted } from './terms.js';

/**
 * Two or three sentences below the headline, which has the claim: who, what was done since, and last the one doubt that
 * matters most. Each is one `Said`, so that they can be counted; each text keeps its own bound of words.
 */

const MOST_SENTENCES = 3;

export function sentence(facts: Facts, decided: Decided, dates: FileDates = []): readonly Said[] {
  const { asset, notRead } = facts;
  if (asset.bytes === 0) return [said('sentence.emptyFile')];
  if (notRead !== undefined) return nothingRead(facts, notRead);
  const { first, middle, doubts } = partsOf(facts, decided, dates);
  // What such a file says is said of another one: nothing matters more.
  const last =
    asset.mediaType.format === READ_TYPES.xmp.format ? [said('sentence.xmpFile')] : doubts.slice(0, 1);
  const inside = insideSaid(facts);
  // Beside a statement of the file's own, what stands inside it comes after that.
  if (inside !== undefined) return [...first.slice(0, MOST_SENTENCES - 1 - last.length), inside, ...last];
  return [...[...first, ...middle].slice(0, MOST_SENTENCES - last.length), ...last];
}

/** Where the headline speaks of them, they are not counted again; of an ordinary photo’s own further pictures nothing is said. */
function insideSaid({ inside, silent, asset }: Facts): Said | undefined {
  const { count, kind, ai, work, how, stating, contradictory, unread, whole } = inside;
  if (count === 0 || silent) return undefined;
  if (ai > 0) return said('sentence.holdsAi', { count, kind, ai, work, how });
  if (stating > 0) return said('sentence.holdsStating', { count, kind, stating });
  if (contradictory > 0) return said('sentence.holdsContradictory', { count, kind, contradictory });
  if (!isHolder(asset)) return undefined;
  if (unread > 0) return said('sentence.holdsUnread', { count, kind, unread });
  return whole ? said('sentence.holds', { count, kind }) : undefined;
}

function partsOf(facts: Facts, decided: Decided, dates: FileDates): Parts {
  const { credentials, storeSeen } = facts;
  // A hint that proves nothing has its place in the checks.
  const found = [...labelsSaid(facts), ...tracesSaid(facts)];
  // A label or a trace of AI says the same with more behind it.
  const texts = found.some(({ ofAi }) => ofAi) ? [] : textsSaid(facts);
  const beside = [...found, ...texts].sort((a, b) => a.rank - b.rank || Number(b.ofAi) - Number(a.ofAi));
  if (credentials.presence === 'present') return presentParts(facts, decided, beside);
  if (credentials.presence === 'remote') return remoteParts(facts, beside);
  if (credentials.presence === 'unreadable' && storeSeen) return damagedParts(facts, beside);
  if (beside.length > 0) return foundParts(facts, beside);
  const { stating, contradictory } = facts.inside;
  return stating + contradictory > 0 ? holdingParts(facts) : silentParts(facts, dates);
}

const MOST_HOST = 32;

/** The address is the file’s word: its host alone is named, and nobody goes there. */
function remoteParts(facts: Facts, beside: readonly Statement[]): Parts {
  const host = hostOf(facts.credentials.remoteUrl);
  const where =
    host === undefined ? said('sentence.remote') : said('sentence.remoteAt', { host: nameQuoted(host) });
  return {
    first: [where, ...(beside[0]?.said ?? [nothingElse(facts)])],
    middle: [],
    doubts: beside.length > 0 ? [...conflicts(facts), ...caveatsOf(beside)] : [said('sentence.remoteFetch')],
  };
}

/** Of an address in a file; undefined where it is none that a person could read. */
export function hostOf(address: string | undefined): string | undefined {
  const [, host] = /^https?:\/\/([a-z0-9.-]+)(?:[:/?#]|$)/i.exec(address ?? '') ?? [];
  return host === undefined || host.length > MOST_HOST ? undefined : host;
}

function damagedParts(facts: Facts, beside: readonly Statement[]): Parts {
  return {
    first: beside[0]?.said ?? [nothingElse(facts)],
    middle: [],
    doubts: [
      ...cutOffDoubt(facts),
      ...caveatsOf(beside),
      said(facts.oldForm ? 'sentence.oldForm' : 'sentence.damagedCopy'),
    ],
  };
}

/** No credentials, and something else. */
function foundParts(facts: Facts, beside: readonly Statement[]): Parts {
  const [strongest, next] = beside;
  const isAlone = facts.silent && next === undefined;
  const unread = [...cutOffDoubt(facts), ...unreadDoubts(facts)];
  return {
    first: [...(strongest?.said ?? []), ...(isAlone ? noLabelBeside(facts, beside) : [])],
    middle: next?.said.slice(0, 1) ?? [],
    // Where nothing is said of AI, what was not read weighs more than who may have written what was.
    doubts: [
      ...conflicts(facts),
      ...(strongest?.ofAi ? [...caveatsOf(beside), ...unread] : [...unread, ...caveatsOf(beside)]),
    ],
  };
}

/** Of a trace that says nothing of the origin: what else was looked for. */
function noLabelBeside({ coverage }: Facts, [strongest]: readonly Statement[]): Said[] {
  return strongest?.is === 'trace' && coverage.state === 'complete'
    ? [said('sentence.nothingElse.noLabel')]
    : [];
}

const conflicts = ({ contradictions }: Facts): Said[] => conflictSaid(contradictions);

const caveatsOf = ([strongest]: readonly Statement[]): Said[] => {
  const { caveat } = strongest ?? {};
  return caveat === undefined ? [] : [caveatSaid(caveat)];
};

/** Content Credentials are named only where they were looked for, and “none” is said only of what was read. */
function nothingElse({ coverage }: Facts): Said {
  return said('sentence.nothingElse.beside', { read: coverage.state === 'complete' ? 'all' : 'other' });
}

/** What stands inside states something, and the file itself nothing. */
function holdingParts(facts: Facts): Parts {
  return {
    first: [said('sentence.insideApart')],
    middle: [],
    doubts: [...cutOffDoubt(facts), ...unreadDoubts(facts), said('sentence.insideAlone')],
  };
}

function silentParts(facts: Facts, dates: FileDates): Parts {
  const { coverage, asset, credentials } = facts;
  const { format } = asset.mediaType;
  const kind = KINDS.find((one) => one === asset.mediaType.kind) ?? 'other';
  // Where reading was stopped, the format is one that is read.
  if (isSegmentAlone(coverage)) return unknownParts(facts);
  const stopped = coverage.unread.some(({ code }) => code !== 'carrier.notRead');
  if (coverage.state === 'nothing' && !stopped) return unknownParts(facts);
  if (coverage.state === 'nothing') return { first: [], middle: [], doubts: unreadDoubts(facts) };
  const none =
    coverage.state === 'partial'
      ? said('sentence.nothingElse.whereRead')
      : credentials.presence === 'unsupported'
        ? said('sentence.nothing.noPlace', { format })
        : said('sentence.nothing.lookedFor');
  const { about, datedBy } = aboutMetadata(facts, dates);
  const isWhole = coverage.state === 'complete';
  return {
    first: [none],
    middle: about.length > 0 || !isWhole ? about : [said('sentence.nothing.most')],
    doubts: [
      ...cutOffDoubt(facts),
      ...unreadDoubts(facts),
      ...conflicts(facts),
      ...datesDoubts(facts, datedBy),
      said('sentence.nothing.says', { kind }),
    ],
  };
}

/** A format that is not read, or is none: the file’s name may say another. */
function unknownParts({ asset, coverage, signals }: Facts): Parts {
  const { format } = asset.mediaType;
  const unknown = format === UNKNOWN_MEDIA_TYPE.format;
  const isNamed = signals.some(({ id }) => id === 'file.mediaTypeMismatch');
  const aside = isSegmentAlone(coverage) ? 'segment' : asideOf(format);
  const first = unknown ? said('sentence.unrecognisedFormat') : notReadFormat(format, aside);
  const doubt = unknown && isNamed ? said('sentence.wrongName') : said('sentence.notReadSays');
  // Of a file that belongs to another it is said what to do, and that is all.
  const isPiece = aside !== undefined && Object.hasOwn(ALONE, aside);
  return { first: [first], middle: [], doubts: isPiece ? [] : [doubt] };
}

const ALONE = {
  segment: 'sentence.formatNotRead.segment',
  credentials: 'sentence.formatNotRead.credentials',
} as const satisfies Partial<Record<Aside, PlainId>>;

function notReadFormat(format: string, aside: Aside | undefined): Said {
  if (aside === undefined) return said('sentence.formatNotRead.other', { format });
  return aside === 'holdsFiles' || aside === 'packed'
    ? said(`sentence.formatNotRead.${aside}`, { format })
    : said(ALONE[aside]);
}
