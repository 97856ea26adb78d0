import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { formatJsonLine } from '../../base/json-line.js';
import { displayPath, encodePath, toRecordPath } from '../../base/path-text.js';
import { readConfig } from '../../config/settings.js';
import type { EvidenceView } from '../../core/report/evidence-view.js';
import type { ErrorRecord, LocalizedReport, StoredReport } from '../../core/report/report.js';
import type { Language } from '../../i18n/languages.js';
import { type Message, message } from '../../i18n/message.js';
import { messageOf } from '../../i18n/message-error.js';
import { translatorFor } from '../../i18n/translator.js';
import { checkSidecars } from '../../inspect/files/sidecar-file.js';
import { type FileToInspect, inspectFile } from '../../inspect/inspect-file.js';
import { resolveOptions } from '../../inspect/options/resolved.js';
import type { LawSelection } from '../../inspect/options/resolved-law.js';
import { createInspector } from '../../inspect/pool/create-inspector.js';
import type { Inspector } from '../../inspect/pool/inspector.js';
import type { OutputFate } from '../../inspect/process/reading-process.js';
import { InspectError } from '../../inspect/protocol/inspect-error.js';
import { isolationLimits } from '../../inspect/protocol/isolation-limits.js';
import { Confinement } from '../../inspect/sandbox/confinement.js';
import { type ColorChoice, wantsColor } from '../shared/color.js';
import { takeEarlyStart } from '../shared/early-start.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { CONDITIONS, type ReportCondition } from '../shared/fail-on.js';
import { inOrder } from '../shared/in-order.js';
import { type InspectFlags, lawSelectionFor, pickInspectOptions } from '../shared/inspect-options.js';
import { type Io, printMessage } from '../shared/io.js';
import { printIsolationStatus } from '../shared/isolation-message.js';
import { Output } from '../shared/output.js';
import { printCrJson } from './cr-json.js';

export interface InspectCommandOptions extends InspectFlags<'inspect'> {
  json?: boolean;
  jobs?: number;
  failOn?: ReportCondition[];
  color: ColorChoice;
  crjson?: boolean;
  /** Prints the fields found in the file instead of its Report. */
  evidence?: boolean;
  /** Prints the Report of this part alone, by its number in the file's Report. */
  part?: number;
  /** Prints the grid of items and laws instead of the Report. */
  lawGrid?: GridForm;
  /** Prints the whole record after the one page. */
  full?: boolean;
  lang: Language;
  /** Present only for a fetched file: the name shown instead of its path, and the server's description of it. */
  fetched?: Pick<FileToInspect, 'name' | 'declaredMediaType' | 'servedBy'> & { shown: string };
}

type Outcome =
  | { path: string; report: StoredReport; evidence?: EvidenceView | undefined }
  | { path: string; error: InspectError };

type LocalizedOutcome =
  | { path: string; report: LocalizedReport; evidence?: EvidenceView | undefined }
  | { path: string; error: InspectError };

/** Results per job that may wait for a slow file before them. */
const AHEAD_PER_JOB = 16;

export async function inspect(files: string[], options: InspectCommandOptions, io: Io): Promise<ExitCode> {
  if (options.crjson) return printCrJson(onlyFile(files, '--crjson'), options, io);
  await checkSidecarOption(files, options.sidecar);
  if (options.part !== undefined) onlyFile(files, '--part');
  if (options.lawGrid !== undefined) onlyFile(files, '--law-grid');
  const config = readConfig(io.env);
  const jobs = options.jobs ?? Math.min(availableParallelism(), files.length);
  const { trustDir, sandbox } = config;
  const earlyStart = takeEarlyStart(trustDir, sandbox);
  const confinement = earlyStart?.confinement ?? new Confinement({ sandbox });
  const inspector = createInspector({
    ...{ jobs, trustDir, confinement },
    ...(earlyStart ? { pool: earlyStart.pool } : { begin: hasSmallFirstFile(files, options) }),
  });
  const stop = () => void inspector.close();
  io.interrupted?.addEventListener('abort', stop, { once: true });
  // Processes that started early may already have reported their isolation.
  const stopPrinting = printIsolationStatus(io, { already: confinement.status });
  try {
    const law = await lawSelectionFor(pickInspectOptions(options), config);
    return await inspectAll(files, options, io, inspector, jobs, law);
  } finally {
    stopPrinting();
    io.interrupted?.removeEventListener('abort', stop);
    await inspector.close();
  }
}

/** Returns whether the first file will need a process for small files, which can then start during loading. */
function hasSmallFirstFile([first = '']: string[], { deep, visible }: InspectCommandOptions): boolean {
  try {
    const stats = statSync(encodePath(first));
    return !deep && !visible && stats.isFile() && stats.size <= isolationLimits.smallAssetBytes;
  } catch {
    // An unreadable file is reported when its turn comes.
    return false;
  }
}

