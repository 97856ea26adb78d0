import { open } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { VERSION } from '../../base/version.js';
import { readConfig } from '../../config/settings.js';
import type { Language } from '../../i18n/languages.js';
import { message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import type { LawStores } from '../../service/law-updates/install.js';
import { InvalidValueError } from '../shared/command.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import { type Io, printMessage, translatorForUser } from '../shared/io.js';
import { loadOperatorLaw } from '../shared/law-in-force.js';
import { LANGUAGE_HELP, parseDate, parseLanguage } from '../shared/options.js';
import { Output } from '../shared/output.js';
import { addLawRejudge } from './law-rejudge.js';

type Finish = (code: ExitCode) => void;

interface LawCommandOptions {
  json?: boolean;
  lang?: Language;
}

interface LawKeyOptions extends LawCommandOptions {
  key?: string[];
}

interface FolderOptions extends LawCommandOptions {
  dir?: string;
}

interface BundleOptions extends LawCommandOptions {
  out: string;
  key: string;
  expires: string;
  made?: string;
  leastVersion?: string;
  from?: string;
}

/** Adds `assay law`, which manages bundles of law; `assay rulebooks` shows their contents. */
export function addLawCommand(program: Command, io: Io, finish: Finish): void {
  const law = program.command('law').description(encodeDescription('cli.law.about'));
  setHelpEnd(law, { notes: ['cli.law.notes'], examples: EXAMPLES, last: ['cli.law.exitCodes'] });
  withOptions(law.command('bundle').description(encodeDescription('cli.law.bundle')))
    .requiredOption('--out <file>', encodeDescription('cli.law.out'))
    .requiredOption('--key <file>', encodeDescription('cli.law.privateKey'))
    .requiredOption('--expires <date>', encodeDescription('cli.law.expires'), parseDate)
    .option('--from <folder>', encodeDescription('cli.law.from'))
    .option('--made <date>', encodeDescription('cli.law.made'), parseDate)
    .option('--least-version <version>', encodeDescription('cli.law.leastVersion'), parseVersion)
    .action(async (options: BundleOptions) =>
      finish(await withRefusals(options, io, () => makeLawBundle(options, io))),
    );
  withKeys(
    withOptions(law.command('verify').description(encodeDescription('cli.law.verify'))).argument(
      '<file>',
      encodeDescription('cli.law.file'),
    ),
  ).action(async (file: string, options: LawKeyOptions) =>
    finish(await withRefusals(options, io, () => verifyLawBundle(file, options, io))),
  );
  withFolder(
    withKeys(
      withOptions(law.command('install').description(encodeDescription('cli.law.install'))).argument(
        '<file>',
        encodeDescription('cli.law.file'),
      ),
    ),
  )
    .option('--allow-older', encodeDescription('cli.law.allowOlder'))
    .action(async (file: string, options: LawKeyOptions & FolderOptions & { allowOlder?: true }) =>
      finish(await withRefusals(options, io, () => installLawBundle(file, options, io))),
    );
  withFolder(withOptions(law.command('rollback').description(encodeDescription('cli.law.rollback'))))
    .option('--to <law>', encodeDescription('cli.law.to'))
    .action(async (options: FolderOptions & { to?: string }) =>
      finish(await withRefusals(options, io, () => rollBackToLaw(options, io))),
    );
  addLawRejudge(law, io, finish);
  withFolder(withOptions(law.command('status').description(encodeDescription('cli.law.status')))).action(
    async (options: FolderOptions) =>
      finish(await withRefusals(options, io, () => printLawStatus(options, io))),
  );
}

const withOptions = (command: Command): Command =>
  command
    .option('--json', encodeDescription('cli.option.json'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage);

const withFolder = (command: Command): Command =>
  command.option('--dir <folder>', encodeDescription('cli.law.dir'));

const withKeys = (command: Command): Command =>
  command.option(
    '--key <file>',
    encodeDescription('cli.law.publicKey'),
    (file: string, before: string[] = []) => [...before, file],
  );

function parseVersion(text: string): string {
  if (!/^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(text)) throw new InvalidValueError(message('cli.value.version'));
  return text;
}

async function makeLawBundle(options: BundleOptions, io: Io): Promise<ExitCode> {
  const [{ makeBundle }, { readPrivateKey: privateKeyIn }, { getLawInForce: lawInForce }] = await Promise.all(
    [
      import('../../service/law-updates/bundle.js'),
      import('../../service/law-updates/keys.js'),
      import('../../core/law/rulebooks/index.js'),
      loadOperatorLaw(io),
    ],
  );
  const { out, expires, made = today(), leastVersion = VERSION, from } = options;
  const folder = from === undefined ? lawInForce().folder : pathToFileURL(`${from}/`);
  const key = await privateKeyIn(options.key);
  const { archive, digest, books, disabled } = await makeBundle({ folder, key, made, expires, leastVersion });
  await writeNew(out, archive);
  const { bundledText } = await import('./law-text.js');
  await printResult(
    options,
    io,
    { schema: 'assay.law-bundle/1', path: out, digest, made, expires, leastVersion, books, disabled },
    (translator) => bundledText({ digest, path: out, expires, books, disabled }, translator),
  );
  return EXIT.done;
}

async function writeNew(path: string, bytes: Buffer): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o644);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new UsageError(message('cli.law.outThere', { path }), { cause });
  }
}

