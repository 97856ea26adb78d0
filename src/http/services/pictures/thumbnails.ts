import { parseThumbnails, type ThumbnailIndex } from '../../../service/inspections/thumbnails.js';
import type { PictureName } from '../../../storage/inspections/inspections.js';
import type { InspectionRepository } from '../../../storage/inspections/kysely-inspections.js';

const PICTURE_NAME = /^(preview|large|waveform|thumbnail|stored|(frame|manifest|ingredient|inside)-\d{1,4})$/;

export function isPictureName(name: string): name is PictureName {
  return PICTURE_NAME.test(name);
}

/** Returns the stored thumbnails; `undefined` if none were made, or not yet. */
export async function loadAlbum(
  inspections: InspectionRepository,
  tenant: string,
  id: string,
): Promise<ThumbnailIndex | undefined> {
  const kept = await inspections.getDerivative(tenant, id, 'pictures');
  return kept && parseThumbnails(kept.content);
}
