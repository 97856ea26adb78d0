import type { EngineInfo } from './engine-names.js';

/** What is installed, known without loading either; a test holds it against the packages. */
export const NATIVE_INFO: EngineInfo = { name: 'native', version: '0.8.0', sdk: 'c2pa-rs 0.90.1' };
export const WASM_INFO: EngineInfo = { name: 'wasm', version: '0.13.3', sdk: 'c2pa-rs 0.91.3' };

export const ENGINES: readonly EngineInfo[] = [NATIVE_INFO, WASM_INFO];
