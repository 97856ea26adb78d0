import { localizeSentences } from '../../core/report/message-lookup.js';
import type { Message, Params } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';

/** Language of the texts in records; the messages are stored next to them. */
export const RUN_LANGUAGE = 'en';

/** Texts cached, and the maximum length of their messages as JSON: about 2 MB in all. */
const MAX_CACHED_TEXTS = 2_000;
const MAX_CACHED_MESSAGE_CHARACTERS = 512;

/** Results of `memoize` cached per function, and the maximum length of their arguments as JSON: about 1 MB each. */
const MAX_CACHED_RESULTS = 500;
const MAX_CACHED_KEY_CHARACTERS = 1_024;

/** Caches a function of parts of a record, which are the same for most files. The result must not be modified. */
export function memoize<A extends readonly unknown[], T>(make: (...of: A) => T): (...of: A) => T {
  const known = new Map<string, T>();
  return (...of) => {
    const key = JSON.stringify(of);
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(...of);
    if (known.size >= MAX_CACHED_RESULTS) known.clear();
    if (key.length <= MAX_CACHED_KEY_CHARACTERS) known.set(key, made);
    return made;
  };
}

/** Returns the text of a list of sentences in the language of the run. */
export const sentencesText = memoize((sentences: readonly Message[]) =>
  localizeSentences(sentences, runTranslator()),
);

/** Returns a translator that caches texts, because most files have the same ones. */
function cachingTranslator(translator: Translator): Translator {
  const known = new Map<string, string>();
  const translate = (userMessage: Message): string => {
    const { id, params }: { id: string; params?: Params | undefined } = userMessage;
    // The translator itself caches messages without parameters.
    if (params === undefined) return translator.translate(userMessage);
    const key = JSON.stringify([id, params]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const text = translator.translate(userMessage);
    if (known.size >= MAX_CACHED_TEXTS) known.clear();
    if (key.length <= MAX_CACHED_MESSAGE_CHARACTERS) known.set(key, text);
    return text;
  };
  return { ...translator, translate };
}

let speech: Translator | undefined;

export function runTranslator(): Translator {
  speech ??= cachingTranslator(translatorFor(RUN_LANGUAGE));
  return speech;
}
