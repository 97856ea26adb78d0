import { createRequire } from 'node:module';
import type { C2paEngine } from '../../c2pa/engine.js';
import { engineInfo, NATIVE_PACKAGE, nativeBinary, PLATFORM } from '../../c2pa/installed-engines.js';
import type { C2paEvidence } from '../../c2pa/manifest-store.js';
import type { AssetSource } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import { toRead } from './answer.js';
import { SDK_SETTINGS } from './settings.js';
import { parseStoreJson } from './store-json.js';

/**
 * Loads the official native SDK. It is fast, but a panic or an endless loop in it takes the process down, so it runs
 * only in a child process. Throws if the binary for this platform is missing.
 */
export async function loadNativeEngine(): Promise<C2paEngine> {
  const sdk = loadBinary();
  const info = engineInfo('native');
  const found = (reader: NativeReader): Read<C2paEvidence> => ({
    status: 'found',
    value: parseStoreJson(
      JSON.parse(sdk.readerJson.call(reader)),
      info,
      sdk.readerRemoteUrl.call(reader) || undefined,
    ),
  });
  return {
    info,
    async read(source, mime) {
      try {
        const reader = await sdk.readerFromAsset(assetOf(source, mime), SETTINGS);
        return reader === null ? { status: 'absent' } : found(reader);
      } catch (error) {
        return toRead(error, info, mime);
      }
    },
    async readSidecar(source, mime, store) {
      try {
        return found(await sdk.readerFromManifestDataAndAsset(store, assetOf(source, mime), SETTINGS));
      } catch (error) {
        return toRead(error, info, mime);
      }
    },
  };
}

const SETTINGS = JSON.stringify(SDK_SETTINGS);

/** Opaque handle of a manifest store in the SDK. */
type NativeReader = Record<never, never>;

/**
 * Functions of the SDK that Assay calls. The SDK's package wraps the same functions in a class and depends on some
 * sixty packages.
 */
interface Binary {
  readerFromAsset(asset: NativeAsset, settings: string): Promise<NativeReader | null>;
  readerFromManifestDataAndAsset(store: Buffer, asset: NativeAsset, settings: string): Promise<NativeReader>;
  readerJson(this: NativeReader): string;
  readerRemoteUrl(this: NativeReader): string | null | undefined;
}
type NativeAsset = { mimeType: string } & ({ path: string } | { buffer: Buffer });

const assetOf = (source: AssetSource, mimeType: string): NativeAsset =>
  typeof source === 'string' ? { path: source, mimeType } : { buffer: source, mimeType };

const CALLS: readonly (keyof Binary)[] = [
  'readerFromAsset',
  'readerFromManifestDataAndAsset',
  'readerJson',
  'readerRemoteUrl',
];

function loadBinary(): Binary {
  const path = nativeBinary();
  if (path === undefined)
    throw new Error(`there is no ${NATIVE_PACKAGE} ${engineInfo('native').version} for ${PLATFORM}`);
  const binary: unknown = createRequire(import.meta.url)(path);
  if (!isBinary(binary)) throw new Error(`${NATIVE_PACKAGE} has other calls than it had`);
  return binary;
}

function isBinary(value: unknown): value is Binary {
  return (
    typeof value === 'object' &&
    value !== null &&
    CALLS.every((name) => typeof Reflect.get(value, name) === 'function')
  );
}
