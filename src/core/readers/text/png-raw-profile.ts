/** ImageMagick's text chunks for metadata without a PNG chunk of their own: a name, a length and hexadecimal digits. */

const KEYWORD = /^Raw profile type (exif|xmp|iptc|8bim|app1)$/i;
/** Name and byte count are on separate lines, the count with leading blanks. */
const HEAD = /^\s{0,64}[^\n]{0,64}\n\s{0,64}(\d{1,9})\n/;

export type RawProfile = 'exif' | 'xmp' | 'iptc' | '8bim' | 'app1';

/** Returns the profile that a text chunk with this keyword holds; `undefined` if it is another chunk. */
export function toRawProfile(keyword: string): RawProfile | undefined {
  return KEYWORD.exec(keyword)?.[1]?.toLowerCase() as RawProfile | undefined;
}

/** Returns the profile's bytes; `undefined` if the text has another form or is shorter than stated. */
export function decodeRawProfile(text: string): Buffer | undefined {
  const head = HEAD.exec(text);
  if (!head) return undefined;
  const bytes = Buffer.from(text.slice(head[0].length).replace(/\s+/g, ''), 'hex');
  const length = Number(head[1]);
  return bytes.length < length || length === 0 ? undefined : bytes.subarray(0, length);
}
