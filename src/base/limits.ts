/**
 * All limits on untrusted input, with their unit in the name. Exceeding one makes the read `failed` or `malformed` with
 * its code; it is never silent.
 */
export const limits = {
  /** Files up to this size are read under the small memory limit. */
  smallAssetBytes: 32 * 1024 ** 2,
  smallProcessMemoryBytes: 512 * 1024 ** 2,
  /** The native engine needs about 590 MB on a 1 GB video, the WASM one about 1,360 MB. */
  largeProcessMemoryBytes: 2 * 1024 ** 3,

  /** Time for one file, without the allowance by its size. */
  taskMillis: 20_000,
  /** Additional time: the rate at which reading and hashing must be possible. */
  allowanceBytesPerMilli: 20_000,
  /** Share of the task's time that one reader may use before its process is killed. */
  readerTimeShare: 0.3,
  /** A child process that has not reported ready by then is considered broken. */
  childStartMillis: 10_000,

  hashChunkBytes: 1024 ** 2,
  /** Chunk size of threads that only read and hash; small enough to be hashed while still in the processor's cache. */
  hashThreadChunkBytes: 128 * 1024,
  /** Smaller files are read with one call, which costs less than the dozen calls of the readers. */
  inMemoryAssetBytes: 4 * 1024 ** 2,

  /** Bytes at the head of a file that decide its media type. */
  sniffBytes: 64 * 1024,
  assetNameCharacters: 255,
  declaredMediaTypeCharacters: 127,

  /** Positions in a file’s texts that are checked for a phrase about AI, at some 20 microseconds each. */
  aiTextPositions: 8_192,
  /** One text value taken from a file into evidence; longer values are cut and marked. */
  textValueCharacters: 64 * 1024,
  /** Sum of all text of one carrier. */
  carrierTextCharacters: 4 * 1024 ** 2,
  tagsPerCarrier: 4_096,
  /** One tag of a sound or video container. ComfyUI stores whole graphs in them. */
  tagValueBytes: 512 * 1024,
  /** Binary values are shown in hexadecimal up to this length; of longer ones only the length is shown. */
  tagHexBytes: 32,

  pngChunks: 65_536,
  pngTextChunks: 1_024,
  /** Maximum size of a decompressed text chunk. */
  inflatedTextBytes: 4 * 1024 ** 2,

  jpegSegments: 4_096,
  psdResources: 4_096,
  xmpPacketBytes: 8 * 1024 ** 2,
  xmpPackets: 8,
  xmpDepth: 32,
  /** Prefixes of an XMP packet that leaves some of them undeclared. */
  xmpPrefixes: 32,
  xmpProperties: 8_192,

  exifBlockBytes: 16 * 1024 ** 2,
  iimBlockBytes: 8 * 1024 ** 2,
  /** Sum of the EXIF, XMP and IPTC blocks of one file. A file may contain thousands that point to the same bytes. */
  metadataBlocksBytes: 64 * 1024 ** 2,
  exifIfds: 64,
  tiffEntries: 65_536,
  svgBytes: 16 * 1024 ** 2,
  /** Tags of an SVG that are skipped on the way to its metadata. */
  svgTags: 262_144,

  /** One object of a PDF on the way to its manifest store. Streams have their own limit. */
  pdfObjectBytes: 1024 ** 2,
  pdfValues: 65_536,
  pdfDepth: 32,
  pdfWordBytes: 4_096,
  /** Cross-reference sections; every incremental update of the file adds one. */
  pdfSections: 1_024,
  /** Number ranges of all sections together; every lookup of an object searches them. */
  pdfReferenceRuns: 32_768,
  /** References followed in one file. */
  pdfSteps: 4_096,
  /** Nesting of streams whose length is an object that lies within a stream itself. */
  pdfNesting: 4,
  /** Embedded files that are examined, and nodes of the tree that names them. */
  pdfFiles: 1_024,
  /** Sum of the compressed streams that hold cross-references and objects. */
  pdfUnpackedBytes: 32 * 1024 ** 2,
  pdfPackedObjects: 262_144,
  /** Objects that are searched for pictures and files, and the bytes of those that are not streams. */
  pdfListedObjects: 262_144,
  pdfListedBytes: 16 * 1024 ** 2,
  /** Bytes searched for the ends of streams whose stated length is wrong. */
  pdfEndSearchBytes: 64 * 1024 ** 2,
  /**
   * Limits of the search when the cross-references are unusable: bytes searched for objects, headers and trailers
   * found, and bytes of their dictionaries.
   */
  pdfSearchedBytes: 64 * 1024 ** 2,
  pdfSearchedObjects: 65_536,
  pdfSearchedDictionaryBytes: 16 * 1024 ** 2,

  /** Header comments of a PostScript file, and the bytes searched for XMP and pictures. */
  postScriptHeaderBytes: 1024 ** 2,
  postScriptBytes: 128 * 1024 ** 2,

  gifBlocks: 65_536,
  /** GIF data are divided into sub-blocks of at most 255 bytes; this many hold 256 MiB. */
  gifSubBlocks: 1_052_688,

  /** Entries of the chunk tables of all parts of an OpenEXR file. */
  exrChunks: 1_048_576,

  heifItems: 4_096,
  heifInfoBytes: 4_096,
  /** Extents of all items together, and of one picture with its tiles. */
  heifExtents: 262_144,
  /** Size of the box with the locations of the items; enough for a picture of 65,535 tiles. */
  heifLocationBytes: 4 * 1024 ** 2,

  comments: 1_024,
  privateChunks: 256,
  /** Bytes of one private chunk that decide whether it is text and are then read. */
  privateSampleBytes: 64 * 1024,
  privateChunkBytes: 1024 ** 2,
  seftRecords: 1_024,
  seftNameBytes: 256,
  /** Distance from the end of the file in which Samsung’s trailer is searched. */
  seftSearchBytes: 64 * 1024,
  quantisationTables: 64,

  bmffBoxes: 16_384,
  /** Boxes that are counted before a file is given to a C2PA engine; ten hours of fragments have as many. */
  engineBoxes: 262_144,
  bmffDepth: 16,
  riffChunks: 16_384,
  /** Consecutive RIFF forms: an AVI longer than 1 GB is divided into several. */
  riffForms: 64,
  /** Header and text lists that are opened. */
  riffLists: 256,
  ixmlBytes: 1024 ** 2,
  ixmlTags: 16_384,
  /** EBML elements; a live recording has one for every frame. */
  ebmlElements: 524_288,
  ebmlSimpleTagDepth: 8,
  /** FLV tags; a recording has one for every frame and for every 20 to 60 ms of sound. This allows four hours. */
  flvTags: 1_048_576,
  asfObjects: 4_096,
  asfAttributes: 16_384,
  /** KLV triplets of an MXF file that are skipped one by one if its partitions are not listed. */
  mxfTriplets: 131_072,
  mxfPartitions: 4_096,
  mxfSets: 32_768,
  /** Header metadata with their repetitions in further partitions. */
  mxfMetadataBytes: 16 * 1024 ** 2,
  /** Packets of a transport stream: some twelve megabytes. The program tables are repeated ten times a second. */
  tsPackets: 65_536,
  /** Programs, video streams and timed metadata streams that are examined. */
  tsPrograms: 64,
  tsVideos: 8,
  /** Packets of a program stream. */
  psPackets: 16_384,
  /** Start of a fragmented video, reassembled. */
  videoStartBytes: 1024 ** 2,
  /** Timed metadata of one stream. */
  timedMetadataBytes: 4 * 1024 ** 2,
  amfDepth: 8,
  id3TagBytes: 64 * 1024 ** 2,
  id3Frames: 4_096,
  id3Tags: 4,
  apeTagBytes: 16 * 1024 ** 2,
  /** Distance from the end in which an APE tag is searched that is not at the very end. */
  apeSearchBytes: 64 * 1024,
  flacBlocks: 1_024,
  /** Numbers and texts that the sound library reads one by one. */
  soundReads: 131_072,
  /** Samples of a track run that uses no bytes per sample. */
  defaultSamples: 65_536,
  oggPages: 4_096,
  oggStreams: 16,
  /** Comments of all streams of a file, including cover pictures. */
  vorbisCommentBytes: 32 * 1024 ** 2,

  /** Frames searched for messages to the decoder, which stand in the first frames. */
  seiFrames: 16,
  /** Chunks, blocks or fragments searched for those frames. */
  frameParts: 256,
  seiUnits: 4_096,
  /** Size of one message. Longer ones hold captions or HDR data for a decoder. */
  seiMessageBytes: 64 * 1024,
  /** Tracks and pictures of one kind that are listed individually. */
  embeddedAssets: 64,
  /** Embedded assets that a reader lists for one file. */
  parts: 1_024,
  /**
   * Attempts to recognise a file within other bytes when its signature is not sufficient, and walks over such bytes
   * that may find no end or are repeated.
   */
  partTypeProbes: 16,
  partRewalks: 4,
  /** Embedded assets that are analyzed, over a file and all nested parts. */
  analyzedParts: 256,
  /** Depth of parts within parts. */
  partDepth: 4,
  /** Size of a part that lies in the file uncompressed; the native engine loads it whole. */
  partBytes: 256 * 1024 ** 2,
  /** Size of one part that has to be unpacked, and of all of them together. */
  unpackedPartBytes: 64 * 1024 ** 2,
  unpackedPartsBytes: 512 * 1024 ** 2,
  /** No further part is started after this time. */
  partsMillis: 8_000,
  /** A member is not unpacked if it grows by more than this factor and beyond `partRatioFromBytes`. */
  partRatio: 200,
  partRatioFromBytes: 16 * 1024 ** 2,
  /** Members of a ZIP or tar that are walked, whether media or not. */
  archiveMembers: 32_768,
  /** XML of a document with its properties or links: one unpacked member, and all of a file together. */
  documentXmlBytes: 4 * 1024 ** 2,
  documentXmlTotalBytes: 32 * 1024 ** 2,
  documentXmlElements: 131_072,
  /** Elements and attributes of a whole file; a short text may contain a million of them. */
  documentXmlTotalElements: 1_048_576,
  /** External hosts linked by a document that are named. */
  outsideHosts: 4,
  /** A mail is parsed in memory; its attachments are then read in place. */
  mailBytes: 64 * 1024 ** 2,
  /** Parts of a mail, including its texts and multipart containers. */
  mailParts: 4_096,
  mailDepth: 32,
  mailHeadersBytes: 1024 ** 2,
  /** Streams and storages of a compound file (MSG, old Office), and their nesting. */
  compoundEntries: 16_384,
  compoundDepth: 32,
  /** Title, author and dates of an old Office document, including a thumbnail. */
  propertySetBytes: 4 * 1024 ** 2,
  /** Records of an old Excel workbook without its sheets, or of a PowerPoint file; two thousand slides have as many. */
  officeRecords: 2_097_152,
  /** Name of a part as stated by the file. */
  partNameCharacters: 255,
  /** JSON of all part Reports that are returned with the file's Report. */
  partReportsBytes: 2 * 1024 ** 2,
  /** Bytes behind a picture's end that are checked for being only padding. */
  paddingSearchBytes: 16 * 1024 ** 2,

  manifestStoreCharacters: 32 * 1024 ** 2,
  /** Manifest store in a sidecar file. */
  sidecarBytes: 64 * 1024 ** 2,
  /** XMP sidecar files of one file. */
  xmpSidecars: 8,
  /** Initialisation segment passed with a segment; most have a few kilobytes. */
  initSegmentBytes: 64 * 1024 ** 2,
  /** Manifest store that is exported as it stands in the file, or stored. */
  exportedManifestStoreBytes: 8 * 1024 ** 2,
  manifests: 1_024,
  /** Length of a chain of manifests, which cannot exceed their number. */
  manifestDepth: 1_024,
  actionsPerManifest: 4_096,
  /** Kinds of later steps that a Report lists for a statement. */
  followingSteps: 16,
  /** Name of such a step. */
  actionCharacters: 64,
  /** Data of one assertion stored for detectors. Hashes and pictures are longer. */
  assertionCharacters: 1024 ** 2,
  statusCodes: 8_192,
  /** Pairs of contradicting statements shown in a Report. */
  contradictions: 16,
  whyMissing: 8,

  /** Larger pictures are not decoded. At this size decoding takes at most 0.95 GB in the large process (AVIF). */
  picturePixels: 8192 * 6144,
  /** Limit without `--deep`, in the small process. WebP of 24 million pixels does not fit there; this takes 0.27 GB. */
  defaultPicturePixels: 16_777_216,
  stealthBytes: 1024 ** 2,
  signedTextBytes: 4 * 1024 ** 2,
  signedTexts: 16,
  thumbnailBytes: 4 * 1024 ** 2,
  thumbnailPixels: 4_000_000,
  ffmpegMillis: 5_000,
  ffmpegOutputBytes: 8 * 1024 ** 2,
  /** Time for one line of a picture; twenty times what it takes on an idle machine. */
  tesseractMillis: 5_000,
  /** Table of the words of one line; a line of three hundred words has 20 kB. */
  tesseractOutputBytes: 256 * 1024,
  /** Longer side of the picture whose corners are read, and the least shorter side: glyphs of less have too few pixels. */
  visibleWordsPixels: 2_048,
  visibleWordsMinPixels: 256,
  /** No further frame of a video is read after this time. */
  visibleFramesMillis: 20_000,

  /** Longer side, in pixels, of each kind of thumbnail. */
  previewPixels: 1_280,
  /** Longer side of the large picture that a preview opens. */
  largePicturePixels: 2_048,
  waveformPixels: 1_200,
  storedPicturePixels: 640,
  historyPicturePixels: 320,
  framePixels: 480,
  /** One encoded thumbnail. */
  smallPictureBytes: 1024 ** 2,
  /** All thumbnails of a file together; the last ones are dropped. */
  picturesBytes: 4 * 1024 ** 2,
  /** Thumbnails stored in manifests, including that of the active one. */
  historyPictures: 24,
  /** Pictures inside a document, mail or archive of which small ones are made; the first ones in the file. */
  partPictures: 24,
  /** No further one of them is started after this time. */
  partPicturesMillis: 18_000,
  videoFrames: 6,
  /** No further key frame is started after this time. */
  framesMillis: 18_000,
  /** Decoding time for a waveform; if it runs out, the waveform shows only the beginning. */
  waveformMillis: 8_000,
  /** Samples of a waveform: some eight hours. Only a compromised decoder returns more in that time. */
  waveformSamples: 1_000_000_000,
  /** All thumbnails of one file, including those retried after a crash. */
  picturesMillis: 26_000,
  /** Time to decode and encode those pictures again. */
  recodeMillis: 12_000,

  /** Longer side of pictures before they are fingerprinted, and of each frame of a video. */
  fingerprintPixels: 512,
  fingerprintFramePixels: 256,
  /** Shorter side at that size. Strips and dots have nothing to compare. */
  fingerprintMinPixels: 64,
  /** Frames of a video: ten minutes at two a second. */
  fingerprintFrames: 1_200,
  /** One frame as returned by ffmpeg. */
  fingerprintFrameBytes: 256 * 1024,
  /** Time to decode frames and sound; what was decoded by then is used. */
  fingerprintFramesMillis: 30_000,
  fingerprintSoundMillis: 10_000,
  fingerprintSoundSeconds: 600,
  /** Shorter sounds have too few values to be distinguished. */
  fingerprintMinSeconds: 10,
  /** Output of fpcalc; for the maximum length it prints a tenth of this. */
  fpcalcOutputCharacters: 512 * 1024,
  /** All fingerprints of a file, whether its thumbnails are made too or not. */
  fingerprintMillis: 48_000,
  /**
   * Fingerprints of one kind in a record, before base64: 120 frames of a video with all their crops, or half an hour of
   * sound.
   */
  fingerprintRecordBytes: 64 * 1024,
  /** Kinds of fingerprints of a file: a picture, or frames and a sound. */
  fingerprintRecordKinds: 4,
  fingerprintRecordMissing: 8,
  /** Pictures of a scan that are also compared by their crops; beyond it only whole pictures are compared. */
  similarPicturesWithCrops: 10_000,
  /** Pictures that are compared; later ones in the results are only counted. */
  similarPictures: 100_000,
  /** Groups shown on a page, and files of each. */
  similarGroups: 50,
  similarFiles: 20,

  jsonLabelCharacters: 64 * 1024,
  jsonDepth: 16,
  /** Copies of a GB 45438 label that are examined; a file has one. */
  labelCopies: 64,
  /** Label signatures that are verified in one file. */
  labelSignatures: 16,
  /** Signatures and keys in one label. */
  labelSecurityEntries: 16,

  /** Text matched by the pattern of a signature row; the patterns match near the start. */
  patternCharacters: 64 * 1024,
  /** JSON settings of generators; graphs with embedded pictures are even larger. */
  settingsCharacters: 4 * 1024 ** 2,
  settingsDepth: 64,
  settingsPairs: 256,
  graphNodes: 4_096,
  /** Links followed from one node of a graph. */
  graphHops: 256,
  promptCharacters: 2_000,
  settingCharacters: 200,

  /** Fields of the evidence view stored with a Report. */
  evidenceFields: 1_024,
  evidenceCharacters: 96 * 1024,
  evidenceValueCharacters: 512,
  /** Length of one value before it is masked and cut. */
  evidenceMaskedCharacters: 4_096,
  /** Labels whose raw bytes are shown, and the number of bytes. */
  labelsInBytes: 8,
  labelBytes: 256,
  /** Distance from a label's locator in which its bytes are searched. */
  labelSearchBytes: 256 * 1024,

  /** Locator, name or error message in the text of a fault. */
  faultParamCharacters: 300,
  /** Values of signals and evidence are shown up to this length in a Report. */
  shownValueCharacters: 1_024,
  /**
   * JSON that a reading process returns for one file: its Report, the Reports of its parts and the data stored with
   * them. The largest answer of a thousand real files has 135 kB.
   */
  answerBytes: 2 * 1024 ** 2,
  /** Part of `answerBytes` for the file's own Report; enough for 1,024 parts. The largest of a real file has 38 kB. */
  reportBytes: 1024 ** 2,
  /** Evidence view, and stored trust data for a recheck without the file; larger data are not stored. */
  evidenceBytes: 256 * 1024,
  storedTrustCharacters: 512 * 1024,
  /** One text and one list of a Report, if no stricter limit applies. */
  reportTextCharacters: 4_096,
  reportItems: 2_048,
  /**
   * Values in one message of a reading process. Parsing this many takes some 5 ms; 2 MB of nothing but values would
   * take 0.3 s.
   */
  answerValues: 65_536,
  /** Part of `answerValues` for the file's own Report. */
  reportValues: 49_152,
  crJsonCharacters: 2 * 1024 ** 2,
} as const;
