/** Decodes bytes without a declared encoding. No other module makes this decision. */

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes UTF-8 if all bytes are valid, else Latin-1, which accepts every byte. */
export function decodeBytes(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    // An exception is the decoder's only signal for invalid UTF-8.
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
}

/** Run of at least four characters without control codes and invalid UTF-8. */
const RUN = /[^\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]{4,}/g;
/** Text this close to the start names the data; elsewhere short runs occur by chance. */
const HEAD_CHARACTERS = 16;
const CHANCE_CHARACTERS = 32;

export interface VisibleText {
  text: string;
  /** Whether the text extends to the last bytes, where a character may be split. */
  toEnd: boolean;
}

/** Returns the longest run of text in data that may be binary, from its first visible character. */
export function findVisibleText(bytes: Buffer): VisibleText | undefined {
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

/** Maximum length of a UTF-8 character whose last byte is missing. */
const CUT_CHARACTERS = 3;
