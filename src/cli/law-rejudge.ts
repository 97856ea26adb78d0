import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { readConfig } from '../config.js';
import type { Language } from '../say/languages.js';
import { said } from '../say/said.js';
import { speechOf } from '../say/speech.js';
import type { KyselyRejudgements } from '../store/kysely-rejudgements.js';
import type { RejudgementCounts } from '../store/rejudgements.js';
import type { Stores } from '../store/stores.js';
import type { Rejudger } from '../worker/rejudger.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described } from './help.js';
import { type Io, speechIn, tell } from './io.js';
import { takeLaw } from './law-in-force.js';
import { LANGUAGE_HELP, parseDate, parseLanguage } from './options.js';
import { Output } from './output.js';

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
    .description(described('cli.law.rejudge'))
    .argument('[results...]', described('cli.law.rejudge.results'))
    .option('--as-of <date>', described('cli.law.rejudge.asOf'), parseDate)
    .option('--tenant <name>', described('cli.law.rejudge.tenant'))
    .option('--apply', described('cli.law.rejudge.apply'))
    .option('--out <file>', described('cli.law.rejudge.out'))
    .option('--in-place', described('cli.law.rejudge.inPlace'))
    .option('--json', described('cli.option.json'))
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .action(async (results: string[], options: RejudgeOptions) => {
      checkTogether(results, options);
      await takeLaw(io);
      finish(await (results.length > 0 ? ofScans(results, options, io) : ofService(options, io)));
    });
}

function checkTogether(results: readonly string[], { tenant, apply, out, inPlace }: RejudgeOptions): void {
  if (results.length > 0) {
    const needless = tenant !== undefined ? '--tenant' : apply ? '--apply' : undefined;
    if (needless !== undefined) throw new UsageError(said('cli.law.rejudge.ofService', { option: needless }));
    if (out !== undefined && inPlace)
      throw new UsageError(said('cli.mistake.either', { one: '--out', other: '--in-place' }));
    if (out !== undefined && results.length > 1) throw new UsageError(said('cli.law.rejudge.oneFile'));
    return;
  }
  const alone = out !== undefined ? '--out' : inPlace ? '--in-place' : undefined;
  if (alone !== undefined)
    throw new UsageError(said('cli.mistake.goesWith', { option: alone, other: 'RESULTS.ndjson' }));
}

async function ofScans(results: readonly string[], options: RejudgeOptions, io: Io): Promise<ExitCode> {
  const [{ rejudgeResults }, { summed }, { utcDay }] = await Promise.all([
    import('../scan/rejudge-results.js'),
    import('../store/rejudged-counts.js'),
    import('../question/asked.js'),
  ]);
  const { trustDir } = readConfig(io.env);
  const output = new Output(io.stdout);
  const all: RejudgementCounts[] = [];
  for (const path of results) {
    const out = options.inPlace ? path : options.out;
    const counts = await rejudgeResults(path, {
      ...{ asOf: options.asOf, today: utcDay(), out, trustDir },
      take: async ({ asOf, changes, ...file }) => {
        if (!options.json) return;
        for (const change of changes) await output.json({ results: path, ...file, ...change, asOf });
      },
    });
    all.push(counts);
  }
  await end(summed(all), {}, { options, output, io });
  return EXIT.done;
}

async function ofService(options: RejudgeOptions, io: Io): Promise<ExitCode> {
  const [{ openStores }, { Rejudger }, { rejudgerSettings }, { JobFiles }, { join }] = await Promise.all([
    import('../store/stores.js'),
    import('../worker/rejudger.js'),
    import('../worker/settings.js'),
    import('../worker/job-files.js'),
    import('node:path'),
  ]);
  const config = readConfig(io.env);
  const { dataDir, databaseUrl } = config;
  const onError = (error: unknown) => tell(io, errorSaid(error));
  const { errorSaid } = await import('../say/said-error.js');
  const { followedLaw } = await import('../followed-law.js');
  const stores = await openStores({ dataDir, url: databaseUrl }, { supervise: false, onError });
  try {
    const law = await followedLaw(config, stores.database, { tell: (what) => tell(io, what) });
    const rejudger = new Rejudger({
      ...stores,
      ...rejudgerSettings({ ...config, lawRejudge: false }, law),
      files: new JobFiles(join(dataDir, 'uploads')),
      onError,
    });
    try {
      return await ofTenants(stores, rejudger, options, io);
    } finally {
      law.stop();
      await rejudger.stop();
    }
  } finally {
    await stores.close();
  }
}

const POLL_MILLIS = 250;

