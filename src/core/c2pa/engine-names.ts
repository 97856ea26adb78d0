export const ENGINE_NAMES = ['native', 'wasm'] as const;

export type EngineName = (typeof ENGINE_NAMES)[number];

/** `auto` uses the native engine if it loads; `both` asks both engines and compares their answers. */
export const ENGINE_CHOICES = ['auto', 'native', 'wasm', 'both'] as const;

export type EngineChoice = (typeof ENGINE_CHOICES)[number];

export interface EngineInfo {
  name: EngineName;
  /** npm package version. */
  version: string;
  /** The c2pa-rs release inside it. */
  sdk: string;
}
