import { availableParallelism } from 'node:os';
import { type Config, readConfig } from '../config.js';
import type { SandboxChoice } from '../core/ground/isolation-level.js';
import { statAt } from '../core/media/reach.js';
import { ROLES } from '../core/report/rule-terms.js';
import { Confinement } from '../isolation/confinement.js';
import { createPictureMaker } from '../isolation/pictures.js';
import { createInspector } from '../isolation/pool.js';
import { type Settled, settled } from '../question/asked.js';
import { askedLaw, asksLaw } from '../question/asked-law.js';
import type { Question } from '../question/members.js';
import { said } from '../say/said.js';
import { errorSaid } from '../say/said-error.js';
import { ARCHIVE_KINDS } from '../scan/archives/kinds.js';
import { withMembers } from '../scan/archives/members.js';
import { enumerate, patiently } from '../scan/distributed/enumerate.js';
import { Elsewhere } from '../scan/elsewhere.js';
import type { Found } from '../scan/entry.js';
import { Filter } from '../scan/filter.js';
import type { Header } from '../scan/header.js';
import { keepsIn } from '../scan/likeness-of.js';
import { localEntry } from '../scan/local-entry.js';
import { type Asked, type Redo, redoOf } from '../scan/redo.js';
import { rejudged } from '../scan/rejudge.js';
import { isObjectPath } from '../scan/s3/address.js';
import { scan as scanAll } from '../scan/scan.js';
import { ROW_OUTCOMES } from '../scan/state.js';
import { StoreResults } from '../scan/store-results.js';
import { Twins } from '../scan/twins.js';
import { versionsNow } from '../scan/versions.js';
import { openSecretKeys } from '../secrets/key-file.js';
import type { KyselyScans } from '../store/kysely-scans.js';
import type { KeptScan, KnownFile } from '../store/scans.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { type Io, tell } from './io.js';
import { tellSince } from './scan-since.js';
import { type KeptScans, namedScan, openKeptScans } from './scan-store.js';

const ROWS_AT_ONCE = 500;
const FILES_PER_JOB = 500;

type Law = Parameters<typeof rejudged>[1]['law'];

/** What the scan was asked, settled for today, and with the parts that there are now. */
interface Anew {
  header: Header;
  ask: Settled;
  law: Law;
  redo(known: KnownFile): Redo | undefined;
}

/** Makes records again that rest on parts that are others now, or on readings that broke off. The question stays. */
export async function recheckKept(id: string, tenant: string, io: Io): Promise<ExitCode> {
  const kept = await openKeptScans(io.env);
  const config = readConfig(io.env);
  const elsewhere = new Elsewhere({
    env: io.env,
    ...(io.interrupted !== undefined && { interrupted: io.interrupted }),
    denied: config.fetch.denied,
  });
  try {
    const before = await namedScan(id, tenant, kept.store);
    if (before === undefined) throw new UsageError(said('cli.scan.unknown', { scan: id }));
    const { scan, header } = before;
    if (scan.status === 'cancelled') throw new UsageError(said('cli.scan.cancelled', { scan: id }));
    const anew = await anewOf(header, config);
    const files = new FilesAgain(kept.store, scan, anew, elsewhere);
    return scan.plan === undefined
      ? await readHere(kept, scan, { anew, files, config }, io)
      : await handedOut(kept, scan, { anew, files }, io);
  } finally {
    elsewhere.end();
    await kept.close();
  }
}

async function anewOf(header: Header, { trustDir }: Config): Promise<Anew> {
  const { options } = header;
  const question = questionOf(header);
  const [{ booksIn, lawFor }, { chooseRulebooks }] = await Promise.all([
    import('../core/law/asked-law.js'),
    import('../core/law/rulebooks/index.js'),
  ]);
  const asks = asksLaw(question);
  const asked = asks ? askedLaw(question, {}, chooseRulebooks) : { places: [] };
  const law = lawFor(asked);
  const versions = await versionsNow(
    trustDir,
    booksIn(law).map(({ id }) => id),
  );
  const ask = settled(question, asked);
  const { asOf, asOfBecause } = ask;
  const now: Asked = {
    ...{ versions, asOf, asOfBecause },
    law: wordsOf(options, ['rulebooks', 'jurisdiction', 'role']),
    reading: wordsOf(options, ['engine', 'deep', 'reveal', 'fingerprints', 'previews', 'keepManifests']),
  };
  const redo = redoOf(['engine', 'trust', 'failed', ...(asks ? (['rulebooks'] as const) : [])], now);
  return {
    header: { ...header, run: header.run + 1, begun: new Date().toISOString(), asOf, asOfBecause, versions },
    ...{ ask, law },
    redo: (known) => {
      const outcome = ROW_OUTCOMES.find((one) => one === known.outcome);
      if (outcome === undefined || outcome === 'gone') return undefined;
      // Another version may read what its first bytes show.
      if (outcome === 'left') return header.versions.assay === versions.assay ? undefined : 'read';
      return outcome === 'error' ? 'read' : redo({ outcome }, { read: header, judged: header });
    },
  };
}

