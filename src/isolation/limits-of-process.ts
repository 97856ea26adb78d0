import { availableParallelism } from 'node:os';

export const PRLIMIT = '/usr/bin/prlimit';

/**
 * From V8 13 on (Node 24) the address range for compiled code, 512 MB that are reserved and hardly used, counts as
 * data: under a limit of that size Node does not even start. Measured on 24.21; 22.23 and 20.20 have no such need.
 */
const CODE_RANGE_BYTES = Number(process.versions.v8.split('.')[0]) >= 13 ? 512 * 1024 ** 2 : 0;

/** Some of our own and of each library, and one a core for those that take as many as there are. */
const THREADS = 64 + 4 * availableParallelism();
/** A process is replaced long before; this ends one whose parent does not look any more. */
const CPU_SECONDS = 3_600;

/** RLIMIT_DATA, not RLIMIT_AS: WebAssembly reserves far more address space than it uses. */
export const limitMemory = (bytes: number): string[] => [
  PRLIMIT,
  `--data=${bytes + CODE_RANGE_BYTES}`,
  '--core=0',
  '--',
];

/** For a process with a user number or namespace of its own. */
export const limitAll = (memoryBytes: number, fileBytes: number): string[] => [
  PRLIMIT,
  `--data=${memoryBytes + CODE_RANGE_BYTES}`,
  `--nproc=${THREADS}`,
  `--fsize=${fileBytes}`,
  `--cpu=${CPU_SECONDS}`,
  '--core=0',
  '--',
];

/** For one that shares its user number with others, whose processes would be counted too. */
export const limitOwn = (memoryBytes: number, fileBytes: number): string[] =>
  limitAll(memoryBytes, fileBytes).filter((one) => !one.startsWith('--nproc='));

/** For a browser, which brings its own heap and as many processes as it has parts. */
export const limitBrowser = (bounds: {
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
