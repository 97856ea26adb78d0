import type { Source } from '../media/asset.js';
import type { Read } from '../media/carrier.js';
import type { EngineInfo } from './engine-names.js';
import type { C2paEvidence } from './manifest-store.js';

/** One official C2PA SDK behind one call. Never touches the network. */
export interface C2paEngine {
  info: EngineInfo;
  /**
   * Reads and validates the manifest store of a file, or of bytes.
   * `mime` is the type decided from the bytes: the SDKs would believe the file's ending.
   */
  read(source: Source, mime: string): Promise<Read<C2paEvidence>>;
  /** The same with a manifest store kept elsewhere. Left out where the SDK has no call for it. */
  readSidecar?(source: Source, mime: string, store: Buffer): Promise<Read<C2paEvidence>>;
  /**
   * The same of a segment of fragmented BMFF: the store stands in the initialisation segment, whose type `mime` is.
   * Left out where the SDK has no call for it.
   */
  readFragment?(init: Source, segment: Source, mime: string): Promise<Read<C2paEvidence>>;
  /** The manifest store in crJSON, the engine's own words. Left out where the SDK has no call for it. */
  readCrJson?(source: Source, mime: string): Promise<Read<string>>;
}
