/** AES-256. */
const KEY_BYTES = 32;
const MAX_KEYS = 16;

/**
 * Parses keys separated by commas or line breaks: 32 bytes each, in base64 or hexadecimal. Lines that begin with `#`
 * are comments. Returns `undefined` if there is no key or anything else.
 */
export function parseSecretKeys(text: string): Buffer[] | undefined {
  const words = text
    .split(/\r?\n/)
    .filter((line) => !line.trimStart().startsWith('#'))
    .join(',')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const keys = words.flatMap((word) => parseKey(word) ?? []);
  return keys.length === 0 || keys.length !== words.length || keys.length > MAX_KEYS ? undefined : keys;
}

function parseKey(word: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(word)) return Buffer.from(word, 'hex');
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(word)) return undefined;
  const key = Buffer.from(word, 'base64');
  return key.length === KEY_BYTES ? key : undefined;
}
