import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { C2paEngine } from '../../c2pa/engine.js';
import { WASM_INFO } from '../../c2pa/engines.js';
import { limits } from '../../limits.js';
import { errorToRead } from './answer.js';
import { FileBlob, installFileReaderSync } from './file-blob.js';
import { SDK_SETTINGS } from './settings.js';
import { readStoreJson } from './store-json.js';

/** The official WASM SDK: any platform and a newer c2pa-rs; reads a file by ranges, never whole. */
export async function loadWasmEngine(): Promise<C2paEngine> {
  const { default: init, WasmReader } = await import('@contentauth/c2pa-wasm');
  const wasm = readFileSync(createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm'));
  await init({ module_or_path: wasm });
  installFileReaderSync();
  const settings = JSON.stringify(SDK_SETTINGS);
  return {
    info: WASM_INFO,
    async read(path, mime) {
      const file = openSync(path, 'r');
      try {
        const reader = await WasmReader.fromBlob(
          mime,
          asBlob(new FileBlob(file, 0, statSync(path).size)),
          settings,
        );
        try {
          const json = reader.json();
          if (json.length > limits.manifestStoreCharacters)
            throw new RangeError('the manifest store is larger than the bound');
          return { status: 'found', value: readStoreJson(JSON.parse(json), WASM_INFO) };
        } finally {
          reader.free();
        }
      } catch (error) {
        // A trapped instance cannot be used again. This runs in a reading process: its parent sees the death,
        // blames this step and goes on without it.
        if (error instanceof Error && error.name === 'RuntimeError') process.abort();
        return errorToRead(error, WASM_INFO);
      } finally {
        closeSync(file);
      }
    },
  };
}

/** The SDK uses `size` and `slice` of a Blob and hands the slices to FileReaderSync: just what FileBlob has. */
function asBlob(file: FileBlob): Blob {
  return file as unknown as Blob;
}
