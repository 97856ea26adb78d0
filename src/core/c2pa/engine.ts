import type { AssetSource } from '../media/asset.js';
import type { Read } from '../media/carrier.js';
import type { EngineInfo } from './engine-names.js';
import type { C2paEvidence } from './manifest-store.js';

/** Common interface of the official C2PA SDKs. Never uses the network. */
export interface C2paEngine {
  info: EngineInfo;
  /**
   * Reads and validates the manifest store of a file or buffer. `mime` is the type decided from the bytes; the SDKs
   * would trust the file extension.
   */
  read(source: AssetSource, mime: string): Promise<Read<C2paEvidence>>;
  /** Reads like `read`, with a manifest store from another file. Absent if the SDK has no such call. */
  readSidecar?(source: AssetSource, mime: string, store: Buffer): Promise<Read<C2paEvidence>>;
  /**
   * Reads a segment of fragmented BMFF. The store is in the initialisation segment, whose type is `mime`. Absent if the
   * SDK has no such call.
   */
  readFragment?(init: AssetSource, segment: AssetSource, mime: string): Promise<Read<C2paEvidence>>;
  /** Returns the manifest store as crJSON in the engine's own words. Absent if the SDK has no such call. */
  readCrJson?(source: AssetSource, mime: string): Promise<Read<string>>;
}
