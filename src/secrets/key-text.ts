/** AES-256. */
const KEY_BYTES = 32;
const MOST_KEYS = 16;

/**
 * Keys as they are written down, with commas or line ends between them: 32 bytes in base64 or in hexadecimal. Lines that
 * begin with `#` are remarks. Undefined where something else stands there, or nothing.
 */
export function secretKeysIn(text: string): Buffer[] | undefined {
  const words = text
    .split(/\r?\n/)
    .filter((line) => !line.trimStart().startsWith('#'))
    .join(',')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const keys = words.flatMap((word) => keyOf(word) ?? []);
  return keys.length === 0 || keys.length !== words.length || keys.length > MOST_KEYS ? undefined : keys;
}

function keyOf(word: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(word)) return Buffer.from(word, 'hex');
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(word)) return undefined;
  const key = Buffer.from(word, 'base64');
  return key.length === KEY_BYTES ? key : undefined;
}