const wordsOf = <N extends string>(options: Header['options'], names: readonly N[]): { [K in N]?: string } =>
  Object.fromEntries(
    names.flatMap((name) => (options[name] === undefined ? [] : [[name, String(options[name])]])),
  ) as { [K in N]?: string };

/** As the scan's first line has it. */
function questionOf({ options, asOf, asOfBecause }: Header): Question {
  const words = (name: string) => {
    const value = options[name];
    return typeof value === 'string' && value !== '' ? value.split(',') : undefined;
  };
  const [rulebooks, jurisdiction, role] = ['rulebooks', 'jurisdiction', 'role'].map(words);
  const reveal = words('reveal');
  return {
    ...(rulebooks && { rulebooks }),
    ...(jurisdiction && { jurisdiction }),
    ...(role && { role: ROLES.filter((one) => role.includes(one)) }),
    ...(typeof options['engine'] === 'string' && {
      engine: options['engine'] as Question['engine'] & string,
    }),
    ...(options['deep'] === true && { deep: true }),
    ...(reveal && { reveal: reveal as Question['reveal'] & string[] }),
    ...(asOfBecause === 'asked' && { asOf }),
  };
}

/** The files whose records are to be made again, as they stand now; what is not there keeps its record. */
class FilesAgain {
  files = 0;
  again = 0;
  missing = 0;
  readonly #store: KyselyScans;
  readonly #scan: KeptScan;
  readonly #anew: Anew;
  readonly #elsewhere: Elsewhere;

  constructor(store: KyselyScans, scan: KeptScan, anew: Anew, elsewhere: Elsewhere) {
    this.#store = store;
    this.#scan = scan;
    this.#anew = anew;
    this.#elsewhere = elsewhere;
  }

  /** Archives as they are; `whole` with what is in them. */
  async *found({ whole, sandbox }: { whole: boolean; sandbox: SandboxChoice }): AsyncGenerator<Found> {
    const filter = new Filter({ archives: ARCHIVE_KINDS });
    const options = {
      ...{ kinds: ARCHIVE_KINDS, filter, sandbox },
      hidden: true,
      scratch: () => this.#elsewhere.scratch,
    };
    const archives = new Set<string>();
    for await (const known of this.#rows()) {
      this.files += 1;
      if (this.#anew.redo(known) === undefined) continue;
      this.again += 1;
      const [outer = known.path, ...inner] = known.path.split('!/');
      const isMember = inner.length > 0 && (await this.#there(known)) === undefined;
      if (!isMember) yield* this.#one(known);
      else if (!archives.has(outer)) {
        archives.add(outer);
        const archive = this.#one({ ...known, path: outer });
        if (whole) yield* this.#known(withMembers(archive, options), outer);
        else yield* archive;
      }
    }
  }

  async *#one(known: KnownFile & { path: string }): AsyncGenerator<Found> {
    const found = await this.#there(known);
    if (found === undefined) this.missing += 1;
    else yield found;
  }

  /** What the scan left out of an archive stays left out; an archive that cannot be gone through any more is told. */
  async *#known(members: AsyncIterable<Found>, archive: string): AsyncGenerator<Found> {
    for await (const one of members) {
      const { path } = 'lost' in one ? one.lost : one.entry;
      const isKnown = path === archive || (await this.#store.known(this.#scan.number, [path])).has(path);
      if (isKnown) yield one;
    }
  }

  /** As it is now: what is kept of it may be of other bytes, and of an error has no size. */
  async #there({ path }: { path: string }): Promise<Found | undefined> {
    if (isObjectPath(path)) return this.#elsewhere.source.objectNow(path).catch(() => undefined);
    const stats = await statAt(path).catch(() => undefined);
    return stats?.isFile() ? { entry: localEntry(path, stats) } : undefined;
  }

