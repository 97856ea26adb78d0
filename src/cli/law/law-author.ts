import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { VERSION } from '../../base/version.js';
import { message } from '../../i18n/message.js';
import type { LawSource } from '../../service/law-updates/law-source.js';
import { InvalidValueError } from '../shared/command.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription } from '../shared/help.js';
import type { Io } from '../shared/io.js';
import { loadOperatorLaw } from '../shared/law-in-force.js';
import { parseDate } from '../shared/options.js';
import { type LawCommandOptions, printResult, today, withOptions, withRefusals } from './law-command.js';

interface SignOptions extends LawCommandOptions {
  out: string;
  key: string;
  signer: string;
  expires: string;
  made?: string;
  leastVersion?: string;
}

interface OutOptions extends LawCommandOptions {
  out: string;
}

/** Adds the commands of whoever writes law: `new`, `check`, `sign` and `export`. */
export function addLawAuthoring(law: Command, io: Io, finish: (code: ExitCode) => void): void {
  withOut(law.command('new').description(encodeDescription('cli.law.new')))
    .argument('<id>', encodeDescription('cli.law.book'), parseBookId)
    .action(async (id: string, options: OutOptions) =>
      finish(await withRefusals(options, io, () => writeScaffold(id, options, io))),
    );
  withOptions(law.command('check').description(encodeDescription('cli.law.check')))
    .argument('<source>', encodeDescription('cli.law.source'))
    .action(async (source: string, options: LawCommandOptions) =>
      finish(await withRefusals(options, io, () => checkSource(source, options, io))),
    );
  withOptions(law.command('sign').description(encodeDescription('cli.law.sign')))
    .argument('<source>', encodeDescription('cli.law.source'))
    .requiredOption('--signer <name>', encodeDescription('cli.law.signer'))
    .requiredOption('--key <file>', encodeDescription('cli.law.privateKey'))
    .requiredOption('--out <file>', encodeDescription('cli.law.out'))
    .requiredOption('--expires <date>', encodeDescription('cli.law.expires'), parseDate)
    .option('--made <date>', encodeDescription('cli.law.made'), parseDate)
    .option('--least-version <version>', encodeDescription('cli.law.leastVersion'), parseVersion)
    .action(async (source: string, options: SignOptions) =>
      finish(await withRefusals(options, io, () => signSource(source, options, io))),
    );
  withOut(law.command('export').description(encodeDescription('cli.law.export')))
    .argument('[ids...]', encodeDescription('cli.rulebooks.id'))
    .action(async (ids: string[], options: OutOptions) =>
      finish(await withRefusals(options, io, () => exportBooks(ids, options, io))),
    );
}

const withOut = (command: Command): Command =>
  withOptions(command).option('--out <folder>', encodeDescription('cli.law.sourceOut'), '.');

function parseBookId(text: string): string {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) || text.length > 64)
    throw new InvalidValueError(message('cli.value.bookId'));
  return text;
}

function parseVersion(text: string): string {
  if (!/^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(text)) throw new InvalidValueError(message('cli.value.version'));
  return text;
}

async function writeScaffold(id: string, options: OutOptions, io: Io): Promise<ExitCode> {
  const { scaffoldBook } = await import('../../service/law-updates/law-scaffold.js');
  const path = join(options.out, `${id}.yaml`);
  await writeNew(path, Buffer.from(scaffoldBook(id, today())));
  return printWritten([path], options, io);
}

async function exportBooks(ids: readonly string[], options: OutOptions, io: Io): Promise<ExitCode> {
  const [{ exportBook }, { loadRulebooks }] = await Promise.all([
    import('../../service/law-updates/law-export.js'),
    import('../../core/law/rulebooks/index.js'),
    loadOperatorLaw(io),
  ]);
  const written: string[] = [];
  for (const book of loadRulebooks(ids.length === 0 ? undefined : ids)) {
    const path = join(options.out, `${book.id}.yaml`);
    await writeNew(path, Buffer.from(await exportBook(book)));
    written.push(path);
  }
  return printWritten(written, options, io);
}

async function printWritten(paths: readonly string[], options: OutOptions, io: Io): Promise<ExitCode> {
  const { writtenText } = await import('./law-text.js');
  await printResult(options, io, { schema: 'assay.law-written/1', paths }, (translator) =>
    writtenText(paths, translator),
  );
  return EXIT.done;
}

async function checkSource(path: string, options: LawCommandOptions, io: Io): Promise<ExitCode> {
  const source = await readSource(path);
  const { faults } = source;
  const { previewLaw } = await import('../../service/law-updates/law-preview.js');
  const { books } = faults.length > 0 ? { books: [] } : await previewLaw(source);
  const { disables } = source;
  const { checkedText } = await import('./law-text.js');
  await printResult(options, io, { schema: 'assay.law-check/1', faults, books, disables }, (translator) =>
    checkedText({ faults, books, disables }, translator),
  );
  const isGood = faults.length === 0 && books.every(({ failing }) => failing.length === 0);
  return isGood ? EXIT.done : EXIT.notAllInspected;
}

async function readSource(path: string): Promise<LawSource> {
  return (await import('../../service/law-updates/law-source.js')).readLawSource(path);
}

async function signSource(path: string, options: SignOptions, io: Io): Promise<ExitCode> {
  const [{ makeBundle }, { readPrivateKey }, { LawRefusal }] = await Promise.all([
    import('../../service/law-updates/bundle.js'),
    import('../../service/law-updates/keys.js'),
    import('../../service/law-updates/law-refusal.js'),
  ]);
  const { out, expires, made = today(), leastVersion = VERSION, signer } = options;
  const { files, disables, faults } = await readSource(path);
  if (faults.length > 0)
    throw new LawRefusal('law.source', {
      count: faults.length,
      faults: faults.map(({ file, line, column, why }) => `${file}:${line}:${column}: ${why}`),
    });
  const key = await readPrivateKey(options.key);
  const done = await makeBundle({ files, disables, signer, key, made, expires, leastVersion });
  await writeNew(out, done.archive);
  const { digest, books, disabled } = done;
  const { signedText } = await import('./law-text.js');
  await printResult(
    options,
    io,
    {
      ...{ schema: 'assay.law-sign/1', path: out, digest, signer, made, expires, leastVersion },
      ...{ books, disables, disabled },
    },
    (translator) =>
      signedText({ digest, path: out, name: signer, expires, books, disables, disabled }, translator),
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
