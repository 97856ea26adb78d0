import type { Params, Said } from '../../say/said.js';
import type { Speech } from '../../say/speech.js';
import { codedSaid } from '../ground/fault.js';
import type { Headline, Report } from './report.js';

/**
 * A version before 0.2 kept its words and not what they say: they stay as they are, in English, and are marked. Nobody can
 * tell them anew, and somebody may have quoted them.
 */
export const isKeptInWords = ({ summary }: Pick<Report, 'summary'>): boolean => summary.said === undefined;

/** One text, or sentences one after another. */
export type Sayable = Said | readonly Said[];

/** One text of something that was not told yet: said in the language, or the words that were kept in its place. */
export function textIn<N extends string>(
  of: { [K in N]?: string } & { said?: { [K in N]?: Sayable } },
  name: N,
  speech: Speech,
): string | undefined {
  const sayable = of.said?.[name];
  return sayable === undefined ? of[name] : textOf(sayable, speech);
}

/** A headline with its text. A later version's may be one that this one has no words for. */
export function headlineTold({ id, params, text: before }: Headline, speech: Speech): Headline {
  const saying = { id, ...(params === undefined ? {} : { params }) } as Said;
  const text = speech.canSay(saying) ? speech.say(saying) : before;
  return { ...saying, ...(text === undefined ? {} : { text }) };
}

export interface Coded {
  code?: string | undefined;
  params?: Params | undefined;
  reason?: string | undefined;
}

/**
 * Why something could not be read, in words. A version before 0.2 kept the words beside the code: they stand where the
 * code alone does not say as much.
 */
export function reasonIn({ code, params, reason }: Coded, speech: Speech): string | undefined {
  const why = codedSaid({ code, params });
  return why === undefined || (reason !== undefined && !speech.canSay(why)) ? reason : speech.say(why);
}

/** Sentences one after another, as the language writes them. */
export function textOf(sayable: Sayable, speech: Speech): string {
  const all = 'id' in sayable ? [sayable] : sayable;
  return all.map((one) => speech.say(one)).join(speech.words('sentence.separator'));
}
