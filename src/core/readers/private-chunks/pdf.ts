import type { PrivateChunk } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { ENCRYPTED, readPdf } from '../containers/pdf-document.js';
import type { PdfObjects } from '../containers/pdf-objects.js';
import { decodePdfText } from '../containers/pdf-text.js';
import { PdfError, PdfText } from '../containers/pdf-values.js';
import type { Walk } from '../containers/walk.js';
import { STANDARD_ENTRIES } from '../documents/pdf-properties.js';

/**
 * Returns entries of the document information under a maker's own keys, such as `AIGC` of GB 45438. Of an updated file,
 * those of its newest version.
 */
export function readPdfInformation(asset: Asset): Promise<Walk<PrivateChunk>> {
  return readPdf<PrivateChunk>(asset, async (objects, found) => {
    const information = await objects.dictionary(objects.trailer.get('Info'));
    for (const [key, entry] of information ?? []) {
      const value = STANDARD_ENTRIES.has(key) ? undefined : await objects.value(entry);
      if (!(value instanceof PdfText)) continue;
      if (objects.isEncrypted) throw new PdfError(ENCRYPTED);
      found.push({
        id: key,
        locator: `document information ${key}`,
        ...(value.offset === undefined ? {} : { offset: value.offset }),
        bytes: value.raw.length,
        text: decodePdfText(value),
      });
    }
  });
}

/** Maximum number of older sections to search. */
const MAX_OLDER_SECTIONS = 64;

/** Counts such entries of earlier versions that the newest version lacks or has changed: a label may have been removed. */
export async function countOlderInformation(asset: Asset): Promise<number> {
  const ownEntries = async (objects: PdfObjects): Promise<string[]> => {
    const information = await objects.dictionary(objects.trailer.get('Info'));
    const entries: string[] = [];
    for (const [key, entry] of information ?? []) {
      const value = STANDARD_ENTRIES.has(key) ? undefined : await objects.value(entry);
      if (value instanceof PdfText) entries.push(`${key} ${decodePdfText(value)}`);
    }
    return entries;
  };
  const { items } = await readPdf<string>(asset, async (objects, found) => {
    if (objects.isEncrypted) return;
    const seen = new Set(await ownEntries(objects));
    for (let age = 1; age < Math.min(objects.sections, MAX_OLDER_SECTIONS); age += 1)
      for (const entry of await objects.withOlderVersion(age, ownEntries)) {
        if (!seen.has(entry)) found.push(entry);
        seen.add(entry);
      }
  });
  return items.length;
}
