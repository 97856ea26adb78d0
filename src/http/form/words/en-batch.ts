import type { BatchWords } from './batch-words.js';

export const enBatch: BatchWords = {
  title: 'Batch',
  list: 'Batches',
  about: 'Files that programs sent together, newest first.',
  none: 'There is no batch.',
  begun: 'Begun',
  files: 'Files',
  state: 'State',
  running: (ended, total) => `${ended} of ${total} files have been looked at.`,
  done: (total) => `All of it has come to an end. Files: ${total}.`,
  cancelled: (ended, total) => `It was cancelled. ${ended} of ${total} files had been looked at.`,
  again: 'This page asks again by itself.',
  byState: 'By state',
  results: 'All results, one a line (NDJSON)',
  cancel: 'Cancel what is left',
  cancelTerms: 'Files that wait are not looked at. Reports that are there stay.',
  further: 'Further files',
  first: 'Back to the first',
};
