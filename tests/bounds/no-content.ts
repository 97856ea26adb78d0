/**
 * Limits that do not prevent any content of a file from being examined, each with the reason. A new limit must be
 * listed here, or have a file that exceeds it.
 */
export const BOUND_NO_CONTENT: Readonly<Record<string, string>> = {
  smallAssetBytes: 'Chooses between two processes; both read the whole file.',
  hashChunkBytes: 'Size of one read of many.',
  hashThreadChunkBytes: 'Size of one read of many.',
  inMemoryAssetBytes: 'Larger files are read piece by piece instead of at once.',
  embeddedAssets: 'Tracks and stored pictures that facts are told of; no label stands in those facts.',
  sniffBytes:
    'A format that is not told by then is not recognised, and the Report says so of the whole file.',
  assetNameCharacters: 'The file’s name comes from outside, and what is looked for stands at its start.',
  declaredMediaTypeCharacters: 'Comes from outside.',
  textValueCharacters: 'Only tells that a graph was cut by whoever stored it.',
  tagHexBytes: 'How a value that is no text is shown.',
  privateSampleBytes: 'Text is read on from there; of binary data the start tells what they are.',
  seftSearchBytes:
    'Samsung’s trailer ends a file; what else stands behind a picture is told by the carrier parts.',
  partTypeProbes:
    'What stands behind an end is told all the same, and its type is decided when it is looked into.',
  partRewalks: 'A part then ends where an index says, or where the next begins, and is told all the same.',
  apeSearchBytes:
    'The tag stands at the very end; this far off it is looked for where bytes were added behind it.',
  pdfWordBytes: 'A longer word is parted, and none that is looked for is so long.',
  videoStartBytes:
    'Messages stand before the first frames, as with those; a frame longer than this is cut, and its messages come first.',
  seiFrames:
    'Encoders write their messages before the first frames: that they were looked into is what having looked means.',
  manifestDepth: 'No chain of ingredients is longer than the manifests it is made of, which are bounded.',
  followingSteps: 'Of the steps that were read, how many kinds are named.',
  actionCharacters: 'Of the name of a step that was read, how much is shown.',
  outsideHosts: 'Of the places outside of a document, how many are named; they are counted all the same.',
  contradictions: 'Of what was found, how much is shown.',
  whyMissing: 'Of what was found, how much is shown.',
  visibleWordsPixels: 'Larger pictures are scaled down to it before their corners are read.',
  defaultPicturePixels:
    'Pixels of larger pictures are looked at when asked, and the read says that they were not.',
  labelSignatures: 'The labels are read; a signature past this is said not to have been checked.',
  labelSecurityEntries: 'The label is read; that entries of it were left out is said as a fact of it.',
  patternCharacters: 'The patterns of all rows hold at the start of a text (asked below).',
  settingsPairs: 'Inputs of a node in a graph that was only drawn, which says nothing of the file.',
  xmpPrefixes:
    'Of a packet that is not well formed; past it none is declared, and the packet is said to be malformed.',
  promptCharacters: 'Of what was read, how much is shown.',
  settingCharacters: 'Of what was read, how much is shown.',
  evidenceFields: 'Of what was read, how much is kept for people to look at.',
  evidenceCharacters: 'Of what was read, how much is kept for people to look at.',
  evidenceValueCharacters: 'Of what was read, how much is kept for people to look at.',
  evidenceMaskedCharacters: 'Of what was read, how much is kept for people to look at.',
  labelsInBytes: 'Of the labels that were read, how many are shown byte by byte.',
  labelBytes: 'Of the labels that were read, how much is shown byte by byte.',
  labelSearchBytes: 'Where the bytes of a label that was read are looked for, to be shown.',
  evidenceBytes: 'Of what was read, how much is kept for people to look at.',
  storedTrustCharacters: 'A larger store is not kept for a recheck; the file itself is read as ever.',
  // Previews contain no labels. A preview that was not made has its reason.
  previewPixels: 'Size of a picture that is made.',
  storedPicturePixels: 'Size of a picture that is made.',
  historyPicturePixels: 'Size of a picture that is made.',
  framePixels: 'Size of a picture that is made.',
  largePicturePixels: 'Size of a picture that is made.',
  waveformPixels: 'Size of a picture that is made.',
  waveformMillis: 'The waveform is of the beginning then, and says so.',
  waveformSamples: 'The waveform is of the beginning then, and says so.',
  smallPictureBytes: 'A picture that stays larger is missing, with this reason.',
  picturesBytes: 'Pictures that have no room are missing, with this reason.',
  historyPictures: 'The others are missing, with this reason.',
  partPictures: 'The cards of the others have no picture; their parts are read as ever.',
  partPicturesMillis: 'The cards of the others have no picture; their parts are read as ever.',
  videoFrames: 'Frames of a video for people to look at.',
  framesMillis: 'The others are missing, with this reason.',
  picturesMillis: 'They are missing, with this reason.',
  recodeMillis: 'They are missing, with this reason.',
  fingerprintPixels: 'Size of a picture that is compared.',
  fingerprintFramePixels: 'Size of a picture that is compared.',
  fingerprintMinPixels: 'A fingerprint is not made of it, and it says so.',
  fingerprintFrames: 'A fingerprint is of the beginning then, and says so.',
  fingerprintFrameBytes: 'Only a decoder that is taken over hands over more: the frames before it count.',
  fingerprintFramesMillis: 'A fingerprint is of the beginning then, and says so.',
  fingerprintSoundMillis: 'A fingerprint is of the beginning then, and says so.',
  fingerprintSoundSeconds: 'A fingerprint is of the beginning then, and says so.',
  fingerprintMinSeconds: 'A fingerprint is not made of it, and it says so.',
  fpcalcOutputCharacters:
    'Only a program that is taken over prints more: then there is no fingerprint, and it is said.',
  fingerprintMillis: 'They are missing, with this reason.',
  fingerprintRecordBytes:
    'A record keeps frames all along a video, or the beginning of a sound, and says of how many.',
  fingerprintRecordKinds: 'A file has fewer.',
  fingerprintRecordMissing: 'A file has fewer.',
  similarPicturesWithCrops: 'Cuts of further pictures are not compared, and the page says so.',
  similarPictures: 'Further pictures are counted, and the page says so.',
  similarGroups: 'The page says that there are more.',
  similarFiles: 'The page says of how many.',
  exportedManifestStoreBytes: 'A store that is larger is not given and not kept, with this reason.',
};

