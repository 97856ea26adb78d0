/**
 * Every bound on untrusted input, in one visible place; the unit stands in the name.
 * A bound that is hit becomes a `failed` or `malformed` read with its code: never silence.
 */
export const limits = {
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
  /** On a thread that only reads and hashes: what was read is hashed before the processor has forgotten it. */
  hashThreadChunkBytes: 128 * 1024,
  /** Files up to this size are read with one call, which costs less than the dozen that readers would make. */
  heldAssetBytes: 4 * 1024 ** 2,

  /** Bytes at the head of a file that decide its media type. */
  sniffBytes: 64 * 1024,
  assetNameCharacters: 255,
  declaredMediaTypeCharacters: 127,

  /** Places of a file’s texts at which a phrase on AI is looked for: some 20 microseconds each. */
  aiTextPlaces: 8_192,
  /** One text value taken from a file into evidence; longer ones are cut and say so. */
  textValueCharacters: 64 * 1024,
  /** All text of one carrier together. */
  carrierTextCharacters: 4 * 1024 ** 2,
  tagsPerCarrier: 4_096,
  /** One tag of a sound or video container: ComfyUI graphs stand there, and are longer than a sentence. */
  tagValueBytes: 512 * 1024,
  /** A value that is no text is shown in hexadecimal up to this length, and by its length beyond. */
  tagHexBytes: 32,

  pngChunks: 65_536,
  pngTextChunks: 1_024,
  /** A compressed text chunk may grow to this and no further. */
  inflatedTextBytes: 4 * 1024 ** 2,

  jpegSegments: 4_096,
  psdResources: 4_096,
  xmpPacketBytes: 8 * 1024 ** 2,
  xmpPackets: 8,
  xmpDepth: 32,
  /** Of a packet that does not declare all of them. */
  xmpPrefixes: 32,
  xmpProperties: 8_192,

  exifBlockBytes: 16 * 1024 ** 2,
  iimBlockBytes: 8 * 1024 ** 2,
  /** EXIF, XMP and IPTC blocks of one file together: thousands may point to the same bytes. */
  metadataBlocksBytes: 64 * 1024 ** 2,
  exifIfds: 64,
  tiffEntries: 65_536,
  svgBytes: 16 * 1024 ** 2,
  /** Markup of one SVG that is stepped over on the way to its metadata. */
  svgTags: 262_144,

  /** One object of a PDF on the way to its manifest store; streams are bounded apart. */
  pdfObjectBytes: 1024 ** 2,
  pdfValues: 65_536,
  pdfDepth: 32,
  pdfWordBytes: 4_096,
  /** Sections of cross-references: one for every time that the file was written to. */
  pdfSections: 1_024,
  /** Runs of numbers in all of them together: each object that is looked up is looked for in these. */
  pdfReferenceRuns: 32_768,
  /** References followed in one file. */
  pdfSteps: 4_096,
  /** Streams whose length stands in an object that is itself a stream, and so on. */
  pdfNesting: 4,
  /** Embedded files that are looked at, and nodes of the tree that names them. */
  pdfFiles: 1_024,
  /** Cross-references and objects that stand in compressed streams, all together. */
  pdfUnpackedBytes: 32 * 1024 ** 2,
  pdfPackedObjects: 262_144,
  /** Objects that are looked through for pictures and files, and the bytes of those that are not streams. */
  pdfListedObjects: 262_144,
  pdfListedBytes: 16 * 1024 ** 2,
  /** Streams that are not as long as they say: bytes in which their ends are looked for. */
  pdfEndSearchBytes: 64 * 1024 ** 2,
  /** Where the cross-references lead nowhere: bytes that are searched for objects, heads and trailers found, and bytes of their dictionaries. */
  pdfSearchedBytes: 64 * 1024 ** 2,
  pdfSearchedObjects: 65_536,
  pdfSearchedDictionaryBytes: 16 * 1024 ** 2,

  /** Comments at the head of a PostScript file, and how much of it is searched for XMP and pictures. */
  postScriptHeaderBytes: 1024 ** 2,
  postScriptBytes: 128 * 1024 ** 2,

  gifBlocks: 65_536,
  /** GIF data come in sub-blocks of at most 255 bytes; these are 256 MiB of them. */
  gifSubBlocks: 1_052_688,

  /** Entries of the table of chunks of an OpenEXR, for all its parts. */
  exrChunks: 1_048_576,

  heifItems: 4_096,
  heifInfoBytes: 4_096,
  /** Pieces of all items together, and of one picture with its tiles. */
  heifExtents: 262_144,
  /** The box that says where the items stand: a picture of 65,535 tiles fits. */
  heifLocationBytes: 4 * 1024 ** 2,

  comments: 1_024,
  privateChunks: 256,
  /** Of one private chunk: enough to know whether it is text, and what is read of it then. */
  privateSampleBytes: 64 * 1024,
  privateChunkBytes: 1024 ** 2,
  seftRecords: 1_024,
  seftNameBytes: 256,
  /** Samsung’s trailer is looked for this far from the end of the file. */
  seftSearchBytes: 64 * 1024,
  quantisationTables: 64,

  bmffBoxes: 16_384,
  /** Boxes of a file that are counted before it is handed to a C2PA engine: ten hours of fragments have as many. */
  engineBoxes: 262_144,
  bmffDepth: 16,
  riffChunks: 16_384,
  /** RIFF forms one after the other: an AVI longer than 1 GB is cut into such. */
  riffForms: 64,
  /** Lists of headers and of text that are opened. */
  riffLists: 256,
  ixmlBytes: 1024 ** 2,
  ixmlTags: 16_384,
  /** A live recording has an element for every frame. */
  ebmlElements: 524_288,
  ebmlSimpleTagDepth: 8,
  /** A recording has one for every frame and for every 20 to 60 ms of sound: four hours of it. */
  flvTags: 1_048_576,
  asfObjects: 4_096,
  asfAttributes: 16_384,
  /** Triplets of an MXF that are stepped over one by one, where it does not list its partitions. */
  mxfTriplets: 131_072,
  mxfPartitions: 4_096,
  mxfSets: 32_768,
  /** Header metadata, and their repetitions in further partitions. */
  mxfMetadataBytes: 16 * 1024 ** 2,
  /** Of a transport stream: some twelve megabytes, and a programme begins anew ten times a second. */
  tsPackets: 65_536,
  /** Programmes, streams of video and of timed metadata that are looked into. */
  tsPrograms: 64,
  tsVideos: 8,
  /** Of a program stream. */
  psPackets: 16_384,
  /** The start of a video that stands in pieces, put together. */
  videoStartBytes: 1024 ** 2,
  /** Timed metadata of one stream. */
  timedMetadataBytes: 4 * 1024 ** 2,
  amfDepth: 8,
  id3TagBytes: 64 * 1024 ** 2,
  id3Frames: 4_096,
  id3Tags: 4,
  apeTagBytes: 16 * 1024 ** 2,
  /** From the end, where the tag should stand at the very end and does not. */
  apeSearchBytes: 64 * 1024,
  flacBlocks: 1_024,
  /** Numbers and texts that the sound library asks for, one by one. */
  soundReads: 131_072,
  /** Samples of a track run that takes no byte for each. */
  defaultSamples: 65_536,
  oggPages: 4_096,
  oggStreams: 16,
  /** The comments of all streams of a file; cover pictures stand among them. */
  vorbisCommentBytes: 32 * 1024 ** 2,

  /** Messages to whoever decodes the video stand in its first frames. */
  seiFrames: 16,
  /** Chunks, blocks or fragments among which those frames are looked for. */
  frameParts: 256,
  seiUnits: 4_096,
  /** One message: longer ones hold captions or HDR data for a decoder. */
  seiMessageBytes: 64 * 1024,
  /** Tracks and pictures of one kind that are told one by one. */
  embeddedAssets: 64,
  /** Further assets that a reader names in one file. */
  parts: 1_024,
  /** Kinds of file among other bytes that are told by more than a mark, and files whose end is looked for in vain or anew. */
  partTypesTried: 16,
  partWalksAgain: 4,
  /** And those that are looked into, in one file and in all that stands in it. */
  partsLookedInto: 256,
  /** Parts within parts. */
  partDepth: 4,
  /** A part that stands in the file as it is; the native engine takes it whole. */
  partBytes: 256 * 1024 ** 2,
  /** One that is unpacked first, and all of them together. */
  unpackedPartBytes: 64 * 1024 ** 2,
  unpackedPartsBytes: 512 * 1024 ** 2,
  /** After so long no further part is begun. */
  partsMillis: 8_000,
  /** A member that grows to more than so many times what it is packed in is not unpacked, once it is larger than `partRatioFromBytes`. */
  partRatio: 200,
  partRatioFromBytes: 16 * 1024 ** 2,
  /** Members of a ZIP or tar that are stepped over, media or not. */
  archiveMembers: 32_768,
  /** XML of a document in which its properties, or what it points to, stand: one member, unpacked, and all of a file together. */
  documentXmlBytes: 4 * 1024 ** 2,
  documentXmlTotalBytes: 32 * 1024 ** 2,
  documentXmlElements: 131_072,
  /** Elements and attributes of all of a file together: a short text may have a million of them. */
  documentXmlTotalElements: 1_048_576,
  /** Places outside of a document that it points to: so many are named. */
  outsideHosts: 4,
  /** A mail is taken apart in memory; its attachments are then read where they stand. */
  mailBytes: 64 * 1024 ** 2,
  /** Parts of a mail, its texts included, and the parts that hold those. */
  mailParts: 4_096,
  mailDepth: 32,
  mailHeadersBytes: 1024 ** 2,
  /** Streams and storages of a compound file (MSG, old Office), and storages within each other. */
  compoundEntries: 16_384,
  compoundDepth: 32,
  /** Title, author and dates of an old Office document, a small picture of it among them. */
  propertySetBytes: 4 * 1024 ** 2,
  /** Records of an old Excel workbook without its sheets, or of a PowerPoint file: two thousand slides have as many. */
  officeRecords: 2_097_152,
  /** What a part is called in the file. */
  partNameCharacters: 255,
  /** Own reports of parts that are kept beside that of the file, as JSON and together. */
  partReportsBytes: 2 * 1024 ** 2,
  /** Behind a picture's end: more bytes than these are not looked at to tell whether they are padding. */
  paddingSearchBytes: 16 * 1024 ** 2,

  manifestStoreCharacters: 32 * 1024 ** 2,
  /** A manifest store kept in a file of its own. */
  sidecarBytes: 64 * 1024 ** 2,
  /** XMP that is kept beside one file, in files of its own. */
  xmpSidecars: 8,
  /** Of an initialisation segment that comes with a segment: most have a few kilobytes. */
  initSegmentBytes: 64 * 1024 ** 2,
  /** One that is given out as it stands in the file, or kept. */
  givenManifestStoreBytes: 8 * 1024 ** 2,
  manifests: 1_024,
  /** No chain is longer than the manifests that it is made of. */
  manifestDepth: 1_024,
  actionsPerManifest: 4_096,
  /** Kinds of step that a Report names as having come after a statement. */
  followingSteps: 16,
  /** The name of such a step. */
  actionCharacters: 64,
  /** Data of one assertion that is kept for detectors; hashes and pictures are longer. */
  assertionCharacters: 1024 ** 2,
  statusCodes: 8_192,
  /** Pairs of statements shown in a Report. */
  contradictions: 16,
  whyMissing: 8,

  /** A picture with more is not decoded. Measured at this size in the large process: at most 0.95 GB (AVIF). */
  picturePixels: 8192 * 6144,
  /** Without `--deep`, in the small process: WebP of 24 million does not fit there, this does with 0.27 GB. */
  unaskedPicturePixels: 16_777_216,
  stealthBytes: 1024 ** 2,
  signedTextBytes: 4 * 1024 ** 2,
  signedTexts: 16,
  thumbnailBytes: 4 * 1024 ** 2,
  thumbnailPixels: 4_000_000,
  ffmpegMillis: 5_000,
  ffmpegOutputBytes: 8 * 1024 ** 2,

  /** Longer sides, in pixels, of the small pictures made for people to look at. */
  previewPixels: 1_280,
  /** Of the one that a preview opens as. */
  largePicturePixels: 2_048,
  waveformPixels: 1_200,
  storedPicturePixels: 640,
  historyPicturePixels: 320,
  framePixels: 480,
  /** One of them, encoded. */
  smallPictureBytes: 1024 ** 2,
  /** All of a file together; those that are made last are left out. */
  picturesBytes: 4 * 1024 ** 2,
  /** Pictures that manifests keep, the active one’s included. */
  historyPictures: 24,
  videoFrames: 6,
  /** Past this no further key frame is begun. */
  framesMillis: 18_000,
  /** A sound is decoded so long for its waveform, which then is one of its beginning. */
  waveformMillis: 8_000,
  /** Samples of it: some eight hours. Only a decoder that is taken over gives more in that time. */
  waveformSamples: 1_000_000_000,
  /** All pictures of one file, and those that are left once a process died of one. */
  picturesMillis: 26_000,
  /** To decode those again and encode them anew. */
  recodeMillis: 12_000,

  /** Longer side of what a picture is compared by, and of each frame of a video. */
  likenessPixels: 512,
  likenessFramePixels: 256,
  /** Of the shorter side then: a strip or a dot has nothing to compare. */
  likenessLeastPixels: 64,
  /** Of a video, two a second: ten minutes of it. */
  likenessFrames: 1_200,
  /** One of them, as ffmpeg hands it over. */
  likenessFrameBytes: 256 * 1024,
  /** To decode frames, and sound; then what there is by then counts. */
  likenessFramesMillis: 30_000,
  likenessSoundMillis: 10_000,
  likenessSoundSeconds: 600,
  /** A shorter sound has too few values to tell it from others. */
  likenessLeastSeconds: 10,
  /** What fpcalc prints of so many seconds is a tenth of this. */
  likenessSoundCharacters: 512 * 1024,
  /** All of a file: beside its pictures, or alone. */
  likenessMillis: 48_000,
  /** Of one kind in a record, before base64: 120 frames of a video with all their cuts, half an hour of a sound. */
  likenessRecordBytes: 64 * 1024,
  /** A file has a picture, or frames and a sound. */
  likenessRecordKinds: 4,
  likenessRecordMissing: 8,
  /** Pictures of results that are held against each other by their cuts too; of more the whole ones are compared alone. */
  alikePicturesWithCuts: 10_000,
  /** Compared at all; those that stand further behind in the results are counted. */
  alikePictures: 100_000,
  /** Shown on a page, and files of each. */
  alikeGroups: 50,
  alikeFiles: 20,

  jsonLabelCharacters: 64 * 1024,
  jsonDepth: 16,
  /** Copies of a GB 45438 label that are looked into; a file has one. */
  labelCopies: 64,
  /** Signatures of labels that are checked in one file. */
  labelSignatures: 16,
  /** Signatures and keys in one label. */
  labelSecurityEntries: 16,

  /** Text handed to a pattern of a signature row; what it looks for stands at the start. */
  patternCharacters: 64 * 1024,
  /** Settings that generators write as JSON; graphs with pictures inside are larger still. */
  settingsCharacters: 4 * 1024 ** 2,
  settingsDepth: 64,
  settingsPairs: 256,
  graphNodes: 4_096,
  /** Links followed from one node of a graph. */
  graphHops: 256,
  promptCharacters: 2_000,
  settingCharacters: 200,

  /** What is kept of a file field by field, beside its Report. */
  evidenceFields: 1_024,
  evidenceCharacters: 96 * 1024,
  evidenceValueCharacters: 512,
  /** Of one value, before it is masked and cut. */
  evidenceMaskedCharacters: 4_096,
  /** Labels whose own bytes are shown, and so many of each. */
  labelsInBytes: 8,
  labelBytes: 256,
  /** From the place of a label its bytes are looked for so far. */
  labelSearchBytes: 256 * 1024,

  /** A place, a name or an error message in the text of a fault. */
  faultParamCharacters: 300,
  /** Values of signals and evidence are shown up to this length in a Report. */
  shownValueCharacters: 1_024,
  /**
   * All that a reading process answers about one file, as JSON: its Report, the Reports of its parts, and what is kept
   * beside them. The largest of a thousand real files takes 135 kB.
   */
  answerBytes: 2 * 1024 ** 2,
  /** Of these the file's own Report: 1,024 parts fit. The largest of a real file takes 38 kB. */
  reportBytes: 1024 ** 2,
  /** Field by field, and what is kept of a manifest store for a recheck without the file; a larger one is not kept. */
  evidenceBytes: 256 * 1024,
  keptTrustCharacters: 512 * 1024,
  /** One text of a Report and one of its lists, where nothing tighter is said. */
  reportTextCharacters: 4_096,
  reportItems: 2_048,
  /** Values in one message of a reading process: to parse so many takes some 5 ms, and 2 MB of nothing else 0.3 s. */
  answerValues: 65_536,
  /** Of these the file's own Report. */
  reportValues: 49_152,
  crJsonCharacters: 2 * 1024 ** 2,
} as const;