/** One after the other; what a running service has taken meanwhile is waited for. */
async function ofTenants(
  { rejudgements }: Stores,
  rejudger: Rejudger,
  options: RejudgeOptions,
  io: Io,
): Promise<ExitCode> {
  const [{ newInspectionId }, { utcDay }, { expiryOf }, { summed }, { rejudgedSaid }] = await Promise.all([
    import('../store/inspection-id.js'),
    import('../question/asked.js'),
    import('../worker/expiry.js'),
    import('../store/rejudged-counts.js'),
    import('../store/rejudged-said.js'),
  ]);
  const output = new Output(io.stdout);
  const all: RejudgementCounts[] = [];
  const ids: Record<string, string> = {};
  let code: ExitCode = EXIT.done;
  const tenants = options.tenant === undefined ? await rejudgements.tenants() : [options.tenant];
  for (const tenant of tenants) {
    const made = {
      ...{ id: newInspectionId(), tenant, createdAt: new Date().toISOString() },
      ask: {
        asOf: options.asOf ?? utcDay(),
        asOfBecause: options.asOf === undefined ? ('today' as const) : ('asked' as const),
        ...(options.apply ? { apply: true as const } : {}),
      },
      ...expiryOf(readConfig(io.env)),
    };
    while (!(await rejudgements.create(made))) {
      tell(io, said('cli.law.rejudge.underWay', { tenant }));
      if (!(await untilNoneIsOpen(rejudgements, tenant, rejudger, io))) return EXIT.interrupted;
    }
    const done = await untilDone(rejudgements, made, rejudger, io);
    if (done === undefined) return EXIT.interrupted;
    if (done.status === 'failed') {
      tell(io, said('cli.law.rejudge.failed', { tenant }));
      code = EXIT.notAllInspected;
      continue;
    }
    ids[tenant] = made.id;
    all.push(done.counts);
    if (options.json) await listed(rejudgements, made, output);
    else if (tenants.length > 1)
      tell(io, said('cli.law.rejudge.tenantIs', { tenant, what: rejudgedSaid(done.counts) }));
  }
  await end(summed(all), { rejudgements: ids }, { options, output, io });
  return code;
}

type Ref = { tenant: string; id: string };

async function untilDone(store: KyselyRejudgements, { tenant, id }: Ref, rejudger: Rejudger, io: Io) {
  while (!io.interrupted?.aborted) {
    const one = await store.get(tenant, id);
    if (one === undefined || one.status === 'done' || one.status === 'failed') return one;
    await worked(rejudger, io);
  }
  return undefined;
}

/** False where it was interrupted. */
async function untilNoneIsOpen(store: KyselyRejudgements, tenant: string, rejudger: Rejudger, io: Io) {
  while (!io.interrupted?.aborted) {
    const { items } = await store.list(tenant, { limit: 200 });
    if (items.every(({ status }) => status === 'done' || status === 'failed')) return true;
    await worked(rejudger, io);
  }
  return false;
}

/** Something of it, here or by another. Interrupted, it is left to whoever comes next, behind what is counted. */
async function worked(rejudger: Rejudger, { interrupted }: Io): Promise<void> {
  const stop = () => void rejudger.stop();
  interrupted?.addEventListener('abort', stop, { once: true });
  try {
    if ((await rejudger.round()) === 0)
      await delay(POLL_MILLIS, undefined, { ...(interrupted && { signal: interrupted }) });
  } catch (error) {
    if (!interrupted?.aborted) throw error;
  } finally {
    interrupted?.removeEventListener('abort', stop);
  }
}

const ITEMS_AT_ONCE = 200;

async function listed(store: KyselyRejudgements, { tenant, id }: Ref, output: Output): Promise<void> {
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await store.changes(tenant, id, {
      limit: ITEMS_AT_ONCE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const change of page.items) await output.json({ tenant, ...change });
    cursor = page.next;
  }
}

async function end(
  counts: RejudgementCounts,
  beside: object,
  { options, output, io }: { options: RejudgeOptions; output: Output; io: Io },
): Promise<void> {
  const { rejudgedNotes, rejudgedSaid } = await import('../store/rejudged-said.js');
  const speech = options.json ? speechOf(options.lang ?? 'en') : speechIn(io);
  const summary = speech.say(rejudgedSaid(counts));
  const notes = rejudgedNotes(counts).map((note) => speech.say(note));
  if (options.json)
    await output.json({ schema: 'assay.rejudgement-counts/1', ...counts, summary, notes, ...beside });
  else await output.text(`${[summary, ...notes].join('\n')}\n`);
}
