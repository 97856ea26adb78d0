import { open } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { readConfig } from '../config.js';
import { VERSION } from '../core/ground/version.js';
import type { LawPlaces } from '../law-updates/install.js';
import type { Language } from '../say/languages.js';
import { said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';
import { BadValue } from './command.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described, endHelp } from './help.js';
import { type Io, speechIn, tell } from './io.js';
import { takeLaw } from './law-in-force.js';
import { addLawRejudge } from './law-rejudge.js';
import { LANGUAGE_HELP, parseDate, parseLanguage } from './options.js';
import { Output } from './output.js';

type Finish = (code: ExitCode) => void;

interface LawOptions {
  json?: boolean;
  lang?: Language;
}

interface KeyOptions extends LawOptions {
  key?: string[];
}

interface FolderOptions extends LawOptions {
  dir?: string;
}

interface BundleOptions extends LawOptions {
  out: string;
  key: string;
  expires: string;
  made?: string;
  leastVersion?: string;
  from?: string;
}

/** `assay law`: bundles of law alone; what stands in them is shown by `assay rulebooks`. */
export function addLawCommand(program: Command, io: Io, finish: Finish): void {
  const law = program.command('law').description(described('cli.law.about'));
  endHelp(law, { notes: ['cli.law.notes'], examples: EXAMPLES, last: ['cli.law.exitCodes'] });
  withOptions(law.command('bundle').description(described('cli.law.bundle')))
    .requiredOption('--out <file>', described('cli.law.out'))
    .requiredOption('--key <file>', described('cli.law.privateKey'))
    .requiredOption('--expires <date>', described('cli.law.expires'), parseDate)
    .option('--from <folder>', described('cli.law.from'))
    .option('--made <date>', described('cli.law.made'), parseDate)
    .option('--least-version <version>', described('cli.law.leastVersion'), parseVersion)
    .action(async (options: BundleOptions) => finish(await refusals(options, io, () => bundle(options, io))));
  withKeys(
    withOptions(law.command('verify').description(described('cli.law.verify'))).argument(
      '<file>',
      described('cli.law.file'),
    ),
  ).action(async (file: string, options: KeyOptions) =>
    finish(await refusals(options, io, () => verify(file, options, io))),
  );
  withFolder(
    withKeys(
      withOptions(law.command('install').description(described('cli.law.install'))).argument(
        '<file>',
        described('cli.law.file'),
      ),
    ),
  )
    .option('--allow-older', described('cli.law.allowOlder'))
    .action(async (file: string, options: KeyOptions & FolderOptions & { allowOlder?: true }) =>
      finish(await refusals(options, io, () => install(file, options, io))),
    );
  withFolder(withOptions(law.command('rollback').description(described('cli.law.rollback'))))
    .option('--to <law>', described('cli.law.to'))
    .action(async (options: FolderOptions & { to?: string }) =>
      finish(await refusals(options, io, () => rollBack(options, io))),
    );
  addLawRejudge(law, io, finish);
  withFolder(withOptions(law.command('status').description(described('cli.law.status')))).action(
    async (options: FolderOptions) => finish(await refusals(options, io, () => status(options, io))),
  );
}

const withOptions = (command: Command): Command =>
  command
    .option('--json', described('cli.option.json'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage);

const withFolder = (command: Command): Command => command.option('--dir <folder>', described('cli.law.dir'));

const withKeys = (command: Command): Command =>
  command.option('--key <file>', described('cli.law.publicKey'), (file: string, before: string[] = []) => [
    ...before,
    file,
  ]);

function parseVersion(text: string): string {
  if (!/^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(text)) throw new BadValue(said('cli.value.version'));
  return text;
}

async function bundle(options: BundleOptions, io: Io): Promise<ExitCode> {
  const [{ makeBundle }, { privateKeyIn }, { lawInForce }] = await Promise.all([
    import('../law-updates/bundle.js'),
    import('../law-updates/keys.js'),
    import('../core/law/rulebooks/index.js'),
    takeLaw(io),
  ]);
  const { out, expires, made = today(), leastVersion = VERSION, from } = options;
  const folder = from === undefined ? lawInForce().folder : pathToFileURL(`${from}/`);
  const key = await privateKeyIn(options.key);
  const { archive, digest, books, disabled } = await makeBundle({ folder, key, made, expires, leastVersion });
  await writeNew(out, archive);
  const { bundledText } = await import('./law-text.js');
  await print(
    options,
    io,
    { schema: 'assay.law-bundle/1', path: out, digest, made, expires, leastVersion, books, disabled },
    (speech) => bundledText({ digest, path: out, expires, books, disabled }, speech),
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
    throw new UsageError(said('cli.law.outThere', { path }), { cause });
  }
}

async function verify(file: string, options: KeyOptions, io: Io): Promise<ExitCode> {
  const [{ readBundle, openBundle }, { judgeBundle }, { assertFresh }] = await Promise.all([
    import('../law-updates/open-bundle.js'),
    import('../law-updates/bundle.js'),
    import('../law-updates/install.js'),
  ]);
  const opened = openBundle(await readBundle(file), await publicKeys(options, io));
  const { digest, manifest, signedBy } = opened;
  assertFresh(manifest, new Date());
  const disabled = await judgeBundle(opened);
  const { made, expires, leastVersion, books } = manifest;
  const { verifiedText } = await import('./law-text.js');
  await print(
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
    (speech) => verifiedText({ digest, made, expires, signedBy, books, disabled }, speech),
  );
  return EXIT.done;
}

async function install(
  file: string,
  options: KeyOptions & FolderOptions & { allowOlder?: true },
  io: Io,
): Promise<ExitCode> {
  const [{ readBundle }, { installLaw }] = await Promise.all([
    import('../law-updates/open-bundle.js'),
    import('../law-updates/install.js'),
  ]);
  return inPlaces(options, io, async (places) => {
    const keys = await publicKeys(options, io);
    const allowOlder = options.allowOlder === true;
    const done = await installLaw(await readBundle(file), { ...places, keys, now: new Date(), allowOlder });
    const { outcome, bundle: opened, before, disabled } = done;
    const { digest, signedBy } = opened;
    const { made, expires, books } = opened.manifest;
    const { installedText } = await import('./law-text.js');
    await print(
      options,
      io,
      {
        ...{ schema: 'assay.law-install/1', outcome, digest, before: before ?? BUILT_IN },
        ...{ made, expires, signedBy, books, disabled },
      },
      (speech) => installedText({ outcome, digest, before, expires, made, disabled }, speech),
    );
    return EXIT.done;
  });
}

async function rollBack(options: FolderOptions & { to?: string }, io: Io): Promise<ExitCode> {
  const { rollBackLaw } = await import('../law-updates/install.js');
  return inPlaces(options, io, async (places) => {
    const { digest, before } = await rollBackLaw(options.to, { ...places, now: new Date() });
    const { rolledBackText } = await import('./law-text.js');
    await print(
      options,
      io,
      {
        schema: 'assay.law-rollback/1',
        outcome: 'rolled-back',
        digest: digest ?? BUILT_IN,
        before: before ?? BUILT_IN,
      },
      (speech) => rolledBackText(digest, speech),
    );
    return EXIT.done;
  });
}

async function status(options: FolderOptions, io: Io): Promise<ExitCode> {
  const { lawStatus } = await import('../law-updates/law-status.js');
  const now = new Date();
  const known = await (folderName(options, io) === undefined
    ? lawStatus(undefined, now)
    : inPlaces(options, io, (places) => lawStatus(places, now)));
  const { digest, fault, before, ...rest } = known;
  const { lawStatusText } = await import('./law-text.js');
  await print(
    options,
    io,
    {
      ...{ schema: 'assay.law-status/1', checkedAt: now.toISOString(), digest: digest ?? BUILT_IN, ...rest },
      before: before.map((one) => ({ ...one, digest: one.digest ?? BUILT_IN })),
      ...(fault && { fault: forPrograms(options).say(fault) }),
    },
    (speech) => lawStatusText(known, speech),
  );
  return fault === undefined ? EXIT.done : EXIT.notAllInspected;
}

const BUILT_IN = 'built-in';

function folderName({ dir }: FolderOptions, io: Io): string | undefined {
  if (dir === '') throw new UsageError(said('cli.trust.dirEmpty'));
  return dir ?? readConfig(io.env).lawDir;
}

/** With the database where machines share one: what it says counts for all of them. */
async function inPlaces<T>(
  options: FolderOptions,
  io: Io,
  work: (places: LawPlaces) => Promise<T>,
): Promise<T> {
  const [{ LawFolder }, { LawRefusal }] = await Promise.all([
    import('../law-updates/law-folder.js'),
    import('../law-updates/law-refusal.js'),
  ]);
  const dir = folderName(options, io);
  if (dir === undefined) throw new LawRefusal('law.noFolder');
  const folder = new LawFolder(dir);
  const { dataDir, databaseUrl } = readConfig(io.env);
  if (databaseUrl === undefined) return work({ folder });
  const [{ openDatabase }, { KyselyLaws }] = await Promise.all([
    import('../store/database.js'),
    import('../store/kysely-laws.js'),
  ]);
  const database = await openDatabase({ dataDir, url: databaseUrl });
  try {
    return await work({ folder, shared: new KyselyLaws(database) });
  } finally {
    await database.close();
  }
}

/** Those that the command names, else the operator's. */
async function publicKeys({ key }: KeyOptions, io: Io) {
  const { operatorsKeys } = await import('../law-updates/keys.js');
  return operatorsKeys(key ?? readConfig(io.env).lawKey);
}

/** Told with its code, which scripts go by: nothing was changed then. */
async function refusals(options: LawOptions, io: Io, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    const { LawRefusal } = await import('../law-updates/law-refusal.js');
    if (!(error instanceof LawRefusal)) throw error;
    const { code } = error;
    if (options.json) {
      const reason = forPrograms(options).say(error.said);
      const refused = { schema: 'assay.law-refusal/1', outcome: 'refused', code, reason };
      await new Output(io.stdout).json(refused);
    } else tell(io, said('lawUpdate.refused', { code, why: error.said }));
    return EXIT.notAllInspected;
  }
}

async function print(
  options: LawOptions,
  io: Io,
  json: unknown,
  text: (speech: Speech) => string,
): Promise<void> {
  const output = new Output(io.stdout);
  await (options.json ? output.json(json) : output.text(text(speechIn(io))));
}

/** In English, unless another language was asked for. */
const forPrograms = ({ lang = 'en' }: LawOptions): Speech => speechOf(lang);

const today = (): string => new Date().toISOString().slice(0, 10);

const EXAMPLES = [
  'assay law bundle --out law.tar --key law.key.pem --expires 2027-01-31',
  'assay law verify law.tar --key law.pub.pem',
  'ASSAY_LAW_DIR=/srv/assay/law assay law install law.tar --key law.pub.pem',
  'assay law status',
  'assay law rollback --to built-in',
];
