import { fault } from '../../../base/fault.js';
import type { Asset } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import type { Container } from '../../media/media-kinds.js';
import { cachePerAsset } from '../containers/walk.js';
import { findBmffStore } from './bmff.js';
import { findGifStore } from './gif.js';
import { findId3Store } from './id3.js';
import { findJpegStore } from './jpeg.js';
import { findJxlStore } from './jxl.js';
import { concludeStores, type LocatedStores, type RawManifestStore } from './located.js';
import { findPdfStore } from './pdf.js';
import { findPngStore } from './png.js';
import { findRiffStore } from './riff.js';
import { findSvgStore } from './svg.js';
import { findTiffStore } from './tiff.js';

export { isLocated, type RawManifestStore } from './located.js';

/** Locators of the manifest store by container (C2PA 2.2 Annex A). */
const LOCATORS: Partial<Record<Container, (asset: Asset) => Promise<LocatedStores>>> = {
  jpeg: findJpegStore,
  png: findPngStore,
  webp: findRiffStore,
  wav: findRiffStore,
  avi: findRiffStore,
  gif: findGifStore,
  tiff: findTiffStore,
  bmff: findBmffStore,
  cr3: findBmffStore,
  heif: findBmffStore,
  jxl: findJxlStore,
  mp3: findId3Store,
  flac: findId3Store,
  aac: findId3Store,
  svg: findSvgStore,
  pdf: findPdfStore,
};

/**
 * Returns the raw C2PA manifest store of a file: unverified bytes, which no caller may modify. Certificates, claims,
 * pictures and Assay's own hash are read from the same bytes, which are located and joined once per file.
 */
export function readManifestStore(asset: Asset): Promise<Read<RawManifestStore>> {
  return cachePerAsset(asset, 'manifest store', () => locateStore(asset));
}

async function locateStore(asset: Asset): Promise<Read<RawManifestStore>> {
  const { container, format } = asset.mediaType;
  const locate = LOCATORS[container];
  if (!locate) {
    return { status: 'unsupported', ...fault('carrier.notRead', { what: 'stores', format }) };
  }
  return concludeStores(await locate(asset));
}
