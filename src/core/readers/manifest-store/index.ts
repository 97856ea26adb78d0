import { fault } from '../../ground/fault.js';
import type { Asset } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import type { Container } from '../../media/media-kinds.js';
import { once } from '../containers/walk.js';
import { bmffStore } from './bmff.js';
import { gifStore } from './gif.js';
import { id3Store } from './id3.js';
import { jpegStore } from './jpeg.js';
import { jxlStore } from './jxl.js';
import { concludeStores, type Located, type RawManifestStore } from './located.js';
import { pdfStore } from './pdf.js';
import { pngStore } from './png.js';
import { riffStore } from './riff.js';
import { svgStore } from './svg.js';
import { tiffStore } from './tiff.js';

export { isLocated, type RawManifestStore } from './located.js';

/** Where each container embeds a manifest store, C2PA 2.2 Annex A. */
const LOCATORS: Partial<Record<Container, (asset: Asset) => Promise<Located>>> = {
  jpeg: jpegStore,
  png: pngStore,
  webp: riffStore,
  wav: riffStore,
  avi: riffStore,
  gif: gifStore,
  tiff: tiffStore,
  bmff: bmffStore,
  cr3: bmffStore,
  heif: bmffStore,
  jxl: jxlStore,
  mp3: id3Store,
  flac: id3Store,
  aac: id3Store,
  svg: svgStore,
  pdf: pdfStore,
};

/**
 * The raw C2PA manifest store of a file: bytes only, nothing in it is believed, and nobody writes into them. Certificates,
 * claims, pictures and Assay's own hash are read from the same bytes, found and joined once a file.
 */
export function readManifestStore(asset: Asset): Promise<Read<RawManifestStore>> {
  return once(asset, 'manifest store', () => located(asset));
}

async function located(asset: Asset): Promise<Read<RawManifestStore>> {
  const { container, format } = asset.mediaType;
  const locate = LOCATORS[container];
  if (!locate) {
    return { status: 'unsupported', ...fault('carrier.notRead', { what: 'stores', format }) };
  }
  return concludeStores(await locate(asset));
}
