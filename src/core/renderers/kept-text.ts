import type { Language } from '../../say/languages.js';
import type { Said } from '../../say/said.js';
import type { Speech } from '../../say/speech.js';
import type { Carrier } from '../media/carrier.js';
import type { Report } from '../report/report.js';
import { isKeptInWords, reasonIn, textIn } from '../report/text-in.js';

/**
 * A text of ours on a page. Reports of 0.1 kept sentences rather than what they say: those stand there as they were
 * kept, in English, and every renderer marks them.
 */
export type Text = string | { english: string };

type Telling<Name extends string> = { [K in Name]?: string } & {
  said?: { [K in Name]?: Said | readonly Said[] };
};

/** A text member of a Report in the reader's language; undefined where there is none. */
export function textOf<Name extends string>(of: Telling<Name>, name: Name, speech: Speech): Text | undefined {
  const text = textIn(of, name, speech);
  return of.said?.[name] === undefined ? keptText(text, speech) : text;
}

type Unread = Pick<Report['reads'][Carrier], 'code' | 'params' | 'reason'>;

/** Why something could not be read. */
export function reasonOf(unread: Unread, report: Report, speech: Speech): Text | undefined {
  return isKeptInWords(report) ? keptText(unread.reason, speech) : reasonIn(unread, speech);
}

/** What a law that has no words in the reader's language says, in its English. */
export const inLanguage = (text: string, other: Language | undefined): Text =>
  other === undefined ? text : { english: text };

function keptText(text: string | undefined, speech: Speech): Text | undefined {
  return text === undefined || speech.language === 'en' ? text : { english: text };
}

/** Whether a page holds such words, so that its reader is told. */
export function hasKeptText(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  return isKept(part) || Object.values(part).some(hasKeptText);
}

export const isKept = (text: unknown): text is { english: string } =>
  typeof text === 'object' && text !== null && 'english' in text;

/** Its words alone, where nothing can be marked. */
export const plainText = (text: Text): string => (isKept(text) ? text.english : text);
