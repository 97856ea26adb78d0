import { limits } from '../../../base/limits.js';
import { message } from '../../../i18n/message.js';
import type { Asset } from '../../media/asset.js';
import { ENCRYPTED, readPdf } from '../containers/pdf-document.js';
import type { PdfObjects } from '../containers/pdf-objects.js';
import { PdfError } from '../containers/pdf-values.js';
import type { MetadataBlock, MetadataBlocks } from './block.js';

const PLACE = 'Metadata of the catalog';
const NOTE = message('note.pdfDocumentOnly');

/**
 * Returns the XMP of the document (ISO 32000-2, 14.3.2). The XMP of its pictures and other parts says nothing about the
 * whole.
 */
export async function readPdfBlocks(asset: Asset): Promise<MetadataBlocks> {
  const { items, fault } = await readPdf<MetadataBlock>(asset, async (objects, found) => {
    const catalog = await objects.dictionary(objects.trailer.get('Root'));
    const stream = await objects.stream(catalog?.get('Metadata'));
    if (!stream) return;
    if (await areStreamsEncrypted(objects)) throw new PdfError(ENCRYPTED);
    const bytes = await objects.unpacked(stream, limits.xmpPacketBytes);
    const offset = stream.dictionary.has('Filter') ? {} : { offset: stream.offset };
    found.push({ locator: PLACE, bytes, ...offset });
  });
  return { exif: [], iim: [], xmp: items, faults: fault ? { xmp: fault } : {}, note: NOTE };
}

/** Returns whether streams are encrypted. A writer may leave the metadata in clear while everything else is encrypted. */
async function areStreamsEncrypted(objects: PdfObjects): Promise<boolean> {
  if (!objects.isEncrypted) return false;
  const handler = await objects.dictionary(objects.trailer.get('Encrypt'));
  return (await objects.value(handler?.get('EncryptMetadata'))) !== false;
}
