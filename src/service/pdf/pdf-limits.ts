/** Bounds of making a PDF: the report comes from Assay, but its strings from a file. */
export const pdfLimits = {
  /** A browser that hangs on a page is killed after this time. */
  chromiumMillis: 30_000,
  /** V8 reserves address space; it uses far less. */
  chromiumDataBytes: 4 * 1024 ** 3,
  /** Processes and threads of the browser: some 120 in use. */
  chromiumProcesses: 512,
  /** Processor time of each of its processes. */
  chromiumSeconds: 60,
  /** Resident memory of all its processes together, checked at intervals; shared pages count for each. */
  chromiumResidentBytes: 3 * 1024 ** 3,
  chromiumWatchMillis: 250,
  chromiumTemporaryBytes: 128 * 1024 ** 2,
  chromiumSharedMemoryBytes: 64 * 1024 ** 2,
  /** Size of a file, and of shared memory between its processes: whole fonts, and some 20 MB for each that has Chinese. */
  chromiumFileBytes: 256 * 1024 ** 2,
  pdfBytes: 64 * 1024 ** 2,
  /** Bounds without a browser. */
  plainMillis: 30_000,
  plainHeapMegabytes: 512,
  /** Blocks of a document; a report has some hundreds. */
  blocks: 20_000,
  /** Nested lists deeper than this are not indented further. */
  indents: 8,
  atOnce: 1,
  waiting: 8,
} as const;
