import { limits } from '../core/ground/limits.js';

/** What bounds a reading process: the core's figures for one file, and those of the process itself. */
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
  /** One message with pictures, what a file looks and sounds like, or a manifest store, all in base64. */
  mediaCharacters: 18 * 1024 ** 2,
  hashChunkBytes: limits.hashChunkBytes,

  /** Small files are sent to a process together: so many, or until these bytes are full. */
  packFiles: 16,
  packBytes: 2 * 1024 ** 2,
  /** A larger one is read by itself. */
  packFileBytes: 8 * 1024 ** 2,
  /** A record made in the process that is longer is none: the whole Observation is sent in its place. */
  packRecordCharacters: 24_000,
  /** Where it takes so long to read a small file, on average, nothing waits for this disk in between. */
  slowReadMillis: 5,

  /**
   * Leaks of the media libraries end here. A process's code goes on being compiled for long: of 3,000 small files in
   * one, the first 500 took 4.8 ms of processor time each, its start counted, the next 2.7 to 3.0 and the last 2.1.
   */
  filesPerProcess: 5_000,
  /** After so many files it is looked at how large it has become, and one that keeps more than this is replaced. */
  filesPerLook: 250,
  keptResidentBytes: 320 * 1024 ** 2,
  /** An idle process keeps some 100 MB; it goes after this. */
  idleMillis: 60_000,
  /** And the oldest of them, of either kind, where there are more. */
  idleProcesses: 8,
  /** Processes that have read nothing yet and wait for whoever comes. */
  spareProcesses: 0,
  /** Where the kernel does not keep the memory limit, how often resident memory is looked at. */
  memoryWatchMillis: 50,
  /** And in a sandbox, how often all its processes together are. */
  togetherWatchMillis: 250,
  /** Larger files are not copied into a sandbox: one of their own is made around each. */
  copiedAssetBytes: limits.smallAssetBytes,
  /** What a sandbox holds in `/tmp`: libvips writes large pictures there while it turns them. */
  smallTemporaryBytes: 32 * 1024 ** 2,
  largeTemporaryBytes: 512 * 1024 ** 2,
  /** A process that was at work for so long is replaced: its time on the processor is limited too. */
  busyMillis: 300_000,
  /** A killed process that has not gone by then (a disk that does not answer) is no longer waited for. */
  exitGraceMillis: 500,
  /** Past the file's time, the parent may still finish its own hash for so long. */
  unreadGraceMillis: 1_500,
  /** And at least so long, however late it has become: most files are hashed in a fraction of it. */
  leastHashMillis: 500,
  /** The last words of a process, looked at only to recognise why it died. */
  stderrCharacters: 8 * 1024,
};

export type IsolationLimits = Record<keyof typeof isolationLimits, number>;

export interface TimeBudget {
  /** All attempts at one file, and the parent's own hash where they all fail. */
  taskMillis: number;
  /** The attempts alone: part of the allowance by size is kept back for that hash. */
  attemptsMillis: number;
  stepMillis: number;
}

const SHARE_KEPT_FOR_HASH = 0.25;

export function timeBudget(bytes: number, bounds: IsolationLimits): TimeBudget {
  const allowanceMillis = bytes / bounds.allowanceBytesPerMilli;
  const taskMillis = bounds.taskMillis + allowanceMillis;
  return {
    taskMillis,
    attemptsMillis: taskMillis - allowanceMillis * SHARE_KEPT_FOR_HASH,
    stepMillis: taskMillis * bounds.readerTimeShare,
  };
}
