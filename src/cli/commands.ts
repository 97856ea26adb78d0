import type { Command } from 'commander';
import { addBackupCommands } from './backup.js';
import { addCompletionCommand } from './completion.js';
import { addDoctorCommand } from './doctor.js';
import type { ExitCode } from './exit-codes.js';
import { addExplainCommands } from './explain.js';
import type { Io } from './io.js';
import { addKeysCommand } from './keys.js';
import { addLawCommand } from './law.js';
import { addReportCommand } from './report.js';
import { addRulebooksCommand } from './rulebooks.js';
import { addScanCommand } from './scan.js';
import { addTrustCommand } from './trust.js';
import { addWorkerCommand } from './worker.js';

/** All commands but `inspect` and `serve`, in the order that help shows them. */
export function addCommands(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  addScanCommand(program, io, finish);
  addWorkerCommand(program, io, finish);
  addReportCommand(program, io, finish);
  addTrustCommand(program, io, finish);
  addRulebooksCommand(program, io, finish);
  addLawCommand(program, io, finish);
  addExplainCommands(program, io, finish);
  addDoctorCommand(program, io, finish);
  addKeysCommand(program, io, finish);
  addBackupCommands(program, io, finish);
  addCompletionCommand(program, io, finish);
}
