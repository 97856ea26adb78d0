import { availableParallelism } from 'node:os';

export const PRLIMIT = '/usr/bin/prlimit';

/**
 * From V8 13 on (Node 24), the address range for compiled code (512 MB reserved, hardly used) counts as data: under a
 * limit of that size Node does not even start. Measured with 24.21; 22.23 and 20.20 have no such need.
 */
const CODE_RANGE_BYTES = Number(process.versions.v8.split('.')[0]) >= 13 ? 512 * 1024 ** 2 : 0;

/** Threads of Assay and its libraries, plus some per core for libraries that scale with cores. */
const THREADS = 64 + 4 * availableParallelism();
/** A process is replaced long before; this ends one whose parent no longer watches it. */
const CPU_SECONDS = 3_600;

/** Limits RLIMIT_DATA, not RLIMIT_AS: WebAssembly reserves far more address space than it uses. */
export const memoryLimitCommand = (bytes: number): string[] => [
  PRLIMIT,
  `--data=${bytes + CODE_RANGE_BYTES}`,
  '--core=0',
  '--',
];

/** Limits for a process with a user number or namespace of its own. */
export const processLimitCommand = (memoryBytes: number, fileBytes: number): string[] => [
  PRLIMIT,
  `--data=${memoryBytes + CODE_RANGE_BYTES}`,
  `--nproc=${THREADS}`,
  `--fsize=${fileBytes}`,
  `--cpu=${CPU_SECONDS}`,
  '--core=0',
  '--',
];

/** Limits for a process that shares its user number; `nproc` would count the processes of others too. */
export const sharedUserLimitCommand = (memoryBytes: number, fileBytes: number): string[] =>
  processLimitCommand(memoryBytes, fileBytes).filter((one) => !one.startsWith('--nproc='));

/** Limits for a browser, which brings its own heap and several processes. */
export const browserLimitCommand = (bounds: {
  chromiumDataBytes: number;
  chromiumProcesses: number;
  chromiumSeconds: number;
  chromiumFileBytes: number;
}): string[] => [
  PRLIMIT,
  `--data=${bounds.chromiumDataBytes}`,
  `--nproc=${bounds.chromiumProcesses}`,
  `--fsize=${bounds.chromiumFileBytes}`,
  `--cpu=${bounds.chromiumSeconds}`,
  '--core=0',
  '--',
];
