import type { Command } from 'commander';
import { readConfig } from '../../config/settings.js';
import { message } from '../../i18n/message.js';
import type { LawStores } from '../../service/law-updates/install.js';
import type { TrustedKey } from '../../service/law-updates/keys.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import type { Io } from '../shared/io.js';
import { addLawAuthoring } from './law-author.js';
import {
  jsonTranslator,
  type LawCommandOptions,
  printResult,
  withOptions,
  withRefusals,
} from './law-command.js';
import { addLawRejudge } from './law-rejudge.js';

const BUILT_IN = 'built-in';

type Finish = (code: ExitCode) => void;

interface LawKeyOptions extends LawCommandOptions {
  key?: string[];
}

interface FolderOptions extends LawCommandOptions {
  dir?: string;
}

/** Adds `assay law`, which manages signed law; `assay rulebooks` shows their contents. */
export function addLawCommand(program: Command, io: Io, finish: Finish): void {
  const law = program.command('law').description(encodeDescription('cli.law.about'));
  setHelpEnd(law, { notes: ['cli.law.notes'], examples: EXAMPLES, last: ['cli.law.exitCodes'] });
  addLawAuthoring(law, io, finish);
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
  withFolder(
    withOptions(law.command('remove').description(encodeDescription('cli.law.remove'))).argument(
      '<layer>',
      encodeDescription('cli.law.layer'),
    ),
  ).action(async (layer: string, options: FolderOptions) =>
    finish(await withRefusals(options, io, () => removeLawLayer(layer, options, io))),
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

const withFolder = (command: Command): Command =>
  command.option('--dir <folder>', encodeDescription('cli.law.dir'));

const withKeys = (command: Command): Command =>
  command.option(
    '--key <file>',
    encodeDescription('cli.law.publicKey'),
    (file: string, before: string[] = []) => [...before, file],
  );

async function verifyLawBundle(file: string, options: LawKeyOptions, io: Io): Promise<ExitCode> {
  const [{ readBundle, openBundle }, { findDisabledClauses }, { assertFresh }] = await Promise.all([
    import('../../service/law-updates/open-bundle.js'),
    import('../../service/law-updates/bundle.js'),
    import('../../service/law-updates/install.js'),
  ]);
  const opened = openBundle(await readBundle(file), await publicKeys(options, io));
  const { digest, manifest } = opened;
  assertFresh(manifest, new Date());
  const disabled = await findDisabledClauses(opened);
  const { signer, made, expires, leastVersion, books, disables } = manifest;
  const { verifiedText } = await import('./law-text.js');
  await printResult(
    options,
    io,
    {
      ...{ schema: 'assay.law-verify/1', outcome: 'good', digest, signer, made, expires, leastVersion },
      ...{ books, disables, disabled },
    },
    (translator) => verifiedText({ digest, manifest, disabled }, translator),
  );
  return EXIT.done;
}

async function installLawBundle(
  file: string,
  options: LawKeyOptions & FolderOptions & { allowOlder?: true },
  io: Io,
): Promise<ExitCode> {
  const [{ readBundle }, { installLaw }, { listDisabled }] = await Promise.all([
    import('../../service/law-updates/open-bundle.js'),
    import('../../service/law-updates/install.js'),
    import('../../service/law-updates/loaded-law.js'),
  ]);
  return withLawStorage(options, io, async (places) => {
    const keys = await publicKeys(options, io);
    const allowOlder = options.allowOlder === true;
    const ranks = await configuredKeys(io);
    const done = await installLaw(await readBundle(file), {
      ...{ ...places, keys, ranks, now: new Date(), allowOlder },
    });
    const { outcome, bundle, before, after = BUILT_IN, law } = done;
    const { signer, made, expires, books, disables } = bundle.manifest;
    const disabled = listDisabled(law.books);
    const { installedText } = await import('./law-text.js');
    await printResult(
      options,
      io,
      {
        ...{ schema: 'assay.law-install/1', outcome, digest: bundle.digest, law: after },
        ...{ before: before ?? BUILT_IN, signer, made, expires, books, disables, disabled, idle: law.idle },
      },
      (translator) => installedText(done, disabled, translator),
    );
    return EXIT.done;
  });
}

async function removeLawLayer(layer: string, options: FolderOptions, io: Io): Promise<ExitCode> {
  const { removeLayer } = await import('../../service/law-updates/install.js');
  return withLawStorage(options, io, async (places) => {
    const { digest, before, signer } = await removeLayer(layer, { ...places, now: new Date() });
    const { removedText } = await import('./law-text.js');
    await printResult(
      options,
      io,
      {
        ...{ schema: 'assay.law-remove/1', outcome: 'removed', signer },
        ...{ digest: digest ?? BUILT_IN, before: before ?? BUILT_IN },
      },
      (translator) => removedText(signer, digest, translator),
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
  const { digest, fault, before, watched, ...rest } = known;
  const { lawStatusText } = await import('./law-text.js');
  await printResult(
    options,
    io,
    {
      ...{ schema: 'assay.law-status/1', checkedAt: now.toISOString(), digest: digest ?? BUILT_IN, ...rest },
      watched: watched.map(({ watched: { id, jurisdiction }, ...one }) => ({ ...one, id, jurisdiction })),
      before: before.map((one) => ({ ...one, digest: one.digest ?? BUILT_IN })),
      ...(fault && { fault: jsonTranslator(options).translate(fault) }),
    },
    (translator) => lawStatusText(known, translator),
  );
  return fault === undefined ? EXIT.done : EXIT.notAllInspected;
}

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

/** Keys of the configuration, whose order ranks layers; none if it names none. */
async function configuredKeys(io: Io): Promise<TrustedKey[] | undefined> {
  const { lawKey } = readConfig(io.env);
  if (lawKey === undefined) return undefined;
  return (await import('../../service/law-updates/keys.js')).readOperatorKeys(lawKey);
}

const EXAMPLES = [
  'assay law new es-labels-2027',
  'assay law check es-labels-2027.yaml',
  "assay law sign es-labels-2027.yaml --signer 'Example News, legal desk' --key law.key.pem --out law.tar --expires 2027-12-31",
  'ASSAY_LAW_DIR=/srv/assay/law assay law install law.tar --key law.pub.pem',
  'assay law status',
  "assay law remove 'Example News, legal desk'",
  'assay law rollback --to built-in',
];
