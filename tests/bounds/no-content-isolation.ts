/** Limits of a reading process that do not prevent any content of a file from being examined. */
export const ISOLATION_NO_CONTENT: Readonly<Record<string, string>> = {
  smallAssetBytes: 'Chooses between two processes; both read the whole file.',
  hashChunkBytes: 'Size of one read of many.',
  packFiles: 'Of those that are sent together; the next ones are sent after them.',
  packBytes: 'Of those that are sent together; the next ones are sent after them.',
  packFileBytes: 'Chooses how a file is sent to a process; both read the whole file.',
  packRecordCharacters:
    'Chooses where a record is made; whoever sends a longer one is ended, and its files are read alone.',
  slowReadMillis: 'Chooses how a file is read from its disk.',
  filesPerProcess: 'After so many a new process reads the next file.',
  filesPerLook: 'How often a process is looked at.',
  keptResidentBytes: 'A process that has become larger is replaced by a new one.',
  idleProcesses: 'So many wait for their next file; the oldest goes.',
  spareProcesses: 'So many stand ready that have read nothing.',
  idleMillis: 'An idle process goes.',
  memoryWatchMillis: 'How often memory is looked at.',
  togetherWatchMillis: 'How often memory is looked at.',
  copiedAssetBytes: 'Chooses how a file is shown to a sandbox.',
  busyMillis: 'After so long a new process reads the next file.',
  exitGraceMillis: 'Of a process that has been given up.',
  unreadGraceMillis: 'For the hash of a file that could not be read, which is said.',
  leastHashMillis: 'For the hash of a file that could not be read, which is said.',
  stderrCharacters: 'The last words of a process that died.',
};

/** Beyond these a reader is stopped: its carrier is `failed`, with a reason in both languages. */
export const ISOLATION_TESTED: Readonly<Record<string, { file: string; title: string }>> = {
  taskMillis: { file: 'inspect/pool/pool.test.ts', title: 'within its time, when every step hangs' },
  allowanceBytesPerMilli: { file: 'core/readers/bombs.test.ts', title: 'limits.allowanceBytesPerMilli' },
  readerTimeShare: { file: 'inspect/pool/pool.test.ts', title: "code: 'reader.deadline'" },
  childStartMillis: { file: 'inspect/pool/pool.test.ts', title: 'never-ready' },
  smallProcessMemoryBytes: { file: 'inspect/pool/pool.test.ts', title: "code: 'reader.memory'" },
  largeProcessMemoryBytes: {
    file: 'inspect/process/hostile-reader.test.ts',
    title: 'uses no more memory than it may, alone or in company',
  },
  answerBytes: { file: 'inspect/pool/pool.test.ts', title: 'tell of many parts, where those are asked for' },
  answerValues: { file: 'inspect/pool/pool.test.ts', title: 'report many values' },
  mediaCharacters: {
    file: 'inspect/process/lines.test.ts',
    title: 'are refused once, and nothing after them is taken, when longer than the bound',
  },
  smallTemporaryBytes: {
    file: 'inspect/process/hostile-reader.test.ts',
    title: 'fills its own small folder, and no disk',
  },
  largeTemporaryBytes: {
    file: 'inspect/process/hostile-reader.test.ts',
    title: 'fills its own small folder, and no disk',
  },
};
