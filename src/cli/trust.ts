import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { readConfig } from '../config.js';
import type { Language } from '../say/languages.js';
import type { Candidate } from '../trust-lists/candidate.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { type Io, say } from './io.js';
import { LANGUAGE_HELP, spoken } from './language.js';
import { parseLanguage } from './options.js';
import { Output } from './output.js';

export interface TrustOptions {
  json?: boolean;
  dir?: string;
  lang?: Language;
}

type Finish = (code: ExitCode) => void;

/** What reads, fetches and installs lists is loaded when one of these is run, and not by the other commands. */
export function addTrustCommand(program: Command, io: Io, finish: Finish): void {
  const trust = program
    .command('trust')
    .description('the lists that say who is vouched for')
    .addHelpText('after', HELP_END);
  withOptions(
    trust.command('status').description('what is installed, how old it is, what is wrong with it'),
  ).action(async (options: TrustOptions) => finish(await trustStatus(options, io)));
  withOptions(
    trust.command('update').description('fetch the published lists and install those that are sound'),
  ).action(async (options: TrustOptions) => finish(await trustUpdate(options, io)));
  withOptions(
    trust
      .command('import')
      .description('install published lists from a folder, without network')
      .argument('<dir>', 'folder that holds them under their publishers’ names'),
  ).action(async (dir: string, options: TrustOptions) => finish(await trustImport(dir, options, io)));
}

const withOptions = (command: Command): Command =>
  command
    .option('--json', 'one JSON object on stdout')
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .option('--dir <folder>', 'the trust folder (default: ASSAY_TRUST_DIR, else trust in ASSAY_DATA_DIR)');

export async function trustStatus(options: TrustOptions, io: Io): Promise<ExitCode> {
  const [{ trustStatus: statusOf }, { statusText }] = await Promise.all([
    import('../trust-lists/status.js'),
    import('./trust-text.js'),
  ]);
  const now = new Date();
  const status = await statusOf(trustFolder(options, io), now);
  const json = { schema: 'assay.trust-status/1', checkedAt: now.toISOString(), ...status };
  await new Output(io.stdout).write(
    options.json ? `${JSON.stringify(json)}\n` : statusText(status, spoken(options.lang, io.env)),
  );
  // A fault without `affects` is a description that does not fit; the list itself is used.
  const unusable = status.faults.some((fault) => fault.affects !== undefined || !isMismatch(fault.code));
  return unusable ? EXIT.notAllInspected : EXIT.done;
}

const isMismatch = (code: string) => code === 'trust.sourceMismatch';

export async function trustUpdate(options: TrustOptions, io: Io): Promise<ExitCode> {
  const [{ PUBLISHERS, readAddresses }, { fetchLists }] = await Promise.all([
    import('../trust-lists/addresses.js'),
    import('../trust-lists/fetch.js'),
  ]);
  const folder = trustFolder(options, io);
  const own = io.env['ASSAY_TRUST_SOURCES']?.trim();
  const addresses = own ? await readAddresses(own) : PUBLISHERS;
  const candidates = await fetchLists(addresses, { now: new Date(), signal: io.interrupted });
  if (io.interrupted?.aborted) return EXIT.interrupted;
  return install(folder, candidates, options, io);
}

export async function trustImport(from: string, options: TrustOptions, io: Io): Promise<ExitCode> {
  const { folderCandidates, hasPrivateAnchors } = await import('../trust-lists/folder-candidates.js');
  const folder = trustFolder(options, io);
  const stats = await stat(from).catch(() => undefined);
  if (!stats?.isDirectory()) throw new UsageError(`${from} is not there, or is no folder`);
  const candidates = await folderCandidates(from);
  if (candidates.length === 0)
    throw new UsageError(`${from} holds none of the lists (assay trust status names the files)`);
  if (await hasPrivateAnchors(from))
    say(io, 'assay: private anchors are not imported; copy those you trust into private/ yourself');
  return install(folder, candidates, options, io);
}

async function install(
  folder: string,
  candidates: readonly Candidate[],
  options: TrustOptions,
  io: Io,
): Promise<ExitCode> {
  const [{ installLists }, { installText }] = await Promise.all([
    import('../trust-lists/install.js'),
    import('./trust-text.js'),
  ]);
  const files = await installLists(folder, candidates);
  const json = { schema: 'assay.trust-install/1', dir: folder, files };
  await new Output(io.stdout).write(
    options.json ? `${JSON.stringify(json)}\n` : installText(folder, files, spoken(options.lang, io.env)),
  );
  return files.some((file) => file.outcome === 'refused') ? EXIT.notAllInspected : EXIT.done;
}

function trustFolder(options: TrustOptions, io: Io): string {
  if (options.dir === '') throw new UsageError('--dir names no folder');
  return options.dir ?? readConfig(io.env).trustDir;
}

const HELP_END = `
Nothing is fetched unless update is asked for. ASSAY_TRUST_SOURCES names a JSON file
with your own addresses (docs/trust.md).

Examples:
  assay trust update
  assay trust import /media/usb/lists --dir /srv/assay/trust
  assay trust status --json

Exit codes: 0 done; 2 usage or configuration; 3 some list was refused or cannot be used
(the others were installed); 130 interrupted, nothing installed.`;
