import type { Command } from 'commander';
import { readConfig } from '../../config/settings.js';
import { type Message, message } from '../../i18n/message.js';
import type { Contents } from '../../service/backup/contents.js';
import { EXIT, type ExitCode } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import { type Io, printMessage } from '../shared/io.js';

/**
 * Adds `assay backup` and `assay restore`. They work on the data itself: a backup may run while servers do, a restore
 * must run before they start.
 */
export function addBackupCommands(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const toBackUp = program
    .command('backup')
    .description(encodeDescription('cli.backup.about'))
    .argument('<folder>', encodeDescription('cli.backup.folder'))
    .option('--with-keys', encodeDescription('cli.backup.withKeys'))
    .action(async (folder: string, { withKeys }: { withKeys?: true }) =>
      finish(await runBackup(folder, withKeys === true, io)),
    );
  setHelpEnd(toBackUp, { notes: ['cli.backup.notes'], examples: EXAMPLES });
  program
    .command('restore')
    .description(encodeDescription('cli.restore.about'))
    .argument('<folder>', encodeDescription('cli.restore.folder'))
    .action(async (folder: string) => finish(await runRestore(folder, io)));
}

async function runBackup(folder: string, withKeys: boolean, io: Io): Promise<ExitCode> {
  const { backUp } = await import('../../service/backup/backup.js');
  const contents = await backUp(readConfig(io.env), folder, new Date(), { withKeys });
  printMessage(io, message('backup.made', { counts: countsMessage(contents), folder }));
  const { withoutFile, trust } = contents;
  if (withoutFile.length > 0)
    printMessage(io, message('backup.lostFiles', { count: String(withoutFile.length) }));
  if (trust.kept === 'elsewhere')
    printMessage(io, message('backup.listsElsewhere', { folder: trust.folder }));
  printMessage(io, message(withKeys ? 'backup.withKey' : 'backup.withoutKey'));
  printMessage(io, message('backup.keep'));
  return EXIT.done;
}

async function runRestore(folder: string, io: Io): Promise<ExitCode> {
  const { restore } = await import('../../service/backup/restore.js');
  const config = readConfig(io.env);
  const {
    contents,
    undecryptableSecrets: notOpened,
    undecryptableManifests: manifestsNotOpened,
  } = await restore(folder, config);
  printMessage(io, message('backup.restored', { counts: countsMessage(contents), time: contents.createdAt }));
  if (notOpened > 0) printMessage(io, message('backup.notOpened', { count: String(notOpened) }));
  if (manifestsNotOpened > 0)
    printMessage(io, message('backup.manifestsNotOpened', { count: String(manifestsNotOpened) }));
  return EXIT.done;
}

const countsMessage = ({ inspections, waiting }: Contents): Message =>
  message('backup.counts', { count: inspections, waiting: String(waiting) });

const EXAMPLES = [
  'assay backup /backup/2026-11-26',
  'ASSAY_DATA_DIR=/srv/assay assay restore /backup/2026-11-26',
];
