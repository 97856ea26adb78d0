import type { PrivateChunk } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { ENCRYPTED, readPdf } from '../containers/pdf-document.js';
import { pdfText } from '../containers/pdf-text.js';
import { PdfError, PdfText } from '../containers/pdf-values.js';
import type { Walk } from '../containers/walk.js';

/** ISO 32000-2, table 349: what every PDF may say of itself. */
const STANDARD: ReadonlySet<string> = new Set([
  'Title',
  'Author',
  'Subject',
  'Keywords',
  'Creator',
  'Producer',
  'CreationDate',
  'ModDate',
  'Trapped',
]);

/** Entries of the document information under keys of a maker's own, `AIGC` of GB 45438 among them. */
export function pdfInformation(asset: Asset): Promise<Walk<PrivateChunk>> {
  return readPdf<PrivateChunk>(asset, async (objects, found) => {
    const information = await objects.dictionary(objects.trailer.get('Info'));
    for (const [key, entry] of information ?? []) {
      const value = STANDARD.has(key) ? undefined : await objects.value(entry);
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
