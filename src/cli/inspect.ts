import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { readConfig } from '../config.js';
import { jsonLine } from '../core/ground/json-line.js';
import { bytesOfPath, textOfPath, toldPath } from '../core/ground/path-text.js';
import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { ErrorRecord, Report } from '../core/report/report.js';
import { Confinement } from '../isolation/confinement.js';
import { InspectError } from '../isolation/inspect-error.js';
import type { Inspector } from '../isolation/inspector.js';
import { isolationLimits } from '../isolation/isolation-limits.js';
import { createInspector } from '../isolation/pool.js';
import type { Fate } from '../isolation/reading-process.js';
import { checkSidecars } from '../isolation/sidecar-file.js';
import { type AskedFile, perform } from '../perform.js';
import { settled } from '../question/asked.js';
import type { AskedLaw } from '../question/asked-law.js';
import type { Language } from '../say/languages.js';
import { type Said, said } from '../say/said.js';
import { errorSaid } from '../say/said-error.js';
import { speechOf } from '../say/speech.js';
import { takeBegun } from './begin.js';
import { type ColorChoice, wantsColor } from './color.js';
import { crJson } from './cr-json.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { CONDITIONS, type Condition } from './fail-on.js';
import { tellHeld } from './held-told.js';
import { inOrder } from './in-order.js';
import { type Io, tell } from './io.js';
import { Output } from './output.js';
import { lawAsked, type QuestionOptions, questionIn } from './question-options.js';

export interface InspectOptions extends QuestionOptions<'inspect'> {
  json?: boolean;
  jobs?: number;
  failOn?: Condition[];
  color: ColorChoice;
  crjson?: boolean;
  /** What the file says field by field, instead of its Report. */
  evidence?: boolean;
  /** The Report on this part alone, by its number in the file's own. */
  part?: number;
  /** The whole record after the one page. */
  full?: boolean;
  lang: Language;
  /** Of a file that was fetched: what it is called in place of its path, and what its server says of it. */
  given?: Pick<AskedFile, 'name' | 'declaredMediaType' | 'servedBy'> & { shown: string };
}

type Outcome =
  | { path: string; report: Report; evidence?: EvidenceSheet | undefined }
  | { path: string; error: InspectError };

/** Results that may wait for a slow file before them, per job. */
const AHEAD_PER_JOB = 16;

export async function inspect(files: string[], options: InspectOptions, io: Io): Promise<ExitCode> {
  if (options.crjson) return crJson(onlyFile(files, '--crjson'), options, io);
  await checkBeside(files, options.sidecar);
  if (options.part !== undefined) onlyFile(files, '--part');
  const config = readConfig(io.env);
  const jobs = options.jobs ?? Math.min(availableParallelism(), files.length);
  const { trustDir, sandbox } = config;
  const begun = takeBegun(trustDir, sandbox);
  const confinement = begun?.confinement ?? new Confinement({ sandbox });
  const inspector = createInspector({
    ...{ jobs, trustDir, confinement },
    ...(begun ? { stock: begun.stock } : { begin: readsSmall(files, options) }),
  });
  const stop = () => void inspector.close();
  io.interrupted?.addEventListener('abort', stop, { once: true });
  // What was begun may have started by now.
  const tellNoMore = tellHeld(io, { already: confinement.held });
  try {
    const law = await lawAsked(questionIn(options), config);
    return await inspectAll(files, options, io, inspector, jobs, law);
  } finally {
    tellNoMore();
    io.interrupted?.removeEventListener('abort', stop);
    await inspector.close();
  }
}

/** Whether a process for small files will be asked for as soon as all is loaded. */
function readsSmall([first = '']: string[], { deep }: InspectOptions): boolean {
  try {
    const stats = statSync(bytesOfPath(first));
    return !deep && stats.isFile() && stats.size <= isolationLimits.smallAssetBytes;
  } catch {
    // Told in its turn.
    return false;
  }
}

