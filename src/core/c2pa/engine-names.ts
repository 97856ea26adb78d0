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
