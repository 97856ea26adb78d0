import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { displayPath } from '../../base/path-text.js';
import { escapeTerminal } from '../../base/terminal-text.js';
import { type Config, readConfig } from '../../config/settings.js';
import type { Certificate } from '../../core/trust/certificate.js';
import type { Language } from '../../i18n/languages.js';
import { type Message, message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import { inspectFile } from '../../inspect/inspect-file.js';
import { resolveOptions } from '../../inspect/options/resolved.js';
import { createInspector } from '../../inspect/pool/create-inspector.js';
import { Confinement } from '../../inspect/sandbox/confinement.js';
import { caseBagName } from '../../service/cases/case-to-seal.js';
import { AnswerInputs } from '../../service/inspections/versions.js';
import { toReceivedBagFile } from '../../service/sealing/contents.js';
import { bagName, type InspectionToSeal, sealInspection } from '../../service/sealing/inspection-contents.js';
import { BUNDLE_KINDS, type BundleKind } from '../../service/sealing/names.js';
import { type BagToSeal, type SealedBag, seal as sealBag } from '../../service/sealing/seal.js';
import { SealError, type SealFault } from '../../service/sealing/seal-error.js';
import { parseSealedAt } from '../../service/sealing/sealed-at.js';
import { parseSigner, type Signer } from '../../service/sealing/signing.js';
import {
  type BundleProblem,
  parsePublicKey,
  type VerificationResult,
  verifyBag,
} from '../../service/sealing/verify.js';
import { assertPathFree, writeFolder, writeZip } from '../../service/sealing/write.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import { isInspectionId } from '../../storage/engine/record-id.js';
import { StoreFault } from '../../storage/engine/storage-fault.js';
import { LogForkedError } from '../../storage/log/log-forked.js';
import { InvalidValueError } from '../shared/command.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import {
  type InspectFlags,
  lawSelectionFor,
  pickInspectOptions,
  withInspectOptions,
} from '../shared/inspect-options.js';
import { type Io, printMessage, translatorForUser } from '../shared/io.js';
import { choiceOption, LANGUAGE_HELP, parseLanguage } from '../shared/options.js';
import { Output } from '../shared/output.js';
import { printError } from '../shared/print-error.js';
import { parseTenant } from '../shared/tenant.js';
import { unlessInterrupted } from '../shared/unless-interrupted.js';

interface SealOptions extends InspectFlags<'inspect'> {
  kind: BundleKind;
  key: string;
  cert?: string;
  tsa?: string;
  at?: Date;
  file?: string;
  /** Id of a case to seal, instead of a file or an inspection. */
  case?: string;
  tenant: string;
  out: string;
  lang?: Language;
}