/**
 * Limits that a test elsewhere exceeds, because it takes a process, an archive or much time. The test's title must be
 * in that file.
 */
export const TESTED_ELSEWHERE: Readonly<Record<string, { file: string; title: string }>> = {
  tesseractMillis: { file: 'core/readers/visible-words.test.ts', title: 'hangs' },
  tesseractOutputBytes: { file: 'core/readers/visible-words.test.ts', title: 'writes without end' },
  visibleWordsMinPixels: {
    file: 'core/readers/visible-words.test.ts',
    title: 'strips and small pictures have no corner to read',
  },
  mxfTriplets: { file: 'core/readers/broadcast.test.ts', title: 'bounds of MXF are said' },
  mxfPartitions: { file: 'core/readers/broadcast.test.ts', title: 'bounds of MXF are said' },
  mxfSets: { file: 'core/readers/broadcast.test.ts', title: 'bounds of MXF are said' },
  mxfMetadataBytes: { file: 'core/readers/broadcast.test.ts', title: 'bounds of MXF are said' },
  asfObjects: { file: 'core/readers/broadcast.test.ts', title: 'bounds of ASF are said' },
  asfAttributes: { file: 'core/readers/broadcast.test.ts', title: 'bounds of ASF are said' },
  tsPackets: { file: 'core/readers/broadcast.test.ts', title: 'bounds of transport streams are said' },
  tsPrograms: { file: 'core/readers/broadcast.test.ts', title: 'bounds of transport streams are said' },
  tsVideos: { file: 'core/readers/broadcast.test.ts', title: 'bounds of transport streams are said' },
  timedMetadataBytes: {
    file: 'core/readers/broadcast.test.ts',
    title: 'bounds of transport streams are said',
  },
  psPackets: { file: 'core/readers/broadcast.test.ts', title: 'a bound is said where no video has been met' },
  analyzedParts: { file: 'core/pipeline/inside/bounds.test.ts', title: 'is looked into up to a number' },
  partDepth: { file: 'core/pipeline/inside/bounds.test.ts', title: 'is looked into up to a depth' },
  partBytes: { file: 'core/pipeline/inside/bounds.test.ts', title: 'where one part is larger than that' },
  unpackedPartBytes: {
    file: 'core/pipeline/inside/bounds.test.ts',
    title: 'up to so many bytes a part and in all',
  },
  unpackedPartsBytes: {
    file: 'core/pipeline/inside/bounds.test.ts',
    title: 'up to so many bytes a part and in all',
  },
  partsMillis: { file: 'core/pipeline/inside/bounds.test.ts', title: 'is not begun when the time is up' },
  partNameCharacters: {
    file: 'core/pipeline/inside/bounds.test.ts',
    title: 'is called by a name that is not longer',
  },
  partReportsBytes: { file: 'core/pipeline/inside/bounds.test.ts', title: 'as far as there is room' },
  answerBytes: { file: 'inspect/pool/pool.test.ts', title: 'tell of many parts, where those are asked for' },
  answerValues: { file: 'inspect/pool/pool.test.ts', title: 'report many values' },
  crJsonCharacters: {
    file: 'inspect/checks/cr-json-check.test.ts',
    title: 'longer than its bound, or of more values',
  },
  pdfListedObjects: {
    file: 'core/readers/pdf-parts.test.ts',
    title: 'of more objects than are looked through',
  },
  pdfListedBytes: {
    file: 'core/readers/pdf-parts.test.ts',
    title: 'of more bytes of objects than are looked through',
  },
  pdfEndSearchBytes: { file: 'core/readers/pdf-parts.test.ts', title: 'of 10,000 streams that end nowhere' },
  xmpSidecars: {
    file: 'core/readers/xmp-sidecars.test.ts',
    title: 'eight of XMP and one store, and no more',
  },
  faultParamCharacters: { file: 'faults/codes.test.ts', title: 'keeps a place or an error message short' },
  initSegmentBytes: {
    file: 'core/readers/c2pa/segments.test.ts',
    title: 'one that is larger than the bound',
  },
  smallProcessMemoryBytes: { file: 'inspect/pool/pool.test.ts', title: "code: 'reader.memory'" },
  largeProcessMemoryBytes: {
    file: 'inspect/process/hostile-reader.test.ts',
    title: 'uses no more memory than it may, alone or in company',
  },
  taskMillis: { file: 'inspect/pool/pool.test.ts', title: 'within its time, when every step hangs' },
  allowanceBytesPerMilli: { file: 'core/readers/bombs.test.ts', title: 'limits.allowanceBytesPerMilli' },
  readerTimeShare: { file: 'inspect/pool/pool.test.ts', title: "code: 'reader.deadline'" },
  childStartMillis: { file: 'inspect/pool/pool.test.ts', title: 'never-ready' },
  partRatio: { file: 'core/pipeline/inside/archives.test.ts', title: 'grows beyond any picture' },
  partRatioFromBytes: { file: 'core/pipeline/inside/archives.test.ts', title: 'grows beyond any picture' },
  pdfUnpackedBytes: { file: 'core/readers/manifest-store-pdf.test.ts', title: "'a bomb'" },
  pdfNesting: {
    file: 'core/readers/manifest-store-pdf.test.ts',
    title: 'a length that names its own stream, in a large file',
  },
};

/** Limits that no file of a test can exceed, each with the nearest limit that uses the same code path. */
export const NOT_REACHED: Readonly<Record<string, { why: string; sibling: string }>> = {
  reportTextCharacters: {
    why: 'What is quoted of a file is cut shorter where it is read.',
    sibling: 'reportItems',
  },
  reportValues: { why: 'Lists of a Report are full, or its bytes, before.', sibling: 'reportItems' },
  manifestStoreCharacters: {
    why: 'An engine would have to make 32 MiB of JSON of a store that it can read.',
    sibling: 'statusCodes',
  },
  pdfPackedObjects: {
    why: 'Their numbers would have to stand in streams that unpack to less than the bound on those.',
    sibling: 'pdfSteps',
  },
  visibleFramesMillis: {
    why: 'Only where reading words hangs in frame after frame; the fault is that of one frame.',
    sibling: 'picturePixels',
  },
  ffmpegMillis: { why: 'Only a decoder that hangs takes so long.', sibling: 'picturePixels' },
  ffmpegOutputBytes: { why: 'Only a decoder that is taken over writes so much.', sibling: 'picturePixels' },
};
