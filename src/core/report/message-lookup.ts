import { codedMessage } from '../../base/fault.js';
import type { Message, Params } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import type { LocalizedHeadline } from './report.js';

/** One message, or several that form consecutive sentences. */
export type Localizable = Message | readonly Message[];

/** Returns a text member in the language: from its message, or the stored text of an old Report. */
export function localizeMember<N extends string>(
  of: { [K in N]?: string } & { messages?: { [K in N]?: Localizable } },
  name: N,
  translator: Translator,
): string | undefined {
  const sayable = of.messages?.[name];
  return sayable === undefined ? of[name] : localizeSentences(sayable, translator);
}

/**
 * Returns a headline with its text. Falls back to the stored text for a headline of a later version that this one does
 * not know.
 */
export function withHeadlineText(
  { id, params, text: storedText }: LocalizedHeadline,
  translator: Translator,
): LocalizedHeadline {
  const message = { id, ...(params === undefined ? {} : { params }) } as Message;
  const text = translator.canTranslate(message) ? translator.translate(message) : storedText;
  return { ...message, ...(text === undefined ? {} : { text }) };
}

export interface CodedFault {
  code?: string | undefined;
  params?: Params | undefined;
  reason?: string | undefined;
}

/**
 * Returns the reason why something could not be read. Falls back to the text stored by versions before 0.2 if the code
 * has no text.
 */
export function localizeReason(
  { code, params, reason }: CodedFault,
  translator: Translator,
): string | undefined {
  const why = codedMessage({ code, params });
  return why === undefined || (reason !== undefined && !translator.canTranslate(why))
    ? reason
    : translator.translate(why);
}

/** Returns consecutive sentences, joined as the language requires. */
export function localizeSentences(sayable: Localizable, translator: Translator): string {
  const all = 'id' in sayable ? [sayable] : sayable;
  return all.map((one) => translator.translate(one)).join(translator.text('sentence.separator'));
}
