import { type PlainId, type Said, said } from '../../say/said.js';
import type { Aside, Kind } from '../media/media-kinds.js';
import { UNKNOWN_MEDIA_TYPE } from '../media/media-types.js';
import { asideOf } from '../media/unread-types.js';
import { credentialsPart } from './sentence-credentials.js';
import type { Facts } from './sentence-facts.js';
import { labelsSaid } from './sentence-labels.js';
import { CAVEATS } from './sentence-said.js';
import { tracesSaid } from './sentence-traces.js';
import { cutOffPart, isFurther, nothingRead, unreadPart } from './sentence-unread.js';

export function sentence(facts: Facts): readonly Said[] {
  const { asset } = facts;
  if (asset.bytes === 0) return [said('sentence.emptyFile')];
  if (facts.notRead !== undefined) return [nothingRead(facts, facts.notRead)];
  const credentials = credentialsPart(facts);
  const found = [...credentials, ...besidesPart(facts, credentials.length > 0)];
  if (found.length === 0) return nothingPart(facts);
  return [...cutOffPart(facts), ...found, ...contradictionPart(facts), ...unreadPart(facts)];
}

/** What the page has in its table is not all said again: the strongest few stand for it. */
const MOST_SAID = 3;
const MOST_BESIDE_CREDENTIALS = 2;

function besidesPart(facts: Facts, credentials: boolean): Said[] {
  const chosen = [...labelsSaid(facts), ...tracesSaid(facts)]
    .sort((a, b) => a.rank - b.rank)
    .slice(0, credentials ? MOST_BESIDE_CREDENTIALS : MOST_SAID);
  return chosen.flatMap((one, index) => {
    const { caveat } = one;
    const limited = chosen.filter((other) => other.caveat === caveat);
    if (caveat === undefined || chosen[index] !== limited.at(-1)) return one.said;
    const limit =
      caveat === 'unsigned'
        ? said('sentence.caveat.unsigned', { count: limited.length })
        : said(CAVEATS[caveat]);
    return [...one.said, limit];
  });
}

/**
 * "No label was found" is said only after everything that can hold one was read. Where not, what was not looked into comes
 * first, since it is all that is known. Content Credentials are named only where they were looked for.
 */
function nothingPart(facts: Facts): Said[] {
  const { coverage, credentials, asset } = facts;
  const { format, kind } = asset.mediaType;
  // Where reading was stopped, the format is one that is read.
  if (coverage.state === 'nothing' && coverage.unread.some(({ code }) => code !== 'carrier.notRead'))
    return unreadPart(facts);
  if (coverage.state === 'nothing')
    return [
      format === UNKNOWN_MEDIA_TYPE.format
        ? said('sentence.unrecognisedFormat')
        : notReadFormat(format, asideOf(format)),
    ];
  if (coverage.state === 'partial')
    return [
      ...cutOffPart(facts),
      ...unreadPart(facts),
      ...contradictionPart(facts),
      nothingElse(coverage.unread.every(isFurther), kind),
    ];
  const nothing =
    credentials.presence === 'unsupported'
      ? said('sentence.nothing.noPlace', { format })
      : said('sentence.nothing.lookedFor');
  return [nothing, ...contradictionPart(facts)];
}

const ALONE = {
  segment: 'sentence.formatNotRead.segment',
  credentials: 'sentence.formatNotRead.credentials',
  metadata: 'sentence.formatNotRead.metadata',
} as const satisfies Partial<Record<Aside, PlainId>>;

function notReadFormat(format: string, aside: Aside | undefined): Said {
  if (aside === undefined) return said('sentence.formatNotRead.other', { format });
  return aside === 'holdsFiles' || aside === 'packed'
    ? said(`sentence.formatNotRead.${aside}`, { format })
    : said(ALONE[aside]);
}

const nothingElse = (isAllRead: boolean, kind: Kind): Said =>
  isAllRead ? said('sentence.nothingElse.itself', { kind }) : said('sentence.nothingElse.partsRead');

/** Dates and sizes that do not fit have their place on the page; they say nothing of the origin. */
function contradictionPart({ contradictions }: Facts): Said[] {
  const first =
    contradictions.find(({ kind }) => kind === 'excludes') ??
    contradictions.find(({ kind }) => kind === 'differs');
  return first === undefined ? [] : [first.within ?? first.statement];
}
