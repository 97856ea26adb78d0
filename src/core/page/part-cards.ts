import { bytesMessage } from '../../i18n/amounts.js';
import type { Translator } from '../../i18n/translator.js';
import { localizeMember } from '../report/message-lookup.js';
import type { Part, PartOutcome } from '../report/part-schema.js';
import type { StoredReport } from '../report/report.js';
import { findPartSigner, signerMessage } from '../standing/signer.js';
import { isContainerFile, PART_WEIGHTS, type PartWeight, partsByWeight } from '../summary/inside-counts.js';
import { quoteName } from '../summary/terms.js';
import { toPlainText } from './display-text.js';
import { formatName } from './format-words.js';
import { punctuationFor } from './marks.js';

/** Card for a part inside a file: its type, its statement, and who backs that. */
export interface PartCard {
  /** Index in the Report’s list, by which the part's own report is requested. */
  number: number;
  kind: string;
  /** Name given by the file, quoted and cut. */
  name?: string;
  /** Format and size of the part. */
  about: string;
  /** Headline of the part's own report. */
  headline?: string;
  /** Signer of the part, and the lists that vouch for the name. */
  who?: string;
  /** Reason why the part was not examined. */
  notRead?: string;
  /** Containing part, if this part is nested. */
  within?: string;
  weight: PartWeight;
}

export interface PartCards {
  title: string;
  shown: PartCard[];
  /** Cards for which there is no room or that are of little interest; `more` gives their number. */
  rest: PartCard[];
  more: string;
}

/** Returns whether the headline is about the parts; they then come first. */
export const isHeadlineAboutParts = ({ summary: { headline } }: StoredReport): boolean =>
  headline?.id.startsWith('headline.holds') === true;

const MAX_CARDS = 12;

/** Returns the cards; `undefined` if the file has no parts. */
export function buildPartCards(
  { parts = [], asset }: StoredReport,
  translator: Translator,
): PartCards | undefined {
  const all = partsByWeight(parts).map(({ number, part, weight }) => card(number, part, weight, translator));
  if (all.length === 0) return undefined;
  // In photos and recordings, where embedded parts are common, parts without statements are folded.
  const least = isContainerFile({ mediaType: asset }) ? PART_WEIGHTS.other : PART_WEIGHTS.unread;
  const shown = all.filter(({ weight }) => weight <= least).slice(0, MAX_CARDS);
  const rest = all.filter((one) => !shown.includes(one));
  return {
    title: translator.text('page.inside.title', { count: all.length }),
    shown,
    rest,
    more: translator.text('page.inside.more', { count: rest.length }),
  };
}

function card(number: number, part: Part, weight: PartWeight, translator: Translator): PartCard {
  const { outcome, within } = part;
  const headline = outcome && localizeMember(outcome, 'headline', translator);
  const reason = partReasonText(part, translator);
  const who = outcome && partSignerText(outcome, translator);
  return {
    number,
    kind: translator.text(`page.inside.kind.${part.kind}`),
    ...(part.name === undefined ? {} : { name: partName(part.name, translator) }),
    about: [
      outcome ? formatName(outcome.format, translator) : part.mediaType,
      translator.translate(bytesMessage(part.bytes)),
    ]
      .filter((one) => one !== undefined)
      .join(' · '),
    ...(headline === undefined ? {} : { headline: toPlainText(headline) }),
    ...(who === undefined ? {} : { who }),
    ...(reason === undefined ? {} : { notRead: translator.text('page.inside.notLookedInto', { reason }) }),
    ...(within === undefined ? {} : { within: translator.text('page.inside.within', { number: within }) }),
    weight,
  };
}

export const partName = (name: string, translator: Translator): string =>
  translator.translate(quoteName(name));

/** Returns why the part was not examined; `undefined` if it was. */
export function partReasonText(part: Part, translator: Translator): string | undefined {
  const reason = part.code === undefined ? undefined : localizeMember(part, 'reason', translator);
  return reason === undefined ? part.code : toPlainText(reason);
}

/**
 * Returns the signer and the lists that vouch for the name, or the state of the credentials; `undefined` if there are
 * none.
 */
export function partSignerText(outcome: PartOutcome, translator: Translator): string | undefined {
  const { presence, integrity, signer } = outcome;
  if (presence === 'remote' || presence === 'unreadable')
    return translator.text('page.inside.credentials', {
      presence: presence === 'remote' ? 'remote' : 'other',
    });
  if (presence !== 'present') return undefined;
  const name = signerMessage(findPartSigner(outcome));
  return name === undefined || signer === undefined
    ? translator.text('page.inside.unnamed')
    : translator.text('page.inside.signed', {
        integrity: integrity === 'altered' ? 'altered' : 'other',
        name,
        trust: signer.trust === 'not-checked' ? 'other' : signer.trust,
      });
}

/** Formats a card as one line for terminal, paper and lists. */
export function formatCardLine(one: PartCard, translator: Translator): string {
  const { colon, item } = punctuationFor(translator);
  const what = one.name ?? one.kind;
  return `${one.number}. ${what}${colon}${[one.headline ?? one.notRead ?? one.about, ...(one.who === undefined ? [] : [one.who])].join(item)}`;
}
