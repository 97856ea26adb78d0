/**
 * Every bound on untrusted input, in one visible place; the unit stands in the name.
 * A bound that is hit becomes a `failed` or `malformed` read with its code: never silence.
 */
export const limits = {
  /** Largest file a door takes by default; configuration may lower or raise it. */
  assetBytes: 10 * 1024 ** 3,
  /** Files up to this size are read under the small memory limit. */
  smallAssetBytes: 32 * 1024 ** 2,
  smallProcessMemoryBytes: 512 * 1024 ** 2,
  /** The native engine needs about 590 MB on a 1 GB video, the WASM one about 1,360 MB. */
  largeProcessMemoryBytes: 2 * 1024 ** 3,

  /** Time one file may take in all, before the allowance by size. */
  taskMillis: 20_000,
  /** Allowance: reading and hashing at this rate is still in time. */
  allowanceBytesPerMilli: 20_000,
  /** Share of the task's time that one reader may use before its process is killed. */
  readerTimeShare: 0.3,
  /** A child that does not say it is ready by then is taken for broken. */
  childStartMillis: 10_000,

  hashChunkBytes: 1024 ** 2,

  /** Bytes at the head of a file that decide its media type. */
  sniffBytes: 64 * 1024,
  assetNameCharacters: 255,
  declaredMediaTypeCharacters: 127,

  /** One text value taken from a file into evidence; longer ones are cut and say so. */
  textValueCharacters: 64 * 1024,
  /** All text of one carrier together. */
  carrierTextCharacters: 4 * 1024 ** 2,
  tagsPerCarrier: 4_096,

  pngChunks: 65_536,
  pngTextChunks: 1_024,
  /** A compressed text chunk may grow to this and no further. */
  inflatedTextBytes: 4 * 1024 ** 2,

  jpegSegments: 4_096,
  xmpPacketBytes: 8 * 1024 ** 2,
  xmpPackets: 8,
  xmpDepth: 32,
  xmpProperties: 8_192,

  exifBlockBytes: 16 * 1024 ** 2,
  exifIfdDepth: 8,
  exifIfds: 64,
  tiffEntries: 65_536,
  svgBytes: 16 * 1024 ** 2,

  bmffBoxes: 16_384,
  bmffDepth: 16,
  riffChunks: 16_384,
  embeddedAssets: 64,

  manifestStoreCharacters: 32 * 1024 ** 2,
  /** A manifest store kept in a file of its own. */
  sidecarBytes: 64 * 1024 ** 2,
  manifests: 1_024,
  manifestDepth: 64,
  actionsPerManifest: 4_096,
  /** Data of one assertion that is kept for detectors; hashes and pictures are longer. */
  assertionCharacters: 64 * 1024,
  statusCodes: 8_192,

  jsonLabelCharacters: 64 * 1024,
  jsonDepth: 16,

  /** Values of signals and evidence are shown up to this length in a Report. */
  shownValueCharacters: 1_024,
  /** What one child may send back: a Report larger than this is refused. */
  reportCharacters: 16 * 1024 ** 2,
} as const;
