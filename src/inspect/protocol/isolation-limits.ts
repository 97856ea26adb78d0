import { limits } from '../../base/limits.js';

/** Limits of a reading process: the core's limits for one file, and those of the process itself. */
export const isolationLimits = {
  taskMillis: limits.taskMillis,
  allowanceBytesPerMilli: limits.allowanceBytesPerMilli,
  readerTimeShare: limits.readerTimeShare,
  childStartMillis: limits.childStartMillis,
  smallAssetBytes: limits.smallAssetBytes,
  smallProcessMemoryBytes: limits.smallProcessMemoryBytes,
  largeProcessMemoryBytes: limits.largeProcessMemoryBytes,
  answerBytes: limits.answerBytes,
  answerValues: limits.answerValues,
  /** One message with pictures, fingerprints or a manifest store, all in base64. */
  mediaCharacters: 18 * 1024 ** 2,
  hashChunkBytes: limits.hashChunkBytes,

  /** Small files are sent to a process together: up to this many files or bytes. */
  packFiles: 16,
  packBytes: 2 * 1024 ** 2,
  /** Larger files are read individually. */
  packFileBytes: 8 * 1024 ** 2,
  /** Longer records are discarded, and the whole Observation is sent instead. */
  packRecordCharacters: 24_000,
  /** If reading a small file takes longer on average, the disk is read without blocking the process. */
  slowReadMillis: 5,

  /**
   * Bounds leaks of the media libraries. Code keeps being compiled for a long time: of 3,000 small files in one
   * process, the first 500 took 4.8 ms of processor time each including its start, the next 2.7 to 3.0 and the last
   * 2.1.
   */
  filesPerProcess: 5_000,
  /** Files between checks of resident memory; a process that retains more is replaced. */
  filesPerLook: 250,
  keptResidentBytes: 320 * 1024 ** 2,
  /** An idle process retains some 100 MB and is ended after this time. */
  idleMillis: 60_000,
  /** Maximum number of idle processes of both sizes; the oldest are ended first. */
  idleProcesses: 8,
  /** Started processes that have read nothing yet and wait for a file. */
  spareProcesses: 0,
  /** Interval of checks of resident memory if the kernel does not enforce the limit. */
  memoryWatchMillis: 50,
  /** Interval of checks of all processes of a sandbox together. */
  togetherWatchMillis: 250,
  /** Larger files are not copied into a sandbox: a separate one is made for each. */
  copiedAssetBytes: limits.smallAssetBytes,
  /** Size of `/tmp` in a sandbox: libvips writes large pictures there while it rotates them. */
  smallTemporaryBytes: 32 * 1024 ** 2,
  largeTemporaryBytes: 512 * 1024 ** 2,
  /** A process is replaced after this working time, because its processor time is limited too. */
  busyMillis: 300_000,
  /** Time to wait for a killed process; one blocked by a disk that does not respond is then left behind. */
  exitGraceMillis: 500,
  /** Time beyond the file's own in which the parent may finish its hash. */
  unreadGraceMillis: 1_500,
  /** Minimum time for that hash, however late it is: most files need a fraction of it. */
  leastHashMillis: 500,
  /** Last output of a process, used only to recognize the cause of its death. */
  stderrCharacters: 8 * 1024,
};

export type IsolationLimits = Record<keyof typeof isolationLimits, number>;

export interface TimeBudget {
  /** Time for all attempts at one file, and for the parent's hash if all of them fail. */
  taskMillis: number;
  /** Time for the attempts alone; part of the allowance by size is reserved for the hash. */
  attemptsMillis: number;
  stepMillis: number;
}

const HASH_TIME_SHARE = 0.25;

export function computeTimeBudget(bytes: number, bounds: IsolationLimits): TimeBudget {
  const allowanceMillis = bytes / bounds.allowanceBytesPerMilli;
  const taskMillis = bounds.taskMillis + allowanceMillis;
  return {
    taskMillis,
    attemptsMillis: taskMillis - allowanceMillis * HASH_TIME_SHARE,
    stepMillis: taskMillis * bounds.readerTimeShare,
  };
}
