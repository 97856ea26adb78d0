/** ImageMagick's text chunks for metadata that PNG had no place for: a name, a length and hexadecimal digits. */

const KEYWORD = /^Raw profile type (exif|xmp|iptc|8bim|app1)$/i;
/** Name and byte count stand on lines of their own, the count with blanks before it. */
const HEAD = /^\s{0,64}[^\n]{0,64}\n\s{0,64}(\d{1,9})\n/;

export type RawProfile = 'exif' | 'xmp' | 'iptc' | '8bim' | 'app1';

/** Which profile a text chunk of this keyword holds; undefined where it is no such chunk. */
export function rawProfileOf(keyword: string): RawProfile | undefined {
  return KEYWORD.exec(keyword)?.[1]?.toLowerCase() as RawProfile | undefined;
}

/** The profile's bytes; undefined where the text is not of that form or shorter than it says. */
export function rawProfileBytes(text: string): Buffer | undefined {
  const head = HEAD.exec(text);
  if (!head) return undefined;
  const bytes = Buffer.from(text.slice(head[0].length).replace(/\s+/g, ''), 'hex');
  const length = Number(head[1]);
  return bytes.length < length || length === 0 ? undefined : bytes.subarray(0, length);
}
