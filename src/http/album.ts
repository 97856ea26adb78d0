import type { PictureName } from '../store/inspections.js';
import type { KyselyInspections } from '../store/kysely-inspections.js';
import { type Album, albumIn } from '../worker/album.js';

const NAME = /^(preview|large|waveform|thumbnail|stored|(frame|manifest|ingredient)-\d{1,4})$/;

export function isPictureName(name: string): name is PictureName {
  return NAME.test(name);
}

/** Undefined where no pictures were made, or not yet. */
export async function keptAlbum(
  inspections: KyselyInspections,
  tenant: string,
  id: string,
): Promise<Album | undefined> {
  const kept = await inspections.getDerivative(tenant, id, 'pictures');
  return kept && albumIn(kept.content);
}
