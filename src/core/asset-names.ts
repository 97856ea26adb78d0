import { cut } from './json-shape.js';
import { limits } from './limits.js';
import { canonicalMime, mimeOfName } from './media-types.js';

/** What a file is called and was said to be, as its Report has it: of the question alone, and of no byte of the file. */
export function assetNames(
  given: string,
  declared: string | undefined,
): { name: string; declaredMediaType?: string } {
  const name = cut(given, limits.assetNameCharacters);
  const said =
    declared !== undefined
      ? cut(canonicalMime(declared), limits.declaredMediaTypeCharacters)
      : mimeOfName(name);
  return { name, ...(said === undefined ? {} : { declaredMediaType: said }) };
}