/** Adds `assay seal` and `assay verify`: bundles that others can check later without Assay's server. */
export function addSealCommands(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const toSeal = program
    .command('seal')
    .description(encodeDescription('cli.seal.about'))
    .argument('[file|inspection]', encodeDescription('cli.seal.file'))
    .option('--case <id>', encodeDescription('cli.seal.case'))
    .addOption(
      choiceOption('--kind <kind>', encodeDescription('cli.seal.kind'), [
        ...BUNDLE_KINDS,
      ]).makeOptionMandatory(),
    )
    .requiredOption('--key <file>', encodeDescription('cli.seal.key'))
    .option('--cert <file>', encodeDescription('cli.seal.cert'))
    .option('--tsa <address>', encodeDescription('cli.seal.tsa'))
    .option('--at <time>', encodeDescription('cli.seal.at'), parseTime)
    .option('--file <file>', encodeDescription('cli.seal.fileAgain'))
    .addOption(
      new Option('--tenant <name>', encodeDescription('cli.seal.tenant'))
        .argParser(parseTenant)
        .default(LOCAL_TENANT),
    )
    .requiredOption('--out <bundle>', encodeDescription('cli.seal.out'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage);
  withInspectOptions(toSeal, 'inspect').action(async (file: string | undefined, options: SealOptions) =>
    finish(await withSealErrors(io, () => runSeal(file, options, io))),
  );
  setHelpEnd(toSeal, { notes: ['cli.seal.notes'], examples: SEAL_EXAMPLES });

  const toVerify = program
    .command('verify')
    .description(encodeDescription('cli.verify.about'))
    .argument('<bundle>', encodeDescription('cli.verify.bundle'))
    .option('--key <file>', encodeDescription('cli.verify.key'))
    .option('--json', encodeDescription('cli.verify.json'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .action(async (bundle: string, options: VerifyOptions) =>
      finish(await withSealErrors(io, () => runVerify(bundle, options, io))),
    );
  setHelpEnd(toVerify, { notes: ['cli.verify.notes'], examples: VERIFY_EXAMPLES });
}

const SEAL_EXAMPLES = [
  'assay seal photo.jpg --kind shareable --key desk.key.pem --cert desk.cert.pem --out photo.zip',
  'assay seal photo.jpg --kind full --key desk.key.pem --cert desk.cert.pem --tsa https://tsa.example.org/ --out photo.zip',
  'assay seal 0f8fad5b-d9cb-469f-a165-70867728950e --file photo.jpg --kind full --key desk.key.pem --cert desk.cert.pem --out photo.zip',
  'assay seal --case 0f8fad5b-d9cb-469f-a165-70867728950e --kind shareable --key desk.key.pem --cert desk.cert.pem --out case.zip',
];
const VERIFY_EXAMPLES = ['assay verify photo.zip', 'assay verify photo.zip --key desk.cert.pem'];

function parseTime(text: string): Date {
  const at = parseSealedAt(text);
  if (at === undefined) throw new InvalidValueError(message('cli.seal.badTime'));
  return at;
}

/** Runs `work`; an error while sealing or verifying is printed in one line and becomes the exit code. */
async function withSealErrors(io: Io, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    // After an interruption any other error is irrelevant.
    if (io.interrupted?.aborted) return EXIT.interrupted;
    if (isUsageProblem(error)) throw error;
    printError(io, error);
    // The path may be a damaged bundle, such as a truncated ZIP, so the check counts as failed.
    if (error instanceof SealError && error.code === 'bundle') return EXIT.conditionMet;
    const isMistake = error instanceof SealError && !NOT_USAGE_FAULTS.has(error.code);
    return isMistake ? EXIT.usage : EXIT.notAllInspected;
  }
}

/**
 * Returns whether the error lies in options or settings. Later failures, such as a page that could not be printed, are
 * not the user's mistake.
 */
const isUsageProblem = (error: unknown): boolean =>
  error instanceof MessageError &&
  !(error instanceof SealError || error instanceof StoreFault || error instanceof LogForkedError);

/** Faults for which the command line was correct. */
const NOT_USAGE_FAULTS: ReadonlySet<SealFault> = new Set([
  'authority',
  'file',
  'noFile',
  'notRead',
  'notWritten',
]);

async function runSeal(what: string | undefined, options: SealOptions, io: Io): Promise<ExitCode> {
  if ((what === undefined) === (options.case === undefined))
    throw new UsageError(message('cli.seal.oneThing'));
  await assertPathFree(options.out);
  // A name that looks like an inspection id may also be a file.
  const isStored = what === undefined || (isInspectionId(what) && !existsSync(what));
  checkSealOptions(options, isStored);
  const config = readConfig(io.env);
  const at = options.at ?? new Date();
  const signer = parseSigner(
    readKeyFile(options.key),
    options.cert === undefined ? undefined : readKeyFile(options.cert),
    at,
  );
  const speech = options.lang === undefined ? translatorForUser(io) : translatorFor(options.lang);
  const work = (of: InspectionToSeal) => sealAndWrite(of, options, { signer, at, speech, io });
  const { case: caseId } = options;
  if (caseId !== undefined) {
    if (options.file !== undefined) throw new UsageError(message('cli.seal.fileOfCase'));
    const { tenant, kind } = options;
    const { withCase } = await import('./seal-case.js');
    return withCase({ id: caseId, tenant, kind }, { config, io, speech }, (of) =>
      sealAndWriteCase(caseId, of, options, { signer, at, speech, io }),
    );
  }
  if (what === undefined) throw new UsageError(message('cli.seal.oneThing'));
  if (!isStored) return sealFile(what, options, { config, io, speech, work });
  const { tenant, kind, file } = options;
  const { withStoredInspection } = await import('./seal-stored.js');
  return withStoredInspection({ id: what, tenant, kind, file }, { config, io, speech }, work);
}

function checkSealOptions(options: SealOptions, isKept: boolean): void {
  if (options.kind === 'shareable' && options.reveal !== undefined)
    throw new UsageError(message('cli.seal.reveal'));
  // A sidecar or init segment would be missing from the bundle, so nobody could check the result with it.
  if (options.sidecar !== undefined || options.init !== undefined)
    throw new UsageError(message('cli.seal.oneFile'));
  if (!isKept && options.file !== undefined) throw new UsageError(message('cli.seal.fileOfStored'));
  // A shareable bundle contains no file, so the given one would not be compared.
  if (options.kind === 'shareable' && options.file !== undefined)
    throw new UsageError(message('cli.seal.fileOfFull'));
  // The engine always has a value, so it does not count as given.
  const { engine: _, ...asked } = pickInspectOptions(options);
  if (isKept && Object.keys(asked).length > 0) throw new UsageError(message('cli.seal.requestedBefore'));
}

interface SealContext {
  config: Config;
  io: Io;
  speech: Translator;
  work(of: InspectionToSeal): Promise<SealedBag>;
}

/** Inspects a file and seals the result. */
async function sealFile(
  file: string,
  options: SealOptions,
  { config, io, work }: SealContext,
): Promise<ExitCode> {
  const question = pickInspectOptions(options);
  const law = await lawSelectionFor(question, config);
  const { trustDir, sandbox } = config;
  const inspector = createInspector({ jobs: 1, trustDir, confinement: new Confinement({ sandbox }) });
  try {
    const name = displayPath(basename(file));
    const done = await unlessInterrupted(
      io,
      inspectFile(
        resolveOptions(question, law),
        { path: file, name },
        { inspector, attachments: ['evidence', 'manifestStore'] },
      ),
    );
    if ('error' in done) {
      printMessage(io, message('cli.seal.notInspected', { path: file, why: done.error.userMessage }));
      return EXIT.notAllInspected;
    }
    const { report, evidence, manifestStore, manifestStoreFault } = done;
    const { sha256, bytes } = report.asset;
    if (sha256 === undefined) {
      printMessage(io, message('cli.seal.noHash', { path: file }));
      return EXIT.notAllInspected;
    }
    const versions = await new AnswerInputs(trustDir).now(report.tool.rulebooks.map(({ id }) => id));
    const content = toReceivedBagFile(file, { bytes, sha256, name });
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
  speech: Translator;
  io: Io;
}

async function sealAndWrite(
  of: InspectionToSeal,
  options: SealOptions,
  { io, ...how }: Sealing,
): Promise<SealedBag> {
  const { inspection, report, kind, manifestStoreFault } = of;
  const bag = await unlessInterrupted(io, sealInspection(of, { ...how, authority: options.tsa }));
  const what =
    inspection === undefined
      ? message('cli.seal.ofFile', { name: report.asset.name })
      : message('cli.seal.ofStored', { id: inspection });
  const missing =
    kind === 'full' && manifestStoreFault !== undefined
      ? [message('cli.seal.noManifestStore', { code: manifestStoreFault.code })]
      : [];
  return writeBag(bag, { folder: bagName(report), out: options.out, what, missing, io });
}

async function sealAndWriteCase(
  id: string,
  of: BagToSeal,
  { out, tsa: authority }: SealOptions,
  { io, ...how }: Sealing,
): Promise<SealedBag> {
  const bag = await unlessInterrupted(io, sealBag(of, { ...how, authority }));
  return writeBag(bag, {
    folder: caseBagName(id),
    out,
    what: message('cli.seal.ofCase', { id }),
    missing: [],
    io,
  });
}

interface WriteTarget {
  /** Name of the bag's folder inside a ZIP. */
  folder: string;
  out: string;
  what: Message;
  missing: readonly Message[];
  io: Io;
}

/** Writes all of the bag or nothing, even if interrupted, and prints where it is. */
async function writeBag(bag: SealedBag, { folder, out, what, missing, io }: WriteTarget): Promise<SealedBag> {
  const { files, stamp } = bag;
  const { interrupted } = io;
  if (out.endsWith('.zip')) await writeZip(files, folder, out, interrupted);
  else await writeFolder(files, out, interrupted);
  const stamped =
    stamp === undefined
      ? message('cli.seal.noStamp')
      : message('cli.seal.stamped', { at: stamp.at.toISOString() });
  for (const one of [what, message('cli.seal.made', { path: out, count: files.length }), ...missing, stamped])
    printMessage(io, one);
  return bag;
}

function readKeyFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new UsageError(message('cli.seal.notRead', { path }), { cause });
  }
}

interface VerifyOptions {
  key?: string;
  json?: boolean;
  lang?: Language;
}

/**
 * A bag with an error fails the check. If the only problem is that something could not be read, the bag counts as not
 * checked.
 */
function verifyExitCode({ problems }: VerificationResult): ExitCode {
  if (problems.length === 0) return EXIT.done;
  return problems.every(({ code }) => code === 'notRead') ? EXIT.notAllInspected : EXIT.conditionMet;
}

async function runVerify(bundle: string, options: VerifyOptions, io: Io): Promise<ExitCode> {
  const key = options.key === undefined ? undefined : parsePublicKey(readKeyFile(options.key));
  if (options.key !== undefined && key === undefined)
    throw new UsageError(message('cli.verify.badKey', { path: options.key }));
  const result = await unlessInterrupted(io, verifyBag(bundle, { key }));
  const translator = options.lang === undefined ? translatorForUser(io) : translatorFor(options.lang);
  const output = new Output(io.stdout);
  if (options.json) await output.json(toVerifyJson(result, bundle));
  else {
    const lines = verifyLines(result, key !== undefined, translator);
    await output.text(`${lines.map((line) => escapeTerminal(line)).join('\n')}\n`);
  }
  return verifyExitCode(result);
}

const toVerifyJson = ({ signer, stamp, sealedAt, ...rest }: VerificationResult, path: string) => ({
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

function verifyLines(result: VerificationResult, isExpected: boolean, translator: Translator): string[] {
  const { problems, signer, stamp, sealedAt, kind } = result;
  const { text: words } = translator;
  const lines = [
    problems.length === 0 ? words('seal.holds') : words('seal.doesNotHold', { count: problems.length }),
  ];
  for (const problem of problems) lines.push(`- ${problemText(problem, translator)}`);
  // The kind is printed only if the contents match it; for a case the counts of its inspections are printed instead.
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

/** Returns the name in the certificate, which anyone can choose in a certificate of their own. */
const nameOf = ({ profile, x509 }: Certificate): string =>
  profile?.subject.commonName ?? x509.subject.replaceAll('\n', ', ');

/** Parameters that the message does not use are ignored. */
const problemText = ({ code, path = '', now = '', bytes = 0 }: BundleProblem, speech: Translator): string =>
  speech.translate({ id: `seal.problem.${code}`, params: { path, now, count: bytes } } as Message);