export async function inspectAll(
  files: string[],
  options: InspectOptions,
  io: Io,
  inspector: Inspector,
  jobs: number,
  law: AskedLaw = {},
): Promise<ExitCode> {
  const question = settled(questionIn(options), law);
  /** Files whose report is in doubt: the process that gave it failed on a later file. */
  const doubted = new Set<string>();
  const inspectOne = async (at: string, alone = false): Promise<Outcome> => {
    const { sidecar: sidecarPaths, init } = options;
    const { shown: path = at, ...served } = options.given ?? {};
    const given = { sidecarPaths, ...(init === undefined ? {} : { initPath: init }) };
    const name = textOfPath(basename(at));
    const whenEnded = (fate: Fate) => {
      if (fate === 'doubted' && !alone) doubted.add(at);
    };
    try {
      const { part } = options;
      const beside = options.evidence
        ? (['evidence'] as const)
        : part !== undefined
          ? (['parts'] as const)
          : [];
      const file = { path: at, name, ...given, ...served, ...(alone && { alone }) };
      const done = await perform(question, file, { inspector, beside, whenEnded });
      if ('report' in done && options.evidence && done.evidence === undefined)
        return { path, error: unread() };
      if ('report' in done && part !== undefined) {
        const own = done.parts?.find(({ number }) => number === part);
        return own === undefined ? { path, error: noPart(part) } : { path, report: own.report };
      }
      return { path, ...done };
    } catch (error) {
      return { path, error: new InspectError('internal', said('error.internal'), { cause: error }) };
    }
  };

  const output = new Output(io.stdout);
  const outcomes = inOrder(files, jobs * AHEAD_PER_JOB, (path) => inspectOne(path));
  const asText = options.json === true ? undefined : await textOf(options, io);
  const color = wantsColor(options.color, io);
  const shown = (outcome: Outcome) =>
    asText === undefined
      ? output.piece(asJsonLine(outcome, options.lang))
      : output.text(asText(outcome), color);
  const inLanguage = await sayingIn(options.lang);
  const counts = new Counts(options.failOn ?? []);
  const before = new Map<string, string>();
  let isRead = true;
  for await (const outcome of outcomes) {
    if (io.interrupted?.aborted) return EXIT.interrupted;
    counts.take(outcome);
    if (files.length > 1) before.set(outcome.path, digestOf(outcome));
    isRead = await shown(inLanguage(outcome));
    if (!isRead) break;
  }
  for (const path of isRead ? doubted : []) {
    const outcome = await inspectOne(path, true);
    if (io.interrupted?.aborted) return EXIT.interrupted;
    if (digestOf(outcome) === before.get(outcome.path)) continue;
    counts.take(outcome);
    tell(io, said('cli.inspect.readAgain', { path: outcome.path }));
    if (!(await shown(inLanguage(outcome)))) break;
  }
  const { met, notInspected } = counts;
  for (const [condition, count] of met) tell(io, said('cli.conditionMet', { condition, count }));
  if (met.size > 0) return EXIT.conditionMet;
  return notInspected > 0 ? EXIT.notAllInspected : EXIT.done;
}

/** That one of them cannot be read is told of the file; what nobody can mean is no run at all. */
async function checkBeside(files: string[], sidecars: readonly string[] | undefined): Promise<void> {
  if (sidecars === undefined) return;
  onlyFile(files, '--sidecar');
  if (sidecars.length === 1) return;
  await checkSidecars(sidecars).catch((error: unknown) => {
    if (!(error instanceof InspectError)) throw error;
    if (error.code === 'bad-sidecars')
      throw new UsageError(said('cli.usage.sidecars', { option: '--sidecar', why: error.said }));
  });
}

/** There is a Report of such a file, which says what went wrong. */
const unread = (): InspectError => new InspectError('not-readable', said('error.nothingRead'));

const noPart = (number: number): InspectError =>
  new InspectError('not-readable', said('error.noPart', { number }));

