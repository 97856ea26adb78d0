import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { WasmReader } from '@contentauth/c2pa-wasm';
import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { C2paEngine } from '../../c2pa/engine.js';
import { engineInfo } from '../../c2pa/installed-engines.js';
import type { C2paEvidence } from '../../c2pa/manifest-store.js';
import type { AssetSource } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import { type FailedRead, toRead } from './answer.js';
import { FileBlob, installFileReaderSync } from './file-blob.js';
import { SDK_SETTINGS } from './settings.js';
import { parseStoreJson, StoreLimitError } from './store-json.js';

/**
 * Loads the official WASM SDK, which runs on any platform and contains a newer c2pa-rs. It reads a file by ranges,
 * never whole.
 */
export async function loadWasmEngine(): Promise<C2paEngine> {
  const { default: init, WasmReader: Reader } = await import('@contentauth/c2pa-wasm');
  const wasm = readFileSync(createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm'));
  await init({ module_or_path: wasm });
  installFileReaderSync();
  const settings = JSON.stringify(SDK_SETTINGS);
  const info = engineInfo('wasm');

  /**
   * Returns the result of `use` for a reader opened on one file, or on an init segment and its segment. Rejects with
   * the SDK's error.
   */
  async function withReader<T>(
    sources: readonly [AssetSource] | readonly [AssetSource, AssetSource],
    mime: string,
    use: (reader: WasmReader) => T,
  ): Promise<T> {
    const files: (number | Buffer)[] = [];
    try {
      for (const source of sources) files.push(typeof source === 'string' ? openSync(source, 'r') : source);
      const [first, second] = files.map(blobOf);
      if (first === undefined) throw new TypeError('no file');
      const reader =
        second === undefined
          ? await Reader.fromBlob(mime, first, settings)
          : await Reader.fromBlobFragment(mime, first, second, settings);
      try {
        return use(reader);
      } finally {
        reader.free();
      }
    } catch (error) {
      // A trapped instance cannot be reused. This runs in a reader process: its parent sees the death, attributes it to
      // this step and continues without the engine.
      if (error instanceof Error && error.name === 'RuntimeError') process.abort();
      throw error;
    } finally {
      for (const file of files) if (typeof file === 'number') closeSync(file);
    }
  }

  const evidenceOf = async (
    sources: readonly [AssetSource] | readonly [AssetSource, AssetSource],
    mime: string,
  ): Promise<Read<C2paEvidence>> => {
    try {
      const json = await withReader(sources, mime, (reader) => bounded(reader.json()));
      return { status: 'found', value: parseStoreJson(JSON.parse(json), info) };
    } catch (error) {
      return toRead(error, info, mime);
    }
  };

  return {
    info,
    read: (source, mime) => evidenceOf([source], mime),
    readFragment: (init, segment, mime) => evidenceOf([init, segment], mime),
    async readCrJson(source, mime) {
      try {
        return {
          status: 'found',
          value: await withReader([source], mime, (reader) => bounded(reader.crJson())),
        };
      } catch (error) {
        const read = toRead(error, info, mime);
        return read.status === 'found' ? REMOTE : read;
      }
    },
  };
}

function blobOf(file: number | Buffer): Blob {
  return asBlob(new FileBlob(file, 0, typeof file === 'number' ? fstatSync(file).size : file.length));
}

function bounded(json: string): string {
  if (json.length > limits.manifestStoreCharacters)
    throw new StoreLimitError(
      fault('bound.manifestStore', { of: 'json', most: limits.manifestStoreCharacters }),
    );
  return json;
}

const REMOTE: FailedRead = { status: 'failed', ...fault('c2pa.remote') };

/**
 * The SDK uses only `size` and `slice` of a Blob and passes the slices to FileReaderSync. FileBlob implements exactly
 * these.
 */
function asBlob(file: FileBlob): Blob {
  return file as unknown as Blob;
}
