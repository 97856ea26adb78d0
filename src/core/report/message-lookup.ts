import { codedMessage } from '../../base/fault.js';
import { type Message, message, type Params } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import type { FourFacts, Headline, LocalizedHeadline, StoredReport } from './report.js';

/** One message, or several that form consecutive sentences. */
export type Localizable = Message | readonly Message[];

/** Returns a text member in the language: from its message, or the stored text of an old Report. */
export function localizeMember<N extends string>(
  of: { messages?: { [K in N]?: Localizable } },
  name: N,
  translator: Translator,
): string | undefined {
  const sayable = of.messages?.[name];
  return sayable === undefined ? readText(of, name) : localizeSentences(sayable, translator);
}

/**
 * Returns the text that an object has as a member; `undefined` if it is in stored form. Versions before 0.2 stored
 * texts in place of messages, which the types of stored Reports do not show.
 */
export function readText(of: object, name: string): string | undefined {
  const text: unknown = Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
  return typeof text === 'string' ? text : undefined;
}

/**
 * Returns a headline with its text. A headline of a later version, which this one does not know, keeps its stored text;
 * without one, its text is its id.
 */
export function withHeadlineText(
  headline: Headline | LocalizedHeadline,
  translator: Translator,
): LocalizedHeadline {
  const { id, params } = headline;
  const userMessage = { id, ...(params === undefined ? {} : { params }) } as Message;
  const text = translator.canTranslate(userMessage)
    ? translator.translate(userMessage)
    : (readText(headline, 'text') ?? id);
  return { ...userMessage, text };
}

/**
 * Returns a summary with headline and facts. In a Report of a version before 0.2, which has neither, the first sentence
 * is the headline, and no fact is known.
 */
export function completeSummary<S extends StoredReport['summary']>(
  summary: S,
): S & { headline: Headline; facts: FourFacts } {
  const { headline, facts, messages } = summary;
  if (headline !== undefined && facts !== undefined) return { ...summary, headline, facts };
  const first =
    messages?.sentence[0] ?? message('text.asWritten', { text: readText(summary, 'sentence') ?? '' });
  return { ...summary, headline: headline ?? first, facts: facts ?? UNKNOWN_FACTS };
}

const UNKNOWN_FACT = {
  code: 'not-known',
  messages: { text: message('fact.when.notKnown') },
} satisfies FourFacts['who'];
const UNKNOWN_FACTS: FourFacts = {
  who: UNKNOWN_FACT,
  changed: UNKNOWN_FACT,
  ai: UNKNOWN_FACT,
  when: UNKNOWN_FACT,
};

export interface CodedFault {
  code?: string | undefined;
  params?: Params | undefined;
}

/**
 * Returns the reason why something could not be read. Falls back to the text stored by versions before 0.2 if the code
 * has no text.
 */
export function localizeReason(fault: CodedFault, translator: Translator): string | undefined {
  const why = codedMessage({ code: fault.code, params: fault.params });
  const reason = readText(fault, 'reason');
  return why === undefined || (reason !== undefined && !translator.canTranslate(why))
    ? reason
    : translator.translate(why);
}

/** Returns consecutive sentences, joined as the language requires. */
export function localizeSentences(sayable: Localizable, translator: Translator): string {
  const all = 'id' in sayable ? [sayable] : sayable;
  return all.map((one) => translator.translate(one)).join(translator.text('sentence.separator'));
}
