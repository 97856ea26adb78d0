import { Builder, Reader } from '@contentauth/c2pa-node';
import type { C2paEngine } from '../../c2pa/engine.js';
import { NATIVE_INFO } from '../../c2pa/engines.js';
import type { C2paEvidence } from '../../c2pa/manifest-store.js';
import type { Read } from '../../evidence.js';
import { errorToRead } from './answer.js';
import { SDK_SETTINGS } from './settings.js';
import { readStoreJson } from './store-json.js';

/**
 * The official native SDK: fast, and a panic or an endless loop in it takes the process along, so it runs
 * only in a child. Throws where the binary for this platform is not there.
 */
export async function loadNativeEngine(): Promise<C2paEngine> {
  // The package loads its binary on first use: ask now, so that `auto` can take the other engine.
  Builder.new();
  return {
    info: NATIVE_INFO,
    async read(path, mime) {
      try {
        const reader = await Reader.fromAsset({ path, mimeType: mime }, SDK_SETTINGS);
        return reader === null ? { status: 'absent' } : found(reader);
      } catch (error) {
        return errorToRead(error, NATIVE_INFO, mime);
      }
    },
    async readSidecar(path, mime, store) {
      try {
        return found(await Reader.fromManifestDataAndAsset(store, { path, mimeType: mime }, SDK_SETTINGS));
      } catch (error) {
        return errorToRead(error, NATIVE_INFO, mime);
      }
    },
  };
}

function found(reader: Reader): Read<C2paEvidence> {
  return {
    status: 'found',
    value: readStoreJson(reader.json(), NATIVE_INFO, reader.remoteUrl() || undefined),
  };
}
