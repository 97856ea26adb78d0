import { said } from '../../../say/said.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { ENCRYPTED, readPdf } from '../containers/pdf-document.js';
import type { PdfObjects } from '../containers/pdf-objects.js';
import { PdfError } from '../containers/pdf-values.js';
import type { MetadataBlock, MetadataBlocks } from './block.js';

const PLACE = 'Metadata of the catalog';
const NOTE = said('note.pdfDocumentOnly');

/** ISO 32000-2, 14.3.2: the XMP of the document. That of its pictures and other parts says nothing of the whole. */
export async function pdfBlocks(asset: Asset): Promise<MetadataBlocks> {
  const { items, fault } = await readPdf<MetadataBlock>(asset, async (objects, found) => {
    const catalog = await objects.dictionary(objects.trailer.get('Root'));
    const stream = await objects.stream(catalog?.get('Metadata'));
    if (!stream) return;
    if (await areStreamsEncrypted(objects)) throw new PdfError(ENCRYPTED);
    const bytes = await objects.unpacked(stream, limits.xmpPacketBytes);
    const offset = stream.dictionary.has('Filter') ? {} : { offset: stream.offset };
    found.push({ place: PLACE, bytes, ...offset });
  });
  return { exif: [], iim: [], xmp: items, faults: fault ? { xmp: fault } : {}, note: NOTE };
}

/** A writer may leave the metadata in clear where all else is encrypted. */
async function areStreamsEncrypted(objects: PdfObjects): Promise<boolean> {
  if (!objects.isEncrypted) return false;
  const handler = await objects.dictionary(objects.trailer.get('Encrypt'));
  return (await objects.value(handler?.get('EncryptMetadata'))) !== false;
}
