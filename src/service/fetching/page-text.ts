/** Bytes at the start of a page in which a `meta` element may declare the encoding. */
const HEAD_BYTES = 1_024;

/** Decodes a page by its byte order mark, the server's charset, its own `meta`, or else as UTF-8. */
export function decodePage(bytes: Buffer, contentType: string): string {
  const [a, b, c] = bytes;
  const marked =
    a === 0xef && b === 0xbb && c === 0xbf
      ? 'utf-8'
      : a === 0xfe && b === 0xff
        ? 'utf-16be'
        : a === 0xff && b === 0xfe
          ? 'utf-16le'
          : undefined;
  const served = charsetIn(contentType);
  const own = charsetIn(bytes.toString('latin1', 0, HEAD_BYTES));
  for (const name of [marked, served, own]) {
    if (name === undefined) continue;
    try {
      return new TextDecoder(name).decode(bytes);
    } catch {
      // Unknown encoding: try the next one.
    }
  }
  return new TextDecoder().decode(bytes);
}

const charsetIn = (text: string): string | undefined =>
  /charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})/i.exec(text)?.[1];
