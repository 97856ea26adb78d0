import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { PdfObjects } from './pdf-objects.js';
import { PdfError } from './pdf-values.js';
import { bounded, type Walk } from './walk.js';

/**
 * Reads the objects of a PDF by its cross-references or, if these are damaged, by a search for the heads of its
 * objects. A search may miss objects: it can add findings, but never proves absence.
 */
export async function readPdf<T>(
  asset: Asset,
  read: (objects: PdfObjects, found: T[]) => Promise<void>,
): Promise<Walk<T>> {
  const followed = await attempt(() => PdfObjects.open(asset), read);
  if (followed.fault?.kind !== 'malformed' || followed.items.length > 0) return followed;
  const searched = await attempt(() => PdfObjects.search(asset), read);
  return searched.items.length > 0 ? searched : followed;
}

async function attempt<T>(
  open: () => Promise<PdfObjects>,
  read: (objects: PdfObjects, found: T[]) => Promise<void>,
): Promise<Walk<T>> {
  const items: T[] = [];
  let objects: PdfObjects | undefined;
  try {
    objects = await open();
    await read(objects, items);
    return { items };
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    return { items, fault: objects?.isEncrypted ? ENCRYPTED : error.fault };
  }
}

/** Assay does not decrypt, so streams and strings of such a PDF are not read. */
export const ENCRYPTED: WalkFault = bounded('pdf.encrypted');
