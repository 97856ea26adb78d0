import type { Read } from '../evidence.js';
import type { C2paEvidence } from './manifest-store.js';

export const ENGINE_NAMES = ['native', 'wasm'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];
/** `auto` takes native where it loads; `both` asks each and holds the answers against each other. */
export const ENGINE_CHOICES = ['auto', 'native', 'wasm', 'both'] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

export interface EngineInfo {
  name: EngineName;
  /** npm package version. */
  version: string;
  /** The c2pa-rs release inside it. */
  sdk: string;
}

/** One official C2PA SDK behind one call. Never touches the network. */
export interface C2paEngine {
  info: EngineInfo;
  /**
   * Reads and validates the manifest store of the file at `path`.
   * `mime` is the type decided from the bytes: the SDKs would believe the file's ending.
   */
  read(path: string, mime: string): Promise<Read<C2paEvidence>>;
  /** The same with a manifest store kept elsewhere. Left out where the SDK has no call for it. */
  readSidecar?(path: string, mime: string, store: Buffer): Promise<Read<C2paEvidence>>;
  /** The manifest store in crJSON, the engine's own words. Left out where the SDK has no call for it. */
  readCrJson?(path: string, mime: string): Promise<Read<string>>;
}
