import { bytesSaid } from '../../say/amounts.js';
import type { Speech } from '../../say/speech.js';
import type { Part, PartOutcome } from '../report/part-schema.js';
import type { Report } from '../report/report.js';
import { isHolder, PART_WEIGHTS, type PartWeight, partsByWeight } from '../summary/inside-counts.js';
import { signerSaid } from '../summary/sentence-signer.js';
import { nameQuoted } from '../summary/terms.js';
import { formatWords } from './format-words.js';
import { plainText, textOf } from './kept-text.js';
import { marksOf } from './marks.js';

/** What stands inside a file, a card a part: what it is, what it says, and who stands behind that. */
export interface PartCard {
  /** Its place in the Report’s list, by which its own report is asked for. */
  number: number;
  kind: string;
  /** What the file calls it, quoted and cut. */
  name?: string;
  /** Format and size. */
  about: string;
  /** As its own report has it. */
  headline?: string;
  /** Who signed it, and what lists say of that name. */
  who?: string;
  /** Why nobody looked into it. */
  notRead?: string;
  /** Of a part that stands in another: which. */
  within?: string;
  weight: PartWeight;
}

export interface PartCards {
  title: string;
  shown: PartCard[];
  /** What has no room, or nothing that a person would look for; `more` says how many. */
  rest: PartCard[];
  more: string;
}

/** Where the headline is about them, they come before all else. */
export const speaksOfParts = ({ summary: { headline } }: Report): boolean =>
  headline?.id.startsWith('headline.holds') === true;

const MOST_CARDS = 12;

/** Undefined where nothing stands inside. */
export function partCards({ parts = [], asset }: Report, speech: Speech): PartCards | undefined {
  const all = partsByWeight(parts).map(({ number, part, weight }) => card(number, part, weight, speech));
  if (all.length === 0) return undefined;
  // Of a photo or a recording of which they are a matter of course, those that say nothing are folded.
  const least = isHolder({ mediaType: asset }) ? PART_WEIGHTS.other : PART_WEIGHTS.unread;
  const shown = all.filter(({ weight }) => weight <= least).slice(0, MOST_CARDS);
  const rest = all.filter((one) => !shown.includes(one));
  return {
    title: speech.words('page.inside.title', { count: all.length }),
    shown,
    rest,
    more: speech.words('page.inside.more', { count: rest.length }),
  };
}

function card(number: number, part: Part, weight: PartWeight, speech: Speech): PartCard {
  const { outcome, within } = part;
  const headline = outcome && textOf(outcome, 'headline', speech);
  const reason = partReason(part, speech);
  const who = outcome && partSigner(outcome, speech);
  return {
    number,
    kind: speech.words(`page.inside.kind.${part.kind}`),
    ...(part.name === undefined ? {} : { name: partName(part.name, speech) }),
    about: [outcome ? formatWords(outcome.format, speech) : part.mediaType, speech.say(bytesSaid(part.bytes))]
      .filter((one) => one !== undefined)
      .join(' · '),
    ...(headline === undefined ? {} : { headline: plainText(headline) }),
    ...(who === undefined ? {} : { who }),
    ...(reason === undefined ? {} : { notRead: speech.words('page.inside.notLookedInto', { reason }) }),
    ...(within === undefined ? {} : { within: speech.words('page.inside.within', { number: within }) }),
    weight,
  };
}

export const partName = (name: string, speech: Speech): string => speech.say(nameQuoted(name));

/** Why it was not looked into; undefined where it was. */
export function partReason(part: Part, speech: Speech): string | undefined {
  const reason = part.code === undefined ? undefined : textOf(part, 'reason', speech);
  return reason === undefined ? part.code : plainText(reason);
}

/** Who signed it and what lists say of the name, or where its credentials are; undefined where it has none. */
export function partSigner({ presence, integrity, signer }: PartOutcome, speech: Speech): string | undefined {
  if (presence === 'remote' || presence === 'unreadable')
    return speech.words('page.inside.credentials', {
      presence: presence === 'remote' ? 'remote' : 'other',
    });
  if (presence !== 'present') return undefined;
  const name = signerSaid({ ...(signer && { signer }), ...(integrity && { integrity }) });
  return name === undefined || signer === undefined
    ? speech.words('page.inside.unnamed')
    : speech.words('page.inside.signed', {
        integrity: integrity === 'altered' ? 'altered' : 'other',
        name,
        trust: signer.trust === 'not-checked' ? 'other' : signer.trust,
      });
}

/** One line of it, as a terminal, paper and lists have it. */
export function cardLine(one: PartCard, speech: Speech): string {
  const { colon, item } = marksOf(speech);
  const what = one.name ?? one.kind;
  return `${one.number}. ${what}${colon}${[one.headline ?? one.notRead ?? one.about, ...(one.who === undefined ? [] : [one.who])].join(item)}`;
}
