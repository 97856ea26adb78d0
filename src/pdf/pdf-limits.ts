/** Bounds on making a PDF: the report is ours, the strings in it are a file's. */
export const pdfLimits = {
  /** A browser that hangs on a page is ended. */
  chromiumMillis: 30_000,
  /** V8 reserves address space; what is really used is far less. */
  chromiumDataBytes: 4 * 1024 ** 3,
  /** Its processes and their threads: some 120 at work. */
  chromiumProcesses: 512,
  /** On the processor, for each of its processes. */
  chromiumSeconds: 60,
  /** All its processes together, looked at every so often; what they share counts for each. */
  chromiumResidentBytes: 3 * 1024 ** 3,
  chromiumWatchMillis: 250,
  chromiumTemporaryBytes: 128 * 1024 ** 2,
  chromiumSharedMemoryBytes: 64 * 1024 ** 2,
  /** Of a file, and of what its processes hand each other: whole fonts, and some 20 MB for each that has Chinese. */
  chromiumFileBytes: 256 * 1024 ** 2,
  pdfBytes: 64 * 1024 ** 2,
  /** Without a browser. */
  plainMillis: 30_000,
  plainHeapMegabytes: 512,
  /** Blocks of a document; a report has some hundreds. */
  blocks: 20_000,
  /** Nested lists deeper than this are set no further in. */
  indents: 8,
  atOnce: 1,
  waiting: 8,
} as const;
