import type { Message, Params } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';

/** Language of the texts in records; the messages are stored next to them. */
export const RUN_LANGUAGE = 'en';

/** Texts cached, and the maximum length of their messages as JSON: about 2 MB in all. */
const MAX_CACHED_TEXTS = 2_000;
const MAX_CACHED_MESSAGE_CHARACTERS = 512;

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