export async function inspectAll(
  files: string[],
  options: InspectCommandOptions,
  io: Io,
  inspector: Inspector,
  jobs: number,
  law: LawSelection = {},
): Promise<ExitCode> {
  const resolvedOptions = resolveOptions(pickInspectOptions(options), law);
  /** Files with a doubtful report: the process that produced it failed on a later file. They are inspected again. */
  const doubted = new Set<string>();
  const inspectOne = async (at: string, alone = false): Promise<Outcome> => {
    const { sidecar: sidecarPaths, init } = options;
    const { shown: path = at, ...served } = options.fetched ?? {};
    const given = { sidecarPaths, ...(init === undefined ? {} : { initPath: init }) };
    const name = displayPath(basename(at));
    const whenEnded = (fate: OutputFate) => {
      if (fate === 'doubted' && !alone) doubted.add(at);
    };
    try {
      const { part } = options;
      const attachments = options.evidence
        ? (['evidence'] as const)
        : part !== undefined
          ? (['parts'] as const)
          : [];
      const file = { path: at, name, ...given, ...served, ...(alone && { isExclusive: alone }) };
      const done = await inspectFile(resolvedOptions, file, { inspector, attachments, whenEnded });
      if ('report' in done && options.evidence && done.evidence === undefined)
        return { path, error: nothingReadError() };
      if ('report' in done && part !== undefined) {
        const own = done.parts?.find(({ number }) => number === part);
        return own === undefined ? { path, error: noPartError(part) } : { path, report: own.report };
      }
      return { path, ...done };
    } catch (error) {
      return { path, error: new InspectError('internal', message('error.internal'), { cause: error }) };
    }
  };

  const output = new Output(io.stdout);
  const asGrid =
    options.lawGrid === undefined ? undefined : await gridRendererFor(options.lawGrid, options, io, law);
  const outcomes = inOrder(files, jobs * AHEAD_PER_JOB, (path) => inspectOne(path));
  const asText = options.json === true ? undefined : (asGrid ?? (await textRendererFor(options, io)));
  const color = wantsColor(options.color, io);
  const localize = await localizerFor(options.lang);
  const printOutcome = (outcome: Outcome) =>
    asText === undefined
      ? output.write(asJsonLine(localize(outcome), options.lang))
      : output.text(asText(outcome), color);
  const counts = new ExitCounts(options.failOn ?? []);
  const digests = new Map<string, string>();
  let isRead = true;
  for await (const outcome of outcomes) {
    if (io.interrupted?.aborted) return EXIT.interrupted;
    counts.add(outcome);
    if (files.length > 1) digests.set(outcome.path, digestOf(outcome));
    isRead = await printOutcome(outcome);
    if (!isRead) break;
  }
  for (const path of isRead ? doubted : []) {
    const outcome = await inspectOne(path, true);
    if (io.interrupted?.aborted) return EXIT.interrupted;
    if (digestOf(outcome) === digests.get(outcome.path)) continue;
    counts.add(outcome);
    printMessage(io, message('cli.inspect.readAgain', { path: outcome.path }));
    if (!(await printOutcome(outcome))) break;
  }
  const { conditionsMet: met, notInspected } = counts;
  for (const [condition, count] of met) printMessage(io, message('cli.conditionMet', { condition, count }));
  if (met.size > 0) return EXIT.conditionMet;
  return notInspected > 0 ? EXIT.notAllInspected : EXIT.done;
}

/**
 * Throws `UsageError` if the combination of sidecars is ambiguous. A sidecar that cannot be read is reported with its
 * file instead.
 */
async function checkSidecarOption(files: string[], sidecars: readonly string[] | undefined): Promise<void> {
  if (sidecars === undefined) return;
  onlyFile(files, '--sidecar');
  if (sidecars.length === 1) return;
  await checkSidecars(sidecars).catch((error: unknown) => {
    if (!(error instanceof InspectError)) throw error;
    if (error.code === 'bad-sidecars')
      throw new UsageError(message('cli.usage.sidecars', { option: '--sidecar', why: error.userMessage }));
  });
}

/** Such a file has a Report, which says what went wrong, but no evidence. */
const nothingReadError = (): InspectError => new InspectError('not-readable', message('error.nothingRead'));

const noPartError = (number: number): InspectError =>
  new InspectError('not-readable', message('error.noPart', { number }));

/** The message catalogue is loaded only if there is a Report to localize. */
async function localizerFor(language: Language): Promise<(outcome: Outcome) => LocalizedOutcome> {
  const [{ localizeReport: tell }, { translatorFor: speechOf }] = await Promise.all([
    import('../../core/law/localize.js'),
    import('../../i18n/translator.js'),
  ]);
  return (outcome) =>
    'report' in outcome ? { ...outcome, report: tell(outcome.report, speechOf(language)) } : outcome;
}

function onlyFile(files: string[], option: string): string {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0)
    throw new UsageError(message('cli.inspect.oneFile', { option }));
  return file;
}

/** Counts for the exit code. If a file was read again, its last result counts. */
class ExitCounts {
  readonly #conditions: readonly ReportCondition[];
  readonly #byPath = new Map<string, readonly ReportCondition[] | 'error'>();

