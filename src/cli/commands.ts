import type { Command } from 'commander';
import type { ExitCode } from './shared/exit-codes.js';
import type { Io } from './shared/io.js';

type AddCommand = (program: Command, io: Io, finish: (code: ExitCode) => void) => void;

/** All commands except `inspect` and `serve`, in the order of the help, with the modules that define them. */
const COMMANDS: readonly (readonly [names: readonly string[], load: () => Promise<AddCommand>])[] = [
  [['fetch'], async () => (await import('./inspect/fetch.js')).addFetchCommand],
  [['scan'], async () => (await import('./scan/scan.js')).addScanCommand],
  [['worker'], async () => (await import('./service/worker.js')).addWorkerCommand],
  [['match'], async () => (await import('./match/match.js')).addMatchCommand],
  [['collection'], async () => (await import('./match/collection.js')).addCollectionCommands],
  [['report'], async () => (await import('./scan/report.js')).addReportCommand],
  [['trust'], async () => (await import('./trust/trust.js')).addTrustCommand],
  [['rulebooks'], async () => (await import('./law/rulebooks.js')).addRulebooksCommand],
  [['law'], async () => (await import('./law/law.js')).addLawCommand],
  [['signals', 'explain'], async () => (await import('./explain/explain.js')).addExplainCommands],
  [['doctor'], async () => (await import('./service/doctor.js')).addDoctorCommand],
  [['audit'], async () => (await import('./seal/audit.js')).addAuditCommand],
  [['keys'], async () => (await import('./service/keys.js')).addKeysCommand],
  [['backup', 'restore'], async () => (await import('./service/backup.js')).addBackupCommands],
  [['seal', 'verify'], async () => (await import('./seal/seal.js')).addSealCommands],
  [['completion'], async () => (await import('./completion.js')).addCompletionCommand],
];

/** Commands that list all others and therefore need them loaded. */
const NEEDS_ALL_COMMANDS: ReadonlySet<string> = new Set(['completion']);

/**
 * Adds only the command of that name, because loading the others takes longer than most commands run. Adds all commands
 * if the name is missing or unknown, since the user then wants help or made a mistake.
 */
export async function addCommands(
  program: Command,
  io: Io,
  finish: (code: ExitCode) => void,
  name?: string,
): Promise<void> {
  const named = COMMANDS.filter(
    ([names]) => name !== undefined && names.includes(name) && !NEEDS_ALL_COMMANDS.has(name),
  );
  const adds = await Promise.all((named.length > 0 ? named : COMMANDS).map(([, load]) => load()));
  for (const add of adds) add(program, io, finish);
}
