/** Bounds on making a PDF: the report is ours, the strings in it are a file's. */
export const pdfLimits = {
  /** A browser that hangs on a page is ended. */
  chromiumMillis: 30_000,
  /** V8 reserves address space; what is really used is far less. */
  chromiumDataBytes: 4 * 1024 ** 3,
  chromiumTemporaryBytes: 128 * 1024 ** 2,
  chromiumSharedMemoryBytes: 64 * 1024 ** 2,
  /** Also the most the browser may write to a file. */
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
