import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { readConfig } from '../config.js';
import type { Language } from '../say/languages.js';
import { said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';
import type { Candidate } from '../trust-lists/candidate.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described, endHelp } from './help.js';
import { type Io, speechIn, tell } from './io.js';
import { LANGUAGE_HELP, parseLanguage } from './options.js';
import { Output } from './output.js';

export interface TrustOptions {
  json?: boolean;
  dir?: string;
  lang?: Language;
}

type Finish = (code: ExitCode) => void;

/** What reads, fetches and installs lists is loaded when one of these is run, and not by the other commands. */
export function addTrustCommand(program: Command, io: Io, finish: Finish): void {
  const trust = program.command('trust').description(described('cli.trust.about'));
  endHelp(trust, {
    notes: ['cli.trust.notes'],
    examples: EXAMPLES,
    last: ['cli.trust.exitCodes'],
  });
  withOptions(trust.command('status').description(described('cli.trust.status'))).action(
    async (options: TrustOptions) => finish(await trustStatus(options, io)),
  );
  withOptions(trust.command('update').description(described('cli.trust.update'))).action(
    async (options: TrustOptions) => finish(await trustUpdate(options, io)),
  );
  withOptions(
    trust
      .command('import')
      .description(described('cli.trust.import'))
      .argument('<dir>', described('cli.trust.folder')),
  ).action(async (dir: string, options: TrustOptions) => finish(await trustImport(dir, options, io)));
}

const withOptions = (command: Command): Command =>
  command
    .option('--json', described('cli.option.json'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .option('--dir <folder>', described('cli.trust.dir'));

export async function trustStatus(options: TrustOptions, io: Io): Promise<ExitCode> {
  const [{ trustStatus: statusOf }, { statusTold }, { statusText }] = await Promise.all([
    import('../trust-lists/status.js'),
    import('../trust-lists/published.js'),
    import('./trust-text.js'),
  ]);
  const now = new Date();
  const status = await statusOf(trustFolder(options, io), now);
  const about = { schema: 'assay.trust-status/1', checkedAt: now.toISOString() };
  const output = new Output(io.stdout);
  if (options.json) await output.json({ ...about, ...statusTold(status, forPrograms(options)) });
  else await output.text(statusText(status, speechIn(io)));
  // A fault without `affects` is a description that does not fit; the list itself is used.
  const unusable = status.faults.some((fault) => fault.affects !== undefined || !isMismatch(fault.code));
  return unusable ? EXIT.notAllInspected : EXIT.done;
}

/** In English, unless another language was asked for. */
const forPrograms = ({ lang = 'en' }: TrustOptions): Speech => speechOf(lang);

const isMismatch = (code: string) => code === 'trust.sourceMismatch';

export async function trustUpdate(options: TrustOptions, io: Io): Promise<ExitCode> {
  const [{ PUBLISHERS, readAddresses }, { fetchLists }] = await Promise.all([
    import('../trust-lists/addresses.js'),
    import('../trust-lists/fetch.js'),
  ]);
  const folder = trustFolder(options, io);
  const { denied } = readConfig(io.env).fetch;
  const own = io.env['ASSAY_TRUST_SOURCES']?.trim();
  const addresses = own ? await readAddresses(own) : PUBLISHERS;
  const candidates = await fetchLists(addresses, { now: new Date(), signal: io.interrupted, denied });
  if (io.interrupted?.aborted) return EXIT.interrupted;
  return install(folder, candidates, options, io);
}

export async function trustImport(from: string, options: TrustOptions, io: Io): Promise<ExitCode> {
  const { folderCandidates, hasPrivateAnchors } = await import('../trust-lists/folder-candidates.js');
  const folder = trustFolder(options, io);
  const stats = await stat(from).catch(() => undefined);
  if (!stats?.isDirectory()) throw new UsageError(said('cli.trust.noFolder', { path: from }));
  const candidates = await folderCandidates(from);
  if (candidates.length === 0) throw new UsageError(said('cli.trust.noLists', { path: from }));
  if (await hasPrivateAnchors(from)) tell(io, said('cli.trust.private'));
  return install(folder, candidates, options, io);
}

async function install(
  folder: string,
  candidates: readonly Candidate[],
  options: TrustOptions,
  io: Io,
): Promise<ExitCode> {
  const [{ installLists }, { resultTold }, { installText }] = await Promise.all([
    import('../trust-lists/install.js'),
    import('../trust-lists/published.js'),
    import('./trust-text.js'),
  ]);
  const files = await installLists(folder, candidates);
  const output = new Output(io.stdout);
  if (options.json)
    await output.json({
      schema: 'assay.trust-install/1',
      dir: folder,
      files: files.map((file) => resultTold(file, forPrograms(options))),
    });
  else await output.text(installText(folder, files, speechIn(io)));
  return files.some((file) => file.outcome === 'refused') ? EXIT.notAllInspected : EXIT.done;
}

function trustFolder(options: TrustOptions, io: Io): string {
  if (options.dir === '') throw new UsageError(said('cli.trust.dirEmpty'));
  return options.dir ?? readConfig(io.env).trustDir;
}

const EXAMPLES = [
  'assay trust update',
  'assay trust import /media/usb/lists --dir /srv/assay/trust',
  'assay trust status --json',
];
