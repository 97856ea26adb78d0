import type { EngineInfo, EngineName } from './engine-names.js';

/** Releases that this version of Assay is tested with. A test compares them with the packages in `devDependencies`. */
export const NATIVE_INFO: EngineInfo = { name: 'native', version: '0.9.8', sdk: 'c2pa-rs 0.91.0' };
export const WASM_INFO: EngineInfo = { name: 'wasm', version: '0.15.0', sdk: 'c2pa-rs 0.92.0' };

export const TESTED_ENGINES: Readonly<Record<EngineName, EngineInfo>> = {
  native: NATIVE_INFO,
  wasm: WASM_INFO,
};
