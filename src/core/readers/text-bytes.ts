/** Bytes of no declared encoding → text. The one place where that is decided. */

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 where the bytes are that throughout, else Latin-1, which every byte fits. */
export function textOf(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    // Not UTF-8: the exception is the decoder's only answer.
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
}

/** A run of at least four characters without control codes, or of bytes that are no UTF-8. */
const RUN = /[^\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]{4,}/g;
/** Text this close to the start is what the data are called; elsewhere short runs come about by chance. */
const HEAD_CHARACTERS = 16;
const CHANCE_CHARACTERS = 32;

export interface VisibleText {
  text: string;
  /** It goes on to the last bytes, where a character may be cut in two. */
  toEnd: boolean;
}

/** The longest stretch of text in data that may be binary, from its first visible character on. */
export function visibleText(bytes: Buffer): VisibleText | undefined {
  const all = bytes.toString('utf8');
  let longest = '';
  let end = 0;
  for (const { 0: run, index } of all.matchAll(RUN)) {
    if (run.length <= longest.length || (index >= HEAD_CHARACTERS && run.length < CHANCE_CHARACTERS))
      continue;
    longest = run;
    end = index + run.length;
  }
  const text = longest.trim();
  return text === '' ? undefined : { text, toEnd: all.length - end <= CUT_CHARACTERS };
}

/** What is left of a UTF-8 character whose last bytes are missing. */
const CUT_CHARACTERS = 3;
