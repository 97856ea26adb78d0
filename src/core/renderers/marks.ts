import type { Speech } from '../../say/speech.js';

/** Between our words and what stands among them: each language has marks of its own, and some no spaces. */
export interface Marks {
  open: string;
  close: string;
  colon: string;
  comma: string;
  /** Between the items of a list that is no sentence. */
  item: string;
  semicolon: string;
  stop: string;
  /** Between two sentences. */
  gap: string;
}

const known = new WeakMap<Speech, Marks>();

export function marksOf(speech: Speech): Marks {
  const before = known.get(speech);
  if (before !== undefined) return before;
  const marks = {
    open: speech.words('page.mark.open'),
    close: speech.words('page.mark.close'),
    colon: speech.words('page.mark.colon'),
    comma: speech.words('page.mark.comma'),
    item: speech.words('list.separator'),
    semicolon: speech.words('page.mark.semicolon'),
    stop: speech.words('page.mark.stop'),
    gap: speech.words('page.mark.gap'),
  };
  known.set(speech, marks);
  return marks;
}
