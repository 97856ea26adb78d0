import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { readConfig } from '../../config/settings.js';
import type { Language } from '../../i18n/languages.js';
import { message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import type { ListCandidate } from '../../service/trust/candidate.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import { type Io, printMessage, translatorForUser } from '../shared/io.js';
import { LANGUAGE_HELP, parseLanguage } from '../shared/options.js';
import { Output } from '../shared/output.js';

export interface TrustOptions {
  json?: boolean;
  dir?: string;
  lang?: Language;
}

type Finish = (code: ExitCode) => void;

/** Adds `assay trust`. The modules that read, fetch and install lists are loaded only when one of its commands runs. */
export function addTrustCommand(program: Command, io: Io, finish: Finish): void {
  const trust = program.command('trust').description(encodeDescription('cli.trust.about'));
  setHelpEnd(trust, {
    notes: ['cli.trust.notes'],
    examples: EXAMPLES,
    last: ['cli.trust.exitCodes'],
  });
  withOptions(trust.command('status').description(encodeDescription('cli.trust.status'))).action(
    async (options: TrustOptions) => finish(await printTrustStatus(options, io)),
  );
  withOptions(trust.command('update').description(encodeDescription('cli.trust.update'))).action(
    async (options: TrustOptions) => finish(await updateTrustLists(options, io)),
  );
  withOptions(
    trust
      .command('import')
      .description(encodeDescription('cli.trust.import'))
      .argument('<dir>', encodeDescription('cli.trust.folder')),
  ).action(async (dir: string, options: TrustOptions) => finish(await importTrustLists(dir, options, io)));
}

const withOptions = (command: Command): Command =>
  command
    .option('--json', encodeDescription('cli.option.json'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .option('--dir <folder>', encodeDescription('cli.trust.dir'));

export async function printTrustStatus(options: TrustOptions, io: Io): Promise<ExitCode> {
  const [{ readTrustStatus: statusOf }, { toTrustStatusView: statusTold }, { trustStatusText: statusText }] =
    await Promise.all([
      import('../../service/trust/status.js'),
      import('../../service/trust/published.js'),
      import('./trust-text.js'),
    ]);
  const now = new Date();
  const status = await statusOf(trustFolder(options, io), now);
  const about = { schema: 'assay.trust-status/1', checkedAt: now.toISOString() };
  const output = new Output(io.stdout);
  if (options.json) await output.json({ ...about, ...statusTold(status, jsonTranslator(options)) });
  else await output.text(statusText(status, translatorForUser(io)));
  // A fault without `affects` is a description that does not match; the list itself is still used.
  const unusable = status.faults.some((fault) => fault.affects !== undefined || !isMismatch(fault.code));
  return unusable ? EXIT.notAllInspected : EXIT.done;
}

/** Returns the translator for JSON output: English, unless another language was requested. */
const jsonTranslator = ({ lang = 'en' }: TrustOptions): Translator => translatorFor(lang);

const isMismatch = (code: string) => code === 'trust.sourceMismatch';

export async function updateTrustLists(options: TrustOptions, io: Io): Promise<ExitCode> {
  const [{ PUBLISHER_ADDRESSES: PUBLISHERS, readAddresses }, { fetchLists }] = await Promise.all([
    import('../../service/trust/addresses.js'),
    import('../../service/trust/fetch.js'),
  ]);
  const folder = trustFolder(options, io);
  const { denied } = readConfig(io.env).fetch;
  const own = io.env['ASSAY_TRUST_SOURCES']?.trim();
  const addresses = own ? await readAddresses(own) : PUBLISHERS;
  const candidates = await fetchLists(addresses, { now: new Date(), signal: io.interrupted, denied });
  if (io.interrupted?.aborted) return EXIT.interrupted;
  return install(folder, candidates, options, io);
}

export async function importTrustLists(from: string, options: TrustOptions, io: Io): Promise<ExitCode> {
  const { readFolderCandidates: folderCandidates, hasPrivateAnchors } = await import(
    '../../service/trust/folder-candidates.js'
  );
  const folder = trustFolder(options, io);
  const stats = await stat(from).catch(() => undefined);
  if (!stats?.isDirectory()) throw new UsageError(message('cli.trust.noFolder', { path: from }));
  const candidates = await folderCandidates(from);
  if (candidates.length === 0) throw new UsageError(message('cli.trust.noLists', { path: from }));
  if (await hasPrivateAnchors(from)) printMessage(io, message('cli.trust.private'));
  return install(folder, candidates, options, io);
}

async function install(
  folder: string,
  candidates: readonly ListCandidate[],
  options: TrustOptions,
  io: Io,
): Promise<ExitCode> {
  const [{ installLists }, { toResultView: resultTold }, { installText }] = await Promise.all([
    import('../../service/trust/install.js'),
    import('../../service/trust/published.js'),
    import('./trust-text.js'),
  ]);
  const files = await installLists(folder, candidates);
  const output = new Output(io.stdout);
  if (options.json)
    await output.json({
      schema: 'assay.trust-install/1',
      dir: folder,
      files: files.map((file) => resultTold(file, jsonTranslator(options))),
    });
  else await output.text(installText(folder, files, translatorForUser(io)));
  return files.some((file) => file.outcome === 'refused') ? EXIT.notAllInspected : EXIT.done;
}

function trustFolder(options: TrustOptions, io: Io): string {
  if (options.dir === '') throw new UsageError(message('cli.trust.dirEmpty'));
  return options.dir ?? readConfig(io.env).trustDir;
}

const EXAMPLES = [
  'assay trust update',
  'assay trust import /media/usb/lists --dir /srv/assay/trust',
  'assay trust status --json',
];
