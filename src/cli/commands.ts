import type { Command } from 'commander';
import type { ExitCode } from './exit-codes.js';
import type { Io } from './io.js';

type Add = (program: Command, io: Io, finish: (code: ExitCode) => void) => void;

/** All commands but `inspect` and `serve`, in the order that help shows them, and where each stands. */
const COMMANDS: readonly (readonly [names: readonly string[], load: () => Promise<Add>])[] = [
  [['fetch'], async () => (await import('./fetch.js')).addFetchCommand],
  [['scan'], async () => (await import('./scan.js')).addScanCommand],
  [['worker'], async () => (await import('./worker.js')).addWorkerCommand],
  [['match'], async () => (await import('./match.js')).addMatchCommand],
  [['collection'], async () => (await import('./collection.js')).addCollectionCommands],
  [['report'], async () => (await import('./report.js')).addReportCommand],
  [['trust'], async () => (await import('./trust.js')).addTrustCommand],
  [['rulebooks'], async () => (await import('./rulebooks.js')).addRulebooksCommand],
  [['law'], async () => (await import('./law.js')).addLawCommand],
  [['signals', 'explain'], async () => (await import('./explain.js')).addExplainCommands],
  [['doctor'], async () => (await import('./doctor.js')).addDoctorCommand],
  [['keys'], async () => (await import('./keys.js')).addKeysCommand],
  [['backup', 'restore'], async () => (await import('./backup.js')).addBackupCommands],
  [['seal', 'verify'], async () => (await import('./seal.js')).addSealCommands],
  [['completion'], async () => (await import('./completion.js')).addCompletionCommand],
];

/** These tell of all the others. */
const OF_ALL: ReadonlySet<string> = new Set(['completion']);

/**
 * The command of that name alone, where it is one of these: what the others stand on takes longer to load than most of
 * them to run. All of them for any other word, and where none is given: it is help that is asked for then, or a slip.
 */
export async function addCommands(
  program: Command,
  io: Io,
  finish: (code: ExitCode) => void,
  name?: string,
): Promise<void> {
  const named = COMMANDS.filter(([names]) => name !== undefined && names.includes(name) && !OF_ALL.has(name));
  const adds = await Promise.all((named.length > 0 ? named : COMMANDS).map(([, load]) => load()));
  for (const add of adds) add(program, io, finish);
}
