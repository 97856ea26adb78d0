import type { Words } from '../words/words.js';
import { type Manifest, NAME_CHARACTERS } from './manifest-lines.js';
import { bounded, type Line, type Run } from './runs.js';

const MOST_MANIFESTS = 16;
const MOST_RANGES = 16;
const MOST_BOXES = 32;
/** The two forms that the Report has for what a hash leaves out; a count of 15 digits is exact. */
const BYTES = /^bytes (\d{1,15}) to (\d{1,15})$/;
const BOX = /^box (.+)$/s;

/** What no hash holds fast could be changed without the signature telling: said per manifest, in words. */
export function uncoveredLines(
  manifests: readonly Manifest[],
  what: 'credentials' | 'more' | undefined,
  words: Words,
): Line[] {
  const those = manifests.filter(({ uncovered = [] }) => uncovered.length > 0);
  const shown = those
    .slice(0, MOST_MANIFESTS)
    .flatMap((manifest) => ofManifest(manifest, manifest.active ? what : undefined, words));
  return those.length > MOST_MANIFESTS
    ? [...shown, [words.phrases.more(those.length - MOST_MANIFESTS)]]
    : shown;
}

function ofManifest(
  { active, label, uncovered = [] }: Manifest,
  what: 'credentials' | 'more' | undefined,
  words: Words,
): Line[] {
  const { uncoveredBytes, uncoveredBoxes, uncovered: other } = words.credentials;
  // The ranges of another manifest are those of the file that it was made for.
  const before: Run[] = active ? [] : [{ file: label, most: NAME_CHARACTERS }, words.marks.colon];
  const boxes = uncovered.flatMap((one) => BOX.exec(one)?.[1] ?? []);
  const rest = uncovered.filter((one) => !BOX.test(one));
  const ranges = bounded(rest, MOST_RANGES, words, (one): Line => {
    const [, first, last] = BYTES.exec(one) ?? [];
    return first === undefined || last === undefined
      ? [...before, other, { file: one, most: NAME_CHARACTERS }]
      : [...before, uncoveredBytes(Number(first), Number(last), what)];
  });
  return boxes.length === 0
    ? ranges
    : [...ranges, [...before, `${uncoveredBoxes}${words.marks.colon}`, ...list(boxes, words)]];
}

function list(boxes: readonly string[], words: Words): Run[] {
  const shown = boxes
    .slice(0, MOST_BOXES)
    .flatMap((box, index): Run[] => [index === 0 ? '' : words.marks.item, { file: box, most: 100 }]);
  return boxes.length > MOST_BOXES ? [...shown, ` ${words.phrases.more(boxes.length - MOST_BOXES)}`] : shown;
}
