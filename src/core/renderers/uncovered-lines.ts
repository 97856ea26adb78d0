import type { Speech } from '../../say/speech.js';
import { type Manifest, NAME_CHARACTERS } from './manifest-lines.js';
import { marksOf } from './marks.js';
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
  speech: Speech,
): Line[] {
  const those = manifests.filter(({ uncovered = [] }) => uncovered.length > 0);
  const shown = those
    .slice(0, MOST_MANIFESTS)
    .flatMap((manifest) => ofManifest(manifest, manifest.active ? what : undefined, speech));
  return those.length > MOST_MANIFESTS
    ? [...shown, [speech.words('page.phrase.more', { count: those.length - MOST_MANIFESTS })]]
    : shown;
}

function ofManifest(
  { active, label, uncovered = [] }: Manifest,
  what: 'credentials' | 'more' | undefined,
  speech: Speech,
): Line[] {
  const uncoveredBoxes = speech.words('page.credentials.uncoveredBoxes');
  const other = speech.words('page.credentials.uncovered');
  // The ranges of another manifest are those of the file that it was made for.
  const before: Run[] = active ? [] : [{ file: label, most: NAME_CHARACTERS }, marksOf(speech).colon];
  const boxes = uncovered.flatMap((one) => BOX.exec(one)?.[1] ?? []);
  const rest = uncovered.filter((one) => !BOX.test(one));
  const ranges = bounded(rest, MOST_RANGES, speech, (one): Line => {
    const [, first, last] = BYTES.exec(one) ?? [];
    return first === undefined || last === undefined
      ? [...before, other, { file: one, most: NAME_CHARACTERS }]
      : [
          ...before,
          speech.words(`page.uncoveredBytes.${what ?? 'unknown'}`, {
            first: Number(first),
            last: Number(last),
          }),
        ];
  });
  return boxes.length === 0
    ? ranges
    : [...ranges, [...before, `${uncoveredBoxes}${marksOf(speech).colon}`, ...list(boxes, speech)]];
}

function list(boxes: readonly string[], speech: Speech): Run[] {
  const shown = boxes
    .slice(0, MOST_BOXES)
    .flatMap((box, index): Run[] => [index === 0 ? '' : marksOf(speech).item, { file: box, most: 100 }]);
  return boxes.length > MOST_BOXES
    ? [...shown, ` ${speech.words('page.phrase.more', { count: boxes.length - MOST_BOXES })}`]
    : shown;
}