  constructor(conditions: readonly ReportCondition[]) {
    this.#conditions = conditions;
  }

  add(outcome: Outcome): void {
    const met =
      'error' in outcome ? 'error' : this.#conditions.filter((one) => CONDITIONS[one](outcome.report));
    this.#byPath.set(outcome.path, met);
  }

  get notInspected(): number {
    return [...this.#byPath.values()].filter((one) => one === 'error').length;
  }

  get conditionsMet(): Map<ReportCondition, number> {
    const all = [...this.#byPath.values()].flatMap((one) => (one === 'error' ? [] : one));
    return new Map(
      this.#conditions
        .map((one): [ReportCondition, number] => [one, all.filter((other) => other === one).length])
        .filter(([, files]) => files > 0),
    );
  }
}

const digestOf = (outcome: Outcome): string =>
  createHash('sha256').update(asJsonLine(outcome, 'en')).digest('base64');

/** Returns the evidence if the caller requested it, otherwise the Report. */
function asJsonLine(outcome: Outcome | LocalizedOutcome, language: Language): string {
  return formatJsonLine(
    'report' in outcome
      ? (outcome.evidence ?? outcome.report)
      : errorRecord(outcome.path, outcome.error, language),
  );
}

const errorRecord = (path: string, error: InspectError, language: Language): ErrorRecord => ({
  schema: 'assay.error/1',
  ...toRecordPath(path),
  code: error.code,
  message: translatorFor(language).translate(error.userMessage),
});

/** Forms of the grid. */
export const GRID_FORMS = ['text', 'csv', 'json'] as const;
type GridForm = (typeof GRID_FORMS)[number];

async function gridRendererFor(
  form: GridForm,
  { lang, color, role }: InspectCommandOptions,
  io: Io,
  selection: LawSelection,
): Promise<(outcome: Outcome) => string> {
  const [{ buildLawGrid }, { renderLawGridCsv, renderLawGridText }, { listSelectedRulebooks, resolveLaw }] =
    await Promise.all([
      import('../../core/page/law/grid.js'),
      import('../../core/renderers/text/law-grid.js'),
      import('../../core/law/law-selection.js'),
    ]);
  const translator = translatorFor(lang);
  const layout = { color: wantsColor(color, io), ...(io.width !== undefined && { width: io.width }) };
  const books = listSelectedRulebooks(resolveLaw(selection));
  return (outcome) => {
    if ('error' in outcome) {
      printMessage(
        io,
        message('cli.inspect.failed', { path: outcome.path, why: failureMessage(outcome.error) }),
      );
      return '';
    }
    const grid = buildLawGrid(
      outcome.report,
      { books, asOf: outcome.report.tool.asOf, roles: role },
      translator,
    );
    if (form === 'json') return formatJsonLine(grid);
    return form === 'csv' ? renderLawGridCsv(grid, translator) : renderLawGridText(grid, layout, translator);
  };
}

async function textRendererFor(
  options: InspectCommandOptions,
  io: Io,
): Promise<(outcome: Outcome) => string> {
  const [
    { buildPage },
    { renderText },
    { renderOnePageText },
    { renderEvidenceText },
    { displayWidth },
    { translatorFor: speechOf },
    { bytesMessage },
  ] = await Promise.all([
    import('../../core/page/page.js'),
    import('../../core/renderers/text/text.js'),
    import('../../core/renderers/text/one-page.js'),
    import('../../core/renderers/text/evidence.js'),
    import('../../core/renderers/text/wrap.js'),
    import('../../i18n/translator.js'),
    import('../../i18n/amounts.js'),
  ]);
  const translator = speechOf(options.lang);
  // Warms up code that Node loads slowly and every file needs, while the first file is read.
  translator.translate(bytesMessage(1_234));
  displayWidth('…');
  const layout = { color: wantsColor(options.color, io), ...(io.width !== undefined && { width: io.width }) };
  let before = '';
  return (outcome) => {
    if ('error' in outcome) {
      const { path, error } = outcome;
      const id = isFolder(path) ? 'cli.inspect.folder' : 'cli.inspect.failed';
      printMessage(io, message(id, { path, why: failureMessage(error) }));
      return '';
    }
    const page =
      outcome.evidence === undefined
        ? (options.full ? renderText : renderOnePageText)(
            buildPage(outcome.report, translator),
            layout,
            translator,
          )
        : renderEvidenceText(outcome.evidence, layout, translator);
    const text = `${before}${page.trimEnd()}\n`;
    before = `\n${'─'.repeat(Math.min(io.width ?? 80, 80))}\n\n`;
    return text;
  };
}

/**
 * Returns the message of an error. An internal error includes its cause, because the user of the command may be able to
 * act on it.
 */
function failureMessage({ userMessage: what, cause }: InspectError): Message {
  return cause instanceof Error ? message('cli.because', { what, why: messageOf(cause) }) : what;
}

const isFolder = (path: string): boolean =>
  statSync(encodePath(path), { throwIfNoEntry: false })?.isDirectory() === true;
