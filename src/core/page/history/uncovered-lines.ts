import type { Translator } from '../../../i18n/translator.js';
import type { Manifest } from '../../standing/versions.js';
import { punctuationFor } from '../marks.js';
import { limitLines, type RunLine, type TextRun } from '../runs.js';
import { NAME_CHARACTERS } from './manifest-lines.js';

const MAX_MANIFESTS = 16;
const MAX_RANGES = 16;
const MAX_BOXES = 32;
/** Forms in which the Report lists exclusions of a hash. At most 15 digits, so that the number is exact. */
const BYTES = /^bytes (\d{1,15}) to (\d{1,15})$/;
const BOX = /^box (.+)$/s;

/** Describes, per manifest, content that no hash covers and that could be changed undetected. */
export function uncoveredLines(
  manifests: readonly Manifest[],
  what: 'credentials' | 'more' | undefined,
  translator: Translator,
): RunLine[] {
  const those = manifests.filter(({ uncovered = [] }) => uncovered.length > 0);
  const shown = those
    .slice(0, MAX_MANIFESTS)
    .flatMap((manifest) => manifestLines(manifest, manifest.active ? what : undefined, translator));
  return those.length > MAX_MANIFESTS
    ? [...shown, [translator.text('page.phrase.more', { count: those.length - MAX_MANIFESTS })]]
    : shown;
}

function manifestLines(
  { active, label, uncovered = [] }: Manifest,
  what: 'credentials' | 'more' | undefined,
  translator: Translator,
): RunLine[] {
  const uncoveredBoxes = translator.text('page.credentials.uncoveredBoxes');
  const other = translator.text('page.credentials.uncovered');
  // Ranges of another manifest refer to the file that it was made for.
  const before: TextRun[] = active
    ? []
    : [{ file: label, most: NAME_CHARACTERS }, punctuationFor(translator).colon];
  const boxes = uncovered.flatMap((one) => BOX.exec(one)?.[1] ?? []);
  const rest = uncovered.filter((one) => !BOX.test(one));
  const ranges = limitLines(rest, MAX_RANGES, translator, (one): RunLine => {
    const [, first, last] = BYTES.exec(one) ?? [];
    return first === undefined || last === undefined
      ? [...before, other, { file: one, most: NAME_CHARACTERS }]
      : [
          ...before,
          translator.text(`page.uncoveredBytes.${what ?? 'unknown'}`, {
            first: Number(first),
            last: Number(last),
          }),
        ];
  });
  return boxes.length === 0
    ? ranges
    : [
        ...ranges,
        [...before, `${uncoveredBoxes}${punctuationFor(translator).colon}`, ...list(boxes, translator)],
      ];
}

function list(boxes: readonly string[], translator: Translator): TextRun[] {
  const shown = boxes
    .slice(0, MAX_BOXES)
    .flatMap((box, index): TextRun[] => [
      index === 0 ? '' : punctuationFor(translator).item,
      { file: box, most: 100 },
    ]);
  return boxes.length > MAX_BOXES
    ? [...shown, ` ${translator.text('page.phrase.more', { count: boxes.length - MAX_BOXES })}`]
    : shown;
}
