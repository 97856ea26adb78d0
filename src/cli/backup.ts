import type { Command } from 'commander';
import type { Contents } from '../backup/contents.js';
import { readConfig } from '../config.js';
import { type Said, said } from '../say/said.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { described, endHelp } from './help.js';
import { type Io, tell } from './io.js';

/** They work on the data itself: a backup while servers run on it, a restore before. */
export function addBackupCommands(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const toBackUp = program
    .command('backup')
    .description(described('cli.backup.about'))
    .argument('<folder>', described('cli.backup.folder'))
    .option('--with-keys', described('cli.backup.withKeys'))
    .action(async (folder: string, { withKeys }: { withKeys?: true }) =>
      finish(await backup(folder, withKeys === true, io)),
    );
  endHelp(toBackUp, { notes: ['cli.backup.notes'], examples: EXAMPLES });
  program
    .command('restore')
    .description(described('cli.restore.about'))
    .argument('<folder>', described('cli.restore.folder'))
    .action(async (folder: string) => finish(await restored(folder, io)));
}

async function backup(folder: string, withKeys: boolean, io: Io): Promise<ExitCode> {
  const { backUp } = await import('../backup/backup.js');
  const contents = await backUp(readConfig(io.env), folder, new Date(), { withKeys });
  tell(io, said('backup.made', { counts: countsOf(contents), folder }));
  const { withoutFile, trust } = contents;
  if (withoutFile.length > 0) tell(io, said('backup.lostFiles', { count: String(withoutFile.length) }));
  if (trust.kept === 'elsewhere') tell(io, said('backup.listsElsewhere', { folder: trust.folder }));
  tell(io, said(withKeys ? 'backup.withKey' : 'backup.withoutKey'));
  tell(io, said('backup.keep'));
  return EXIT.done;
}

async function restored(folder: string, io: Io): Promise<ExitCode> {
  const { restore } = await import('../backup/restore.js');
  const config = readConfig(io.env);
  const { contents, notOpened, manifestsNotOpened } = await restore(folder, config);
  tell(io, said('backup.restored', { counts: countsOf(contents), time: contents.createdAt }));
  if (notOpened > 0) tell(io, said('backup.notOpened', { count: String(notOpened) }));
  if (manifestsNotOpened > 0)
    tell(io, said('backup.manifestsNotOpened', { count: String(manifestsNotOpened) }));
  return EXIT.done;
}

const countsOf = ({ inspections, waiting }: Contents): Said =>
  said('backup.counts', { count: inspections, waiting: String(waiting) });

const EXAMPLES = [
  'assay backup /backup/2026-11-26',
  'ASSAY_DATA_DIR=/srv/assay assay restore /backup/2026-11-26',
];
