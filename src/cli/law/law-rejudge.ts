import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { readConfig } from '../../config/settings.js';
import type { Language } from '../../i18n/languages.js';
import { message } from '../../i18n/message.js';
import { translatorFor } from '../../i18n/translator.js';
import type { Rejudger } from '../../service/rejudging/rejudger.js';
import type { RejudgementRepository } from '../../storage/law/kysely-rejudgements.js';
import type { RejudgementCounts } from '../../storage/law/rejudgements.js';
import type { Stores } from '../../storage/stores.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription } from '../shared/help.js';
import { type Io, printMessage, translatorForUser } from '../shared/io.js';
import { loadOperatorLaw } from '../shared/law-in-force.js';
import { LANGUAGE_HELP, parseDate, parseLanguage } from '../shared/options.js';
import { Output } from '../shared/output.js';

interface RejudgeOptions {
  asOf?: string;
  tenant?: string;
  apply?: true;
  out?: string;
  inPlace?: true;
  json?: boolean;
  lang?: Language;
}

export function addLawRejudge(law: Command, io: Io, finish: (code: ExitCode) => void): void {
  law
    .command('rejudge')
    .description(encodeDescription('cli.law.rejudge'))
    .argument('[results...]', encodeDescription('cli.law.rejudge.results'))
    .option('--as-of <date>', encodeDescription('cli.law.rejudge.asOf'), parseDate)
    .option('--tenant <name>', encodeDescription('cli.law.rejudge.tenant'))
    .option('--apply', encodeDescription('cli.law.rejudge.apply'))
    .option('--out <file>', encodeDescription('cli.law.rejudge.out'))
    .option('--in-place', encodeDescription('cli.law.rejudge.inPlace'))
    .option('--json', encodeDescription('cli.option.json'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .action(async (results: string[], options: RejudgeOptions) => {
      checkOptions(results, options);
      await loadOperatorLaw(io);
      finish(await (results.length > 0 ? rejudgeScans(results, options, io) : rejudgeService(options, io)));
    });
}

function checkOptions(results: readonly string[], { tenant, apply, out, inPlace }: RejudgeOptions): void {
  if (results.length > 0) {
    const unsupported = tenant !== undefined ? '--tenant' : apply ? '--apply' : undefined;
    if (unsupported !== undefined)
      throw new UsageError(message('cli.law.rejudge.ofService', { option: unsupported }));
    if (out !== undefined && inPlace)
      throw new UsageError(message('cli.mistake.either', { one: '--out', other: '--in-place' }));
    if (out !== undefined && results.length > 1) throw new UsageError(message('cli.law.rejudge.oneFile'));
    return;
  }
  const missingResults = out !== undefined ? '--out' : inPlace ? '--in-place' : undefined;
  if (missingResults !== undefined)
    throw new UsageError(
      message('cli.mistake.goesWith', { option: missingResults, other: 'RESULTS.ndjson' }),
    );
}

async function rejudgeScans(results: readonly string[], options: RejudgeOptions, io: Io): Promise<ExitCode> {
  const [{ rejudgeResults }, { sumCounts: summed }, { utcDay }] = await Promise.all([
    import('../../scan/results/rejudge-results.js'),
    import('../../storage/law/rejudged-counts.js'),
    import('../../inspect/options/resolved.js'),
  ]);
  const { trustDir } = readConfig(io.env);
  const output = new Output(io.stdout);
  const all: RejudgementCounts[] = [];
  for (const path of results) {
    const out = options.inPlace ? path : options.out;
    const counts = await rejudgeResults(path, {
      ...{ asOf: options.asOf, today: utcDay(), out, trustDir },
      onChange: async ({ asOf, changes, ...file }) => {
        if (!options.json) return;
        for (const change of changes) await output.json({ results: path, ...file, ...change, asOf });
      },
    });
    all.push(counts);
  }
  await printSummary(summed(all), {}, { options, output, io });
  return EXIT.done;
}

async function rejudgeService(options: RejudgeOptions, io: Io): Promise<ExitCode> {
  const [{ openStores }, { Rejudger }, { rejudgerSettings }, { JobUploads: JobFiles }, { join }] =
    await Promise.all([
      import('../../storage/stores.js'),
      import('../../service/rejudging/rejudger.js'),
      import('../../worker/settings.js'),
      import('../../service/inspections/upload-files.js'),
      import('node:path'),
    ]);
  const config = readConfig(io.env);
  const { dataDir, databaseUrl } = config;
  const onError = (error: unknown) => printMessage(io, messageOf(error));
  const { messageOf } = await import('../../i18n/message-error.js');
  const { openFollowedLaw: followedLaw } = await import('../../service/ops/followed-law.js');
  const stores = await openStores({ dataDir, url: databaseUrl }, { supervise: false, onError });
  try {
    const law = await followedLaw(config, stores.database, { log: (what) => printMessage(io, what) });
    const rejudger = new Rejudger({
      ...stores,
      ...rejudgerSettings({ ...config, lawRejudge: false }, law),
      files: new JobFiles(join(dataDir, 'uploads')),
      onError,
    });
    try {
      return await rejudgeTenants(stores, rejudger, options, io);
    } finally {
      law.stop();
      await rejudger.stop();
    }
  } finally {
    await stores.close();
  }
}

const POLL_MILLIS = 250;

/** Rejudges the tenants one after another, waiting for rejudgements that a running service has already started. */
async function rejudgeTenants(
  { rejudgements }: Stores,
  rejudger: Rejudger,
  options: RejudgeOptions,
  io: Io,
): Promise<ExitCode> {
  const [
    { newInspectionId },
    { utcDay },
    { reportExpiry: expiryOf },
    { sumCounts: summed },
    { rejudgedMessage },
  ] = await Promise.all([
    import('../../storage/engine/record-id.js'),
    import('../../inspect/options/resolved.js'),
    import('../../service/inspections/expiry.js'),
    import('../../storage/law/rejudged-counts.js'),
    import('../../storage/law/rejudged-messages.js'),
  ]);
  const output = new Output(io.stdout);
  const all: RejudgementCounts[] = [];
  const ids: Record<string, string> = {};
  let code: ExitCode = EXIT.done;
  const tenants = options.tenant === undefined ? await rejudgements.listTenants() : [options.tenant];
  for (const tenant of tenants) {
    const made = {
      ...{ id: newInspectionId(), tenant, createdAt: new Date().toISOString() },
      ask: {
        asOf: options.asOf ?? utcDay(),
        asOfSource: options.asOf === undefined ? ('today' as const) : ('requested' as const),
        ...(options.apply ? { apply: true as const } : {}),
      },
      ...expiryOf(readConfig(io.env)),
    };
    while (!(await rejudgements.create(made))) {
      printMessage(io, message('cli.law.rejudge.underWay', { tenant }));
      if (!(await waitUntilNoneIsOpen(rejudgements, tenant, rejudger, io))) return EXIT.interrupted;
    }
    const done = await waitUntilDone(rejudgements, made, rejudger, io);
    if (done === undefined) return EXIT.interrupted;
    if (done.status === 'failed') {
      printMessage(io, message('cli.law.rejudge.failed', { tenant }));
      code = EXIT.notAllInspected;
      continue;
    }
    ids[tenant] = made.id;
    all.push(done.counts);
    if (options.json) await printChanges(rejudgements, made, output);
    else if (tenants.length > 1)
      printMessage(io, message('cli.law.rejudge.tenantIs', { tenant, what: rejudgedMessage(done.counts) }));
  }
  await printSummary(summed(all), { rejudgements: ids }, { options, output, io });
  return code;
}

type Ref = { tenant: string; id: string };

async function waitUntilDone(store: RejudgementRepository, { tenant, id }: Ref, rejudger: Rejudger, io: Io) {
  while (!io.interrupted?.aborted) {
    const one = await store.get(tenant, id);
    if (one === undefined || one.status === 'done' || one.status === 'failed') return one;
    await runRound(rejudger, io);
  }
  return undefined;
}

/** Waits until the tenant has no open rejudgement; returns `false` if interrupted. */
async function waitUntilNoneIsOpen(store: RejudgementRepository, tenant: string, rejudger: Rejudger, io: Io) {
  while (!io.interrupted?.aborted) {
    const { items } = await store.list(tenant, { limit: 200 });
    if (items.every(({ status }) => status === 'done' || status === 'failed')) return true;
    await runRound(rejudger, io);
  }
  return false;
}

/**
 * Runs one round of the rejudger, or waits if a service has the work. If interrupted, the rest is left to the next run,
 * which continues after the entries already counted.
 */
async function runRound(rejudger: Rejudger, { interrupted }: Io): Promise<void> {
  const stop = () => void rejudger.stop();
  interrupted?.addEventListener('abort', stop, { once: true });
  try {
    if ((await rejudger.runOnce()) === 0)
      await delay(POLL_MILLIS, undefined, { ...(interrupted && { signal: interrupted }) });
  } catch (error) {
    if (!interrupted?.aborted) throw error;
  } finally {
    interrupted?.removeEventListener('abort', stop);
  }
}

const PAGE_SIZE = 200;

async function printChanges(
  store: RejudgementRepository,
  { tenant, id }: Ref,
  output: Output,
): Promise<void> {
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await store.changes(tenant, id, {
      limit: PAGE_SIZE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const change of page.items) await output.json({ tenant, ...change });
    cursor = page.next;
  }
}

async function printSummary(
  counts: RejudgementCounts,
  rest: object,
  { options, output, io }: { options: RejudgeOptions; output: Output; io: Io },
): Promise<void> {
  const { rejudgedNoteMessages: rejudgedNotes, rejudgedMessage } = await import(
    '../../storage/law/rejudged-messages.js'
  );
  const speech = options.json ? translatorFor(options.lang ?? 'en') : translatorForUser(io);
  const summary = speech.translate(rejudgedMessage(counts));
  const notes = rejudgedNotes(counts).map((note) => speech.translate(note));
  if (options.json)
    await output.json({ schema: 'assay.rejudgement-counts/1', ...counts, summary, notes, ...rest });
  else await output.text(`${[summary, ...notes].join('\n')}\n`);
}
