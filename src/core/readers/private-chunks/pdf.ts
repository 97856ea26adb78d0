import type { PrivateChunk } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { ENCRYPTED, readPdf } from '../containers/pdf-document.js';
import type { PdfObjects } from '../containers/pdf-objects.js';
import { pdfText } from '../containers/pdf-text.js';
import { PdfError, PdfText } from '../containers/pdf-values.js';
import type { Walk } from '../containers/walk.js';
import { STANDARD_ENTRIES } from '../pdf-properties.js';

/**
 * Entries of the document information under keys of a maker's own, `AIGC` of GB 45438 among them. Where the file was added
 * to, those of its newest version.
 */
export function pdfInformation(asset: Asset): Promise<Walk<PrivateChunk>> {
  return readPdf<PrivateChunk>(asset, async (objects, found) => {
    const information = await objects.dictionary(objects.trailer.get('Info'));
    for (const [key, entry] of information ?? []) {
      const value = STANDARD_ENTRIES.has(key) ? undefined : await objects.value(entry);
      if (!(value instanceof PdfText)) continue;
      if (objects.isEncrypted) throw new PdfError(ENCRYPTED);
      found.push({
        id: key,
        place: `document information ${key}`,
        ...(value.offset === undefined ? {} : { offset: value.offset }),
        bytes: value.raw.length,
        text: pdfText(value),
      });
    }
  });
}

/** Further back nobody looks for what no longer counts. */
const OLDER_SECTIONS = 64;

/** How many such entries earlier versions have, and the newest has not or has otherwise: a label may have been taken out. */
export async function olderInformation(asset: Asset): Promise<number> {
  const ownEntries = async (objects: PdfObjects): Promise<string[]> => {
    const information = await objects.dictionary(objects.trailer.get('Info'));
    const entries: string[] = [];
    for (const [key, entry] of information ?? []) {
      const value = STANDARD_ENTRIES.has(key) ? undefined : await objects.value(entry);
      if (value instanceof PdfText) entries.push(`${key} ${pdfText(value)}`);
    }
    return entries;
  };
  const { items } = await readPdf<string>(asset, async (objects, found) => {
    if (objects.isEncrypted) return;
    const seen = new Set(await ownEntries(objects));
    for (let age = 1; age < Math.min(objects.sections, OLDER_SECTIONS); age += 1)
      for (const entry of await objects.before(age, ownEntries)) {
        if (!seen.has(entry)) found.push(entry);
        seen.add(entry);
      }
  });
  return items.length;
}
