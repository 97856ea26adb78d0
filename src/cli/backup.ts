import type { Command } from 'commander';
import type { Contents } from '../backup/contents.js';
import { readConfig } from '../config.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { type Io, say } from './io.js';

/** They work on the data itself: a backup while servers run on it, a restore before. */
export function addBackupCommands(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  program
    .command('backup')
    .description('copy reports, keys and waiting uploads into a new folder, while the service runs')
    .argument('<folder>', 'it must not exist')
    .option('--with-keys', 'the key file too, under which secrets of webhooks are encrypted')
    .addHelpText('after', BACKUP_HELP_END)
    .action(async (folder: string, { withKeys }: { withKeys?: true }) =>
      finish(await backup(folder, withKeys === true, io)),
    );
  program
    .command('restore')
    .description(
      'put a backup into an empty data directory (ASSAY_DATA_DIR) and, if so, an empty DATABASE_URL',
    )
    .argument('<folder>', 'what assay backup made')
    .action(async (folder: string) => finish(await restored(folder, io)));
}

async function backup(folder: string, withKeys: boolean, io: Io): Promise<ExitCode> {
  const { backUp } = await import('../backup/backup.js');
  const contents = await told(() => backUp(readConfig(io.env), folder, new Date(), { withKeys }));
  say(io, `assay: ${countsOf(contents)} are in ${folder}`);
  const { withoutFile, trust } = contents;
  if (withoutFile.length > 0) {
    say(
      io,
      `assay: of inspections that wait, so many lost their file while it was copied, and end as failed ` +
        `after a restore: ${withoutFile.length}`,
    );
  }
  if (trust.kept === 'elsewhere') say(io, `assay: trust lists are not in it; they lie in ${trust.folder}`);
  say(
    io,
    withKeys
      ? 'assay: the key is in it, and so whoever has it can sign as this service'
      : 'assay: secrets of webhooks are encrypted in it, and their key is not: keep that elsewhere (docs/operations.md)',
  );
  say(io, 'assay: it holds what reports say and digests of keys: keep it as you keep the data');
  return EXIT.done;
}

async function restored(folder: string, io: Io): Promise<ExitCode> {
  const { restore } = await import('../backup/restore.js');
  const config = readConfig(io.env);
  const { contents, notOpened } = await told(() => restore(folder, config));
  say(
    io,
    `assay: ${countsOf(contents)} are back, as of ${contents.createdAt}; assay serve goes on with them`,
  );
  if (notOpened > 0) {
    say(
      io,
      `assay: webhooks whose secrets no key here opens: ${notOpened}. Give back their key before assay serve starts ` +
        `(ASSAY_SECRET_KEY, ASSAY_SECRET_KEY_FILE or secret.key), or make new secrets afterwards`,
    );
  }
  return EXIT.done;
}

const countsOf = ({ inspections, waiting }: Contents): string =>
  `${inspections} inspections (waiting: ${waiting})`;

/** What the operator can mend is said in one line. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  const { BackupError } = await import('../backup/backup-error.js');
  try {
    return await work();
  } catch (error) {
    throw error instanceof BackupError ? new UsageError(error.message, { cause: error }) : error;
  }
}

const BACKUP_HELP_END = `
SQLite is copied by SQLite itself. For PostgreSQL (DATABASE_URL) pg_dump is run; it must be installed and no older
than the server.

Examples:
  assay backup /backup/2026-11-26
  ASSAY_DATA_DIR=/srv/assay assay restore /backup/2026-11-26`;
