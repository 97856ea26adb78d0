import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { caseBagName } from '../cases/to-seal.js';
import { type Config, readConfig } from '../config.js';
import { textOfPath } from '../core/ground/path-text.js';
import { escapeTerminal } from '../core/ground/terminal-text.js';
import { tell as toldReport } from '../core/law/tell.js';
import type { Certificate } from '../core/trust/certificate.js';
import { Confinement } from '../isolation/confinement.js';
import { createInspector } from '../isolation/pool.js';
import { perform } from '../perform.js';
import { settled } from '../question/asked.js';
import type { Language } from '../say/languages.js';
import { type Said, said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';
import { type Speech, speechOf } from '../say/speech.js';
import { type Checked, checked, type Problem, publicKeyIn } from '../seal/check.js';
import { receivedFile } from '../seal/contents.js';
import { bagName, type InspectionToSeal, sealInspection } from '../seal/inspection.js';
import { KINDS, type Kind } from '../seal/names.js';
import { type SealedBag, seal as sealBag, type ToSeal } from '../seal/seal.js';
import { SealError, type SealFault } from '../seal/seal-error.js';
import { sealedAtIn } from '../seal/sealed-at.js';
import { type Signer, signerOf } from '../seal/signing.js';
import { assertFree, writeFolder, writeZip } from '../seal/write.js';
import { isInspectionId } from '../store/inspection-id.js';
import { LogForked } from '../store/log-forked.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { StoreFault } from '../store/store-fault.js';
import { Versions } from '../worker/versions.js';
import { BadValue } from './command.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described, endHelp } from './help.js';
import { type Io, speechIn, tell } from './io.js';
import { choice, LANGUAGE_HELP, parseLanguage } from './options.js';
import { Output } from './output.js';
import { lawAsked, type QuestionOptions, questionIn, withQuestion } from './question-options.js';
import { tellError } from './tell-error.js';
import { parseTenant } from './tenant.js';
import { unlessInterrupted } from './unless-interrupted.js';

interface SealOptions extends QuestionOptions<'inspect'> {
  kind: Kind;
  key: string;
  cert?: string;
  tsa?: string;
  at?: Date;
  file?: string;
  /** Of a case, in place of a file or an inspection. */
  case?: string;
  tenant: string;
  out: string;
  lang?: Language;
}

/** `assay seal` and `assay verify`: a finding that somebody else can check later, without us. */
export function addSealCommands(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const toSeal = program
    .command('seal')
    .description(described('cli.seal.about'))
    .argument('[file|inspection]', described('cli.seal.file'))
    .option('--case <id>', described('cli.seal.case'))
    .addOption(choice('--kind <kind>', described('cli.seal.kind'), [...KINDS]).makeOptionMandatory())
    .requiredOption('--key <file>', described('cli.seal.key'))
    .option('--cert <file>', described('cli.seal.cert'))
    .option('--tsa <address>', described('cli.seal.tsa'))
    .option('--at <time>', described('cli.seal.at'), parseTime)
    .option('--file <file>', described('cli.seal.fileAgain'))
    .addOption(
      new Option('--tenant <name>', described('cli.seal.tenant'))
        .argParser(parseTenant)
        .default(LOCAL_TENANT),
    )
    .requiredOption('--out <bundle>', described('cli.seal.out'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage);
  withQuestion(toSeal, 'inspect').action(async (file: string | undefined, options: SealOptions) =>
    finish(await told(io, () => seal(file, options, io))),
  );
  endHelp(toSeal, { notes: ['cli.seal.notes'], examples: SEAL_EXAMPLES });

  const toVerify = program
    .command('verify')
    .description(described('cli.verify.about'))
    .argument('<bundle>', described('cli.verify.bundle'))
    .option('--key <file>', described('cli.verify.key'))
    .option('--json', described('cli.verify.json'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .action(async (bundle: string, options: VerifyOptions) =>
      finish(await told(io, () => verify(bundle, options, io))),
    );
  endHelp(toVerify, { notes: ['cli.verify.notes'], examples: VERIFY_EXAMPLES });
}

const SEAL_EXAMPLES = [
  'assay seal photo.jpg --kind shareable --key desk.key.pem --cert desk.cert.pem --out photo.zip',
  'assay seal photo.jpg --kind full --key desk.key.pem --cert desk.cert.pem --tsa https://tsa.example.org/ --out photo.zip',
  'assay seal 0f8fad5b-d9cb-469f-a165-70867728950e --file photo.jpg --kind full --key desk.key.pem --cert desk.cert.pem --out photo.zip',
  'assay seal --case 0f8fad5b-d9cb-469f-a165-70867728950e --kind shareable --key desk.key.pem --cert desk.cert.pem --out case.zip',
];
const VERIFY_EXAMPLES = ['assay verify photo.zip', 'assay verify photo.zip --key desk.cert.pem'];

function parseTime(text: string): Date {
  const at = sealedAtIn(text);
  if (at === undefined) throw new BadValue(said('cli.seal.badTime'));
  return at;
}

/** Whatever cannot be sealed or opened is told in one line; nothing was made. */
async function told(io: Io, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    // What was wanted is that it ends: whatever else was on its way then is no news.
    if (io.interrupted?.aborted) return EXIT.interrupted;
    if (isHowItWasAsked(error)) throw error;
    tellError(io, error);
    // It may have been one: a ZIP that was cut off is none any more.
    if (error instanceof SealError && error.code === 'bundle') return EXIT.conditionMet;
    const isMistake = error instanceof SealError && !NOT_MADE.has(error.code);
    return isMistake ? EXIT.usage : EXIT.notAllInspected;
  }
}

/** Words and settings; what went wrong afterwards, as a page that could not be printed, is no mistake of whoever asked. */
const isHowItWasAsked = (error: unknown): boolean =>
  error instanceof SaidError &&
  !(error instanceof SealError || error instanceof StoreFault || error instanceof LogForked);

/** Nothing is wrong with how it was asked. */
const NOT_MADE: ReadonlySet<SealFault> = new Set(['authority', 'file', 'noFile', 'notRead', 'notWritten']);

async function seal(what: string | undefined, options: SealOptions, io: Io): Promise<ExitCode> {
  if ((what === undefined) === (options.case === undefined)) throw new UsageError(said('cli.seal.oneThing'));
  await assertFree(options.out);
  // A name that looks like an id may be a file’s all the same.
  const isKept = what === undefined || (isInspectionId(what) && !existsSync(what));
  refuseStrange(options, isKept);
  const config = readConfig(io.env);
  const at = options.at ?? new Date();
  const signer = signerOf(
    contentOf(options.key),
    options.cert === undefined ? undefined : contentOf(options.cert),
    at,
  );
  const speech = options.lang === undefined ? speechIn(io) : speechOf(options.lang);
  const work = (of: InspectionToSeal) => written(of, options, { signer, at, speech, io });
  const { case: story } = options;
  if (story !== undefined) {
    if (options.file !== undefined) throw new UsageError(said('cli.seal.fileOfCase'));
    const { tenant, kind } = options;
    const { withCase } = await import('./seal-case.js');
    return withCase({ id: story, tenant, kind }, { config, io, speech }, (of) =>
      writtenCase(story, of, options, { signer, at, speech, io }),
    );
  }
  if (what === undefined) throw new UsageError(said('cli.seal.oneThing'));
  if (!isKept) return sealFile(what, options, { config, io, speech, work });
  const { tenant, kind, file } = options;
  const { withKept } = await import('./seal-kept.js');
  return withKept({ id: what, tenant, kind, file }, { config, io, speech }, work);
}

function refuseStrange(options: SealOptions, isKept: boolean): void {
  if (options.kind === 'shareable' && options.reveal !== undefined)
    throw new UsageError(said('cli.seal.reveal'));
  // What is not in the bundle nobody could check with it.
  if (options.sidecar !== undefined || options.init !== undefined)
    throw new UsageError(said('cli.seal.oneFile'));
  if (!isKept && options.file !== undefined) throw new UsageError(said('cli.seal.fileOfKept'));
  // Nobody would compare it.
  if (options.kind === 'shareable' && options.file !== undefined)
    throw new UsageError(said('cli.seal.fileOfFull'));
  // The engine is always said.
  const { engine: _, ...asked } = questionIn(options);
  if (isKept && Object.keys(asked).length > 0) throw new UsageError(said('cli.seal.askedBefore'));
}

interface Place {
  config: Config;
  io: Io;
  speech: Speech;
  work(of: InspectionToSeal): Promise<SealedBag>;
}

/** Inspected to be sealed. */
async function sealFile(
  file: string,
  options: SealOptions,
  { config, io, speech, work }: Place,
): Promise<ExitCode> {
  const question = questionIn(options);
  const law = await lawAsked(question, config);
  const { trustDir, sandbox } = config;
  const inspector = createInspector({ jobs: 1, trustDir, confinement: new Confinement({ sandbox }) });
  try {
    const name = textOfPath(basename(file));
    const done = await unlessInterrupted(
      io,
      perform(
        settled(question, law),
        { path: file, name },
        { inspector, beside: ['evidence', 'manifestStore'] },
      ),
    );
    if ('error' in done) {
      tell(io, said('cli.seal.notInspected', { path: file, why: done.error.said }));
      return EXIT.notAllInspected;
    }
    const { evidence, manifestStore, manifestStoreFault } = done;
    const told = toldReport(done.report, speech);
    const { sha256, bytes } = told.asset;
    if (sha256 === undefined) {
      tell(io, said('cli.seal.noHash', { path: file }));
      return EXIT.notAllInspected;
    }
    const report = { ...told, asset: { ...told.asset, sha256 } };
    const versions = await new Versions(trustDir).now(report.tool.rulebooks.map(({ id }) => id));
    const content = receivedFile(file, { bytes, sha256, name });
    await work({
      ...{ kind: options.kind, report, evidence, versions, manifestStoreFault },
      manifestStore: manifestStore?.bytes,
      file: { content, from: 'inspection' },
    });
    return EXIT.done;
  } finally {
    await inspector.close();
  }
}

interface Sealing {
  signer: Signer;
  at: Date;
  speech: Speech;
  io: Io;
}

async function written(
  of: InspectionToSeal,
  options: SealOptions,
  { io, ...how }: Sealing,
): Promise<SealedBag> {
  const { inspection, report, kind, manifestStoreFault } = of;
  const bag = await unlessInterrupted(io, sealInspection(of, { ...how, authority: options.tsa }));
  const what =
    inspection === undefined
      ? said('cli.seal.ofFile', { name: report.asset.name })
      : said('cli.seal.ofKept', { id: inspection });
  const missing =
    kind === 'full' && manifestStoreFault !== undefined
      ? [said('cli.seal.noManifestStore', { code: manifestStoreFault.code })]
      : [];
  return put(bag, { folder: bagName(report), out: options.out, what, missing, io });
}

async function writtenCase(
  id: string,
  of: ToSeal,
  { out, tsa: authority }: SealOptions,
  { io, ...how }: Sealing,
): Promise<SealedBag> {
  const bag = await unlessInterrupted(io, sealBag(of, { ...how, authority }));
  return put(bag, { folder: caseBagName(id), out, what: said('cli.seal.ofCase', { id }), missing: [], io });
}

interface Put {
  /** What the bag is called within a ZIP. */
  folder: string;
  out: string;
  what: Said;
  missing: readonly Said[];
  io: Io;
}

/** All of it or nothing, also where it is interrupted; told where it is there. */
async function put(bag: SealedBag, { folder, out, what, missing, io }: Put): Promise<SealedBag> {
  const { files, stamp } = bag;
  const { interrupted } = io;
  if (out.endsWith('.zip')) await writeZip(files, folder, out, interrupted);
  else await writeFolder(files, out, interrupted);
  const stamped =
    stamp === undefined ? said('cli.seal.noStamp') : said('cli.seal.stamped', { at: stamp.at.toISOString() });
  for (const one of [what, said('cli.seal.made', { path: out, count: files.length }), ...missing, stamped])
    tell(io, one);
  return bag;
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new UsageError(said('cli.seal.notRead', { path }), { cause });
  }
}

interface VerifyOptions {
  key?: string;
  json?: boolean;
  lang?: Language;
}

/** A bag that does not hold fails the check; one of which something could not be read, and nothing else is wrong, was not checked. */
function exitOf({ problems }: Checked): ExitCode {
  if (problems.length === 0) return EXIT.done;
  return problems.every(({ code }) => code === 'notRead') ? EXIT.notAllInspected : EXIT.conditionMet;
}

async function verify(bundle: string, options: VerifyOptions, io: Io): Promise<ExitCode> {
  const key = options.key === undefined ? undefined : publicKeyIn(contentOf(options.key));
  if (options.key !== undefined && key === undefined)
    throw new UsageError(said('cli.verify.badKey', { path: options.key }));
  const result = await unlessInterrupted(io, checked(bundle, { key }));
  const speech = options.lang === undefined ? speechIn(io) : speechOf(options.lang);
  const output = new Output(io.stdout);
  if (options.json) await output.json(asJson(result, bundle));
  else {
    const lines = linesOf(result, key !== undefined, speech);
    await output.text(`${lines.map((line) => escapeTerminal(line)).join('\n')}\n`);
  }
  return exitOf(result);
}

const asJson = ({ signer, stamp, sealedAt, ...rest }: Checked, path: string) => ({
  schema: 'assay.verify/1',
  path,
  holds: rest.problems.length === 0,
  ...rest,
  ...(sealedAt && { sealedAt: sealedAt.toISOString() }),
  ...(signer && {
    signer: {
      kind: signer.kind,
      fingerprint: signer.fingerprint,
      ...(signer.certificate && { name: nameOf(signer.certificate) }),
    },
  }),
  ...(stamp && { timestamp: { at: stamp.at.toISOString(), authority: nameOf(stamp.authority) } }),
});

function linesOf(result: Checked, isExpected: boolean, speech: Speech): string[] {
  const { problems, signer, stamp, sealedAt, kind } = result;
  const { words } = speech;
  const lines = [
    problems.length === 0 ? words('seal.holds') : words('seal.doesNotHold', { count: problems.length }),
  ];
  for (const problem of problems) lines.push(`- ${problemWords(problem, speech)}`);
  // What it says of itself is told where it is so; what a case holds is told with its inspections.
  const isAsSaid = result.inspections === undefined && (kind === 'full') === result.received > 0;
  if (kind !== undefined && isAsSaid) lines.push(words(`seal.kind.${kind}`));
  if (signer !== undefined) {
    const { fingerprint, certificate } = signer;
    lines.push(
      words('seal.signer', {
        name: certificate === undefined ? '' : nameOf(certificate),
        fingerprint,
        how: certificate ? 'certificate' : 'other',
      }),
    );
    if (!isExpected) lines.push(words('seal.signerUnknown'));
  }
  const { inspections: count, received } = result;
  if (count !== undefined) lines.push(words('seal.inspections', { count, received }));
  if (sealedAt !== undefined) lines.push(words('seal.sealedAt', { at: sealedAt.toISOString() }));
  lines.push(
    stamp === undefined
      ? words('seal.noStamp')
      : words('seal.stamped', { at: stamp.at.toISOString(), name: nameOf(stamp.authority) }),
  );
  if (result.log !== undefined) {
    const { verifierKey: key, ...log } = result.log;
    lines.push(words('seal.log', { ...log, key }));
  }
  return lines;
}

/** As it names itself: anybody can put any name into a certificate of their own. */
const nameOf = ({ profile, x509 }: Certificate): string =>
  profile?.subject.commonName ?? x509.subject.replaceAll('\n', ', ');

/** Params that a sentence has no place for are left alone. */
const problemWords = ({ code, path = '', now = '', bytes = 0 }: Problem, speech: Speech): string =>
  speech.say({ id: `seal.problem.${code}`, params: { path, now, count: bytes } } as Said);
