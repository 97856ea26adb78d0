import type { Translator } from '../../i18n/translator.js';

/** Punctuation of the language, placed between texts and values; some languages use no spaces. */
export interface Punctuation {
  open: string;
  close: string;
  colon: string;
  comma: string;
  /** Separator of list items outside a sentence. */
  item: string;
  semicolon: string;
  stop: string;
  /** Separator of sentences. */
  gap: string;
}

const punctuationCache = new WeakMap<Translator, Punctuation>();

export function punctuationFor(translator: Translator): Punctuation {
  const before = punctuationCache.get(translator);
  if (before !== undefined) return before;
  const marks = {
    open: translator.text('page.mark.open'),
    close: translator.text('page.mark.close'),
    colon: translator.text('page.mark.colon'),
    comma: translator.text('page.mark.comma'),
    item: translator.text('list.separator'),
    semicolon: translator.text('page.mark.semicolon'),
    stop: translator.text('page.mark.stop'),
    gap: translator.text('sentence.separator'),
  };
  punctuationCache.set(translator, marks);
  return marks;
}