async function verifyLawBundle(file: string, options: LawKeyOptions, io: Io): Promise<ExitCode> {
  const [{ readBundle, openBundle }, { findDisabledClauses }, { assertFresh }] = await Promise.all([
    import('../../service/law-updates/open-bundle.js'),
    import('../../service/law-updates/bundle.js'),
    import('../../service/law-updates/install.js'),
  ]);
  const opened = openBundle(await readBundle(file), await publicKeys(options, io));
  const { digest, manifest, signedBy } = opened;
  assertFresh(manifest, new Date());
  const disabled = await findDisabledClauses(opened);
  const { made, expires, leastVersion, books } = manifest;
  const { verifiedText } = await import('./law-text.js');
  await printResult(
    options,
    io,
    {
      schema: 'assay.law-verify/1',
      outcome: 'good',
      digest,
      made,
      expires,
      leastVersion,
      signedBy,
      books,
      disabled,
    },
    (translator) => verifiedText({ digest, made, expires, signedBy, books, disabled }, translator),
  );
  return EXIT.done;
}

async function installLawBundle(
  file: string,
  options: LawKeyOptions & FolderOptions & { allowOlder?: true },
  io: Io,
): Promise<ExitCode> {
  const [{ readBundle }, { installLaw }] = await Promise.all([
    import('../../service/law-updates/open-bundle.js'),
    import('../../service/law-updates/install.js'),
  ]);
  return withLawStorage(options, io, async (places) => {
    const keys = await publicKeys(options, io);
    const allowOlder = options.allowOlder === true;
    const done = await installLaw(await readBundle(file), { ...places, keys, now: new Date(), allowOlder });
    const { outcome, bundle: opened, before, disabled } = done;
    const { digest, signedBy } = opened;
    const { made, expires, books } = opened.manifest;
    const { installedText } = await import('./law-text.js');
    await printResult(
      options,
      io,
      {
        ...{ schema: 'assay.law-install/1', outcome, digest, before: before ?? BUILT_IN },
        ...{ made, expires, signedBy, books, disabled },
      },
      (translator) => installedText({ outcome, digest, before, expires, made, disabled }, translator),
    );
    return EXIT.done;
  });
}

async function rollBackToLaw(options: FolderOptions & { to?: string }, io: Io): Promise<ExitCode> {
  const { rollBackLaw } = await import('../../service/law-updates/install.js');
  return withLawStorage(options, io, async (places) => {
    const { digest, before } = await rollBackLaw(options.to, { ...places, now: new Date() });
    const { rolledBackText } = await import('./law-text.js');
    await printResult(
      options,
      io,
      {
        schema: 'assay.law-rollback/1',
        outcome: 'rolled-back',
        digest: digest ?? BUILT_IN,
        before: before ?? BUILT_IN,
      },
      (translator) => rolledBackText(digest, translator),
    );
    return EXIT.done;
  });
}