/** The catalogue is read only where there is a Report to tell. */
async function sayingIn(language: Language): Promise<(outcome: Outcome) => Outcome> {
  const [{ tell }, { speechOf }] = await Promise.all([
    import('../core/law/tell.js'),
    import('../say/speech.js'),
  ]);
  return (outcome) =>
    'report' in outcome ? { ...outcome, report: tell(outcome.report, speechOf(language)) } : outcome;
}

function onlyFile(files: string[], option: string): string {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) throw new UsageError(said('cli.inspect.oneFile', { option }));
  return file;
}

/** What the exit code tells; of a file that was read again what came of it last. */
class Counts {
  readonly #conditions: readonly Condition[];
  readonly #byPath = new Map<string, readonly Condition[] | 'error'>();

  constructor(conditions: readonly Condition[]) {
    this.#conditions = conditions;
  }

  take(outcome: Outcome): void {
    const met =
      'error' in outcome ? 'error' : this.#conditions.filter((one) => CONDITIONS[one](outcome.report));
    this.#byPath.set(outcome.path, met);
  }

  get notInspected(): number {
    return [...this.#byPath.values()].filter((one) => one === 'error').length;
  }

  get met(): Map<Condition, number> {
    const all = [...this.#byPath.values()].flatMap((one) => (one === 'error' ? [] : one));
    return new Map(
      this.#conditions
        .map((one): [Condition, number] => [one, all.filter((other) => other === one).length])
        .filter(([, files]) => files > 0),
    );
  }
}

const digestOf = (outcome: Outcome): string =>
  createHash('sha256').update(asJsonLine(outcome, 'en')).digest('base64');

/** The evidence where that was asked for, else the Report. */
function asJsonLine(outcome: Outcome, language: Language): string {
  return jsonLine(
    'report' in outcome
      ? (outcome.evidence ?? outcome.report)
      : errorRecord(outcome.path, outcome.error, language),
  );
}

const errorRecord = (path: string, error: InspectError, language: Language): ErrorRecord => ({
  schema: 'assay.error/1',
  ...toldPath(path),
  code: error.code,
  message: speechOf(language).say(error.said),
});

async function textOf(options: InspectOptions, io: Io): Promise<(outcome: Outcome) => string> {
  const [
    { renderText },
    { renderOnePageText },
    { renderEvidenceText },
    { displayWidth },
    { speechOf },
    { bytesSaid },
  ] = await Promise.all([
    import('../core/renderers/text.js'),
    import('../core/renderers/text-one-page.js'),
    import('../core/renderers/text-evidence.js'),
    import('../core/renderers/wrap.js'),
    import('../say/speech.js'),
    import('../say/amounts.js'),
  ]);
  const speech = speechOf(options.lang);
  // While the first file is read: what takes Node long to load, and is the same for every file.
  speech.say(bytesSaid(1_234));
  displayWidth('…');
  const layout = { color: wantsColor(options.color, io), ...(io.width !== undefined && { width: io.width }) };
  let before = '';
  return (outcome) => {
    if ('error' in outcome) {
      const { path, error } = outcome;
      const id = isFolder(path) ? 'cli.inspect.folder' : 'cli.inspect.failed';
      tell(io, said(id, { path, why: reasonOf(error) }));
      return '';
    }
    const page =
      outcome.evidence === undefined
        ? (options.full ? renderText : renderOnePageText)(outcome.report, layout, speech)
        : renderEvidenceText(outcome.evidence, layout, speech);
    const text = `${before}${page.trimEnd()}\n`;
    before = `\n${'─'.repeat(Math.min(io.width ?? 80, 80))}\n\n`;
    return text;
  };
}

/** Our own fault is told with its cause: whoever runs the command can do something about it. */
function reasonOf({ said: what, cause }: InspectError): Said {
  return cause instanceof Error ? said('cli.because', { what, why: errorSaid(cause) }) : what;
}

const isFolder = (path: string): boolean =>
  statSync(bytesOfPath(path), { throwIfNoEntry: false })?.isDirectory() === true;
