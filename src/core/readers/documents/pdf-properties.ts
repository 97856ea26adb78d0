import type { ContainerTag } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { ENCRYPTED, readPdf } from '../containers/pdf-document.js';
import { decodePdfText } from '../containers/pdf-text.js';
import { PdfError, PdfText } from '../containers/pdf-values.js';
import type { TagList } from '../text/tag-list.js';

/** Standard entries of the document information (ISO 32000-2, table 349). */
export const STANDARD_ENTRIES: ReadonlySet<string> = new Set([
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

/** Reads the document information of the newest version of a PDF. Entries under other keys are private chunks. */
export async function readPdfProperties(asset: Asset, list: TagList): Promise<void> {
  const { items, fault } = await readPdf<ContainerTag>(asset, async (objects, found) => {
    const information = await objects.dictionary(objects.trailer.get('Info'));
    for (const [key, entry] of information ?? []) {
      const value = STANDARD_ENTRIES.has(key) ? await objects.value(entry) : undefined;
      if (!(value instanceof PdfText)) continue;
      if (objects.isEncrypted) throw new PdfError(ENCRYPTED);
      const text = decodePdfText(value);
      const at = value.offset === undefined ? {} : { offset: value.offset };
      if (text !== '') found.push({ system: 'document information', key, value: text, ...at });
    }
  });
  for (const tag of items) list.add(tag);
  list.addFault(fault);
}