  async *#rows(): AsyncGenerator<KnownFile & { path: string }> {
    for (let after: string | undefined; ; ) {
      const page = await this.#store.files(this.#scan.number, {
        most: ROWS_AT_ONCE,
        ...(after !== undefined && { after }),
      });
      yield* page.filter(({ outcome }) => outcome !== 'gone');
      after = page.at(-1)?.key;
      if (page.length < ROWS_AT_ONCE || after === undefined) return;
    }
  }
}

async function readHere(
  { store }: KeptScans,
  scan: KeptScan,
  { anew, files, config }: { anew: Anew; files: FilesAgain; config: Config },
  io: Io,
): Promise<ExitCode> {
  const { ask, header, law, redo } = anew;
  const { trustDir, sandbox } = config;
  const jobs = availableParallelism() + 1;
  const inspector = createInspector({
    ahead: true,
    jobs,
    trustDir,
    confinement: new Confinement({ sandbox }),
  });
  const likeness =
    header.options['fingerprints'] === true
      ? createPictureMaker({ confinement: new Confinement({ sandbox }), jobs: availableParallelism() })
      : undefined;
  const stop = () => {
    void inspector.close();
    void likeness?.close();
  };
  io.interrupted?.addEventListener('abort', stop, { once: true });
  const run = await store.beginRun(scan.number);
  const { previews, keepManifests } = header.options;
  const keeps = keepsIn({ previews: previews === true, keepManifests: keepManifests === true });
  const keys = keeps?.manifestStores ? openSecretKeys(config.secrets) : undefined;
  const results = new StoreResults({
    ...{ store, scan: { ...scan, run }, known: 'ask', twins: new Twins(), redo },
    keys,
  });
  let again = 0;
  try {
    const end = await scanAll({
      found: files.found({ whole: true, sandbox }),
      filter: new Filter({}),
      ...{ inspector, ask, results, jobs },
      full: header.records === 'full',
      sniff: header.options['sniff'] === true,
      ...(likeness && { likeness, keeps }),
      ordered: false,
      ...(io.interrupted && { interrupted: io.interrupted }),
      rejudge: (record) => rejudged(record, { law, asOf: ask.asOf, asOfBecause: ask.asOfBecause }),
      onAnswer: () => {
        again += 1;
        return undefined;
      },
    });
    if (end !== 'done') {
      await results.leave();
      return EXIT.interrupted;
    }
    await results.finish();
    // Only now all records are of these parts.
    await store.setHeader(scan.number, JSON.stringify(header));
    const differ = results.changes?.counts.changed ?? 0;
    tell(io, said('cli.kept.rechecked', { again, files: files.files, differ }));
    tellMissing(files, io);
    if (results.changes !== undefined && again > 0) tellSince(results.changes, io);
    return files.missing > 0 ? EXIT.notAllInspected : EXIT.done;
  } finally {
    io.interrupted?.removeEventListener('abort', stop);
    await Promise.all([inspector.close(), likeness?.close()]);
  }
}

async function handedOut(
  kept: KeptScans,
  before: KeptScan,
  { anew, files }: { anew: Anew; files: FilesAgain },
  io: Io,
): Promise<ExitCode> {
  if (before.status !== 'done') throw new UsageError(said('cli.kept.underWay', { scan: before.id }));
  const { store } = kept;
  const queue = await kept.queue((error) => tell(io, errorSaid(error)));
  const scan = { ...before, run: await store.beginRun(before.number) };
  await store.setStatus(scan.number, 'listing', anew.header.begun);
  const whole = await enumerate({
    found: files.found({ whole: false, sandbox: 'auto' }),
    filter: new Filter({ archives: ARCHIVE_KINDS }),
    ...{ store, queue, scan, filesPerJob: FILES_PER_JOB },
    resumed: false,
    again: anew.header.versions,
    ...(io.interrupted && { interrupted: io.interrupted }),
  });
  if (!whole) return EXIT.interrupted;
  await store.setHeader(scan.number, JSON.stringify(anew.header));
  await patiently(() => queue.allFound(scan.number, new Date().toISOString()), io.interrupted);
  tell(io, said('cli.kept.rechecking', { again: files.again, files: files.files }));
  tellMissing(files, io);
  return files.missing > 0 ? EXIT.notAllInspected : EXIT.done;
}

function tellMissing({ missing }: FilesAgain, io: Io): void {
  if (missing > 0) tell(io, said('cli.kept.missing', { count: missing }));
}