async function printLawStatus(options: FolderOptions, io: Io): Promise<ExitCode> {
  const { readLawStatus: lawStatus } = await import('../../service/law-updates/law-status.js');
  const now = new Date();
  const known = await (folderName(options, io) === undefined
    ? lawStatus(undefined, now)
    : withLawStorage(options, io, (places) => lawStatus(places, now)));
  const { digest, fault, before, ...rest } = known;
  const { lawStatusText } = await import('./law-text.js');
  await printResult(
    options,
    io,
    {
      ...{ schema: 'assay.law-status/1', checkedAt: now.toISOString(), digest: digest ?? BUILT_IN, ...rest },
      before: before.map((one) => ({ ...one, digest: one.digest ?? BUILT_IN })),
      ...(fault && { fault: jsonTranslator(options).translate(fault) }),
    },
    (translator) => lawStatusText(known, translator),
  );
  return fault === undefined ? EXIT.done : EXIT.notAllInspected;
}

const BUILT_IN = 'built-in';

function folderName({ dir }: FolderOptions, io: Io): string | undefined {
  if (dir === '') throw new UsageError(message('cli.trust.dirEmpty'));
  return dir ?? readConfig(io.env).lawDir;
}

/**
 * Runs `work` with the law folder and, if machines share a database, with that database, whose law applies to all of
 * them.
 */
async function withLawStorage<T>(
  options: FolderOptions,
  io: Io,
  work: (places: LawStores) => Promise<T>,
): Promise<T> {
  const [{ LawFolder }, { LawRefusal }] = await Promise.all([
    import('../../service/law-updates/law-folder.js'),
    import('../../service/law-updates/law-refusal.js'),
  ]);
  const dir = folderName(options, io);
  if (dir === undefined) throw new LawRefusal('law.noFolder');
  const folder = new LawFolder(dir);
  const { dataDir, databaseUrl } = readConfig(io.env);
  if (databaseUrl === undefined) return work({ folder });
  const [{ openDatabase }, { LawRepository: KyselyLaws }] = await Promise.all([
    import('../../storage/engine/database.js'),
    import('../../storage/law/kysely-laws.js'),
  ]);
  const database = await openDatabase({ dataDir, url: databaseUrl });
  try {
    return await work({ folder, shared: new KyselyLaws(database) });
  } finally {
    await database.close();
  }
}

/** Returns the keys named on the command line, else the operator's. */
async function publicKeys({ key }: LawKeyOptions, io: Io) {
  const { readOperatorKeys: operatorsKeys } = await import('../../service/law-updates/keys.js');
  return operatorsKeys(key ?? readConfig(io.env).lawKey);
}

/** Prints a refusal with its code, which scripts may rely on. A refused command has changed nothing. */
async function withRefusals(
  options: LawCommandOptions,
  io: Io,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    const { LawRefusal } = await import('../../service/law-updates/law-refusal.js');
    if (!(error instanceof LawRefusal)) throw error;
    const { code } = error;
    if (options.json) {
      const reason = jsonTranslator(options).translate(error.userMessage);
      const refused = { schema: 'assay.law-refusal/1', outcome: 'refused', code, reason };
      await new Output(io.stdout).json(refused);
    } else printMessage(io, message('lawUpdate.refused', { code, why: error.userMessage }));
    return EXIT.notAllInspected;
  }
}

async function printResult(
  options: LawCommandOptions,
  io: Io,
  json: unknown,
  text: (translator: Translator) => string,
): Promise<void> {
  const output = new Output(io.stdout);
  await (options.json ? output.json(json) : output.text(text(translatorForUser(io))));
}

/** Returns the translator for JSON output: English, unless another language was requested. */
const jsonTranslator = ({ lang = 'en' }: LawCommandOptions): Translator => translatorFor(lang);

const today = (): string => new Date().toISOString().slice(0, 10);

const EXAMPLES = [
  'assay law bundle --out law.tar --key law.key.pem --expires 2027-01-31',
  'assay law verify law.tar --key law.pub.pem',
  'ASSAY_LAW_DIR=/srv/assay/law assay law install law.tar --key law.pub.pem',
  'assay law status',
  'assay law rollback --to built-in',
];
