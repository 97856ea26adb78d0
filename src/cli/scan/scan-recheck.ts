import { availableParallelism } from 'node:os';
import type { SandboxChoice } from '../../base/isolation-level.js';
import { openSecretKeys } from '../../base/secrets/key-file.js';
import { type Config, readConfig } from '../../config/settings.js';
import { statAt } from '../../core/media/plain-path.js';
import { ROLES } from '../../core/report/rule-terms.js';
import { message } from '../../i18n/message.js';
import { messageOf } from '../../i18n/message-error.js';
import { createPictureMaker } from '../../inspect/makers/pictures.js';
import type { RequestedOptions } from '../../inspect/options/members.js';
import { type ResolvedOptionsWithSource, resolveOptions } from '../../inspect/options/resolved.js';
import { hasLawSelection, resolveLawSelection } from '../../inspect/options/resolved-law.js';
import { createInspector } from '../../inspect/pool/create-inspector.js';
import { Confinement } from '../../inspect/sandbox/confinement.js';
import { expandArchives } from '../../scan/archives/members.js';
import { currentVersions } from '../../scan/compare/versions.js';
import { enqueueFiles, retryOnOutage } from '../../scan/distributed/enumerate.js';
import { RecentFiles } from '../../scan/duplicates/recent-files.js';
import { attachmentOptions, KEEP_CHOICES } from '../../scan/fingerprints/fingerprint-maker.js';
import type { Header } from '../../scan/records/header.js';
import { createRedoRule, type RedoAction, type RunConditions } from '../../scan/results/redo.js';
import { rejudgeRecord } from '../../scan/results/rejudge.js';
import { ROW_OUTCOMES } from '../../scan/results/state.js';
import { StoreResults } from '../../scan/results/store-results.js';
import { RemoteFiles } from '../../scan/run/remote-files.js';
import { scan as scanAll } from '../../scan/run/scan.js';
import { ARCHIVE_KINDS } from '../../scan/sources/archive-kinds.js';
import type { FoundEntry } from '../../scan/sources/entry.js';
import { FileFilter } from '../../scan/sources/filter.js';
import { createLocalEntry } from '../../scan/sources/local-entry.js';
import { isObjectPath } from '../../scan/sources/s3/address.js';
import type { ScanRepository } from '../../storage/scans/kysely-scans.js';
import type { DatabaseScan, ScannedFile } from '../../storage/scans/scans.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { type Io, printMessage } from '../shared/io.js';
import { printChanges } from './scan-since.js';
import { findNamedScan, openStoredScans, type StoredScans } from './scan-store.js';

const PAGE_SIZE = 500;

type Law = Parameters<typeof rejudgeRecord>[1]['law'];

/** Options of the scan resolved for today, with the current versions of the engine, lists and rulebooks. */
interface Recheck {
  header: Header;
  options: ResolvedOptionsWithSource;
  law: Law;
  redo(known: ScannedFile): RedoAction | undefined;
}

/**
 * Renews records that depend on versions that have changed since, or on readings that failed. The options of the scan
 * stay the same.
 */
export async function recheckStored(id: string, tenant: string, io: Io): Promise<ExitCode> {
  const stored = await openStoredScans(io.env);
  const config = readConfig(io.env);
  const remoteFiles = new RemoteFiles({
    env: io.env,
    ...(io.interrupted !== undefined && { interrupted: io.interrupted }),
    denied: config.fetch.denied,
  });
  try {
    const before = await findNamedScan(id, tenant, stored.store);
    if (before === undefined) throw new UsageError(message('cli.scan.unknown', { scan: id }));
    const { scan, header } = before;
    if (scan.status === 'cancelled') throw new UsageError(message('cli.scan.cancelled', { scan: id }));
    const anew = await recheckOf(header, config);
    const files = new FilesToRecheck(stored.store, scan, anew, remoteFiles);
    return scan.plan === undefined
      ? await recheckHere(stored, scan, { anew, files, config }, io)
      : await enqueueRecheck(stored, scan, { anew, files }, io);
  } finally {
    remoteFiles.end();
    await stored.close();
  }
}

async function recheckOf(header: Header, { trustDir }: Config): Promise<Recheck> {
  const { options } = header;
  const question = inspectOptionsOf(header);
  const [{ listSelectedRulebooks: booksIn, resolveLaw: lawFor }, { chooseRulebooks }] = await Promise.all([
    import('../../core/law/law-selection.js'),
    import('../../core/law/rulebooks/index.js'),
  ]);
  const asks = hasLawSelection(question);
  const asked = asks ? resolveLawSelection(question, {}, chooseRulebooks) : { jurisdictions: [] };
  const law = lawFor(asked);
  const versions = await currentVersions(
    trustDir,
    booksIn(law).map(({ id }) => id),
  );
  const ask = resolveOptions(question, asked);
  const { asOf, asOfSource } = ask;
  const now: RunConditions = {
    ...{ versions, asOf, asOfSource },
    law: optionTexts(options, ['rulebooks', 'jurisdiction', 'role']),
    reading: optionTexts(options, ['engine', 'deep', 'visible', 'reveal', 'full', 'keep']),
  };
  const redo = createRedoRule(['engine', 'trust', 'failed', ...(asks ? (['rulebooks'] as const) : [])], now);
  return {
    header: { ...header, run: header.run + 1, begun: new Date().toISOString(), asOf, asOfSource, versions },
    ...{ options: ask, law },
    redo: (known) => {
      const outcome = ROW_OUTCOMES.find((one) => one === known.outcome);
      if (outcome === undefined || outcome === 'gone') return undefined;
      // Another version may be able to read this type of file.
      if (outcome === 'left') return header.versions.assay === versions.assay ? undefined : 'read';
      return outcome === 'error' ? 'read' : redo({ outcome }, { read: header, judged: header });
    },
  };
}

const optionTexts = <N extends string>(
  options: Header['options'],
  names: readonly N[],
): { [K in N]?: string } =>
  Object.fromEntries(
    names.flatMap((name) => (options[name] === undefined ? [] : [[name, String(options[name])]])),
  ) as { [K in N]?: string };

/** Returns the inspect options as the scan's header has them. */
function inspectOptionsOf({ options, asOf, asOfSource }: Header): RequestedOptions {
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
      engine: options['engine'] as RequestedOptions['engine'] & string,
    }),
    ...(options['deep'] === true && { deep: true }),
    ...(options['visible'] === true && { visible: true }),
    ...(reveal && { reveal: reveal as RequestedOptions['reveal'] & string[] }),
    ...(asOfSource === 'requested' && { asOf }),
  };
}

/** Files whose records are to be renewed. Missing files keep their records. */
class FilesToRecheck {
  files = 0;
  renewed = 0;
  missing = 0;
  readonly #store: ScanRepository;
  readonly #scan: DatabaseScan;
  readonly #anew: Recheck;
  readonly #elsewhere: RemoteFiles;

  constructor(store: ScanRepository, scan: DatabaseScan, anew: Recheck, elsewhere: RemoteFiles) {
    this.#store = store;
    this.#scan = scan;
    this.#anew = anew;
    this.#elsewhere = elsewhere;
  }

  /** Yields the files to read. Archives are yielded as files; with `whole`, their members follow. */
  async *find({ whole, sandbox }: { whole: boolean; sandbox: SandboxChoice }): AsyncGenerator<FoundEntry> {
    const filter = new FileFilter({ archives: ARCHIVE_KINDS });
    const options = {
      ...{ kinds: ARCHIVE_KINDS, filter, sandbox },
      hidden: true,
      scratch: () => this.#elsewhere.scratch,
    };
    const archives = new Set<string>();
    for await (const known of this.#rows()) {
      this.files += 1;
      if (this.#anew.redo(known) === undefined) continue;
      this.renewed += 1;
      const [outer = known.path, ...inner] = known.path.split('!/');
      const isMember = inner.length > 0 && (await this.#there(known)) === undefined;
      if (!isMember) yield* this.#one(known);
      else if (!archives.has(outer)) {
        archives.add(outer);
        const archive = this.#one({ ...known, path: outer });
        if (whole) yield* this.#known(expandArchives(archive, options), outer);
        else yield* archive;
      }
    }
  }

  async *#one(known: ScannedFile & { path: string }): AsyncGenerator<FoundEntry> {
    const found = await this.#there(known);
    if (found === undefined) this.missing += 1;
    else yield found;
  }

  /** Members excluded by the original scan stay excluded. An archive that can no longer be read is reported. */
  async *#known(members: AsyncIterable<FoundEntry>, archive: string): AsyncGenerator<FoundEntry> {
    for await (const one of members) {
      const { path } = 'lost' in one ? one.lost : one.entry;
      const isKnown = path === archive || (await this.#store.knownFiles(this.#scan.number, [path])).has(path);
      if (isKnown) yield one;
    }
  }

  /** Looks the file up again: the stored record may describe other bytes, and an error record has no size. */
  async #there({ path }: { path: string }): Promise<FoundEntry | undefined> {
    if (isObjectPath(path)) return this.#elsewhere.source.currentObject(path).catch(() => undefined);
    const stats = await statAt(path).catch(() => undefined);
    return stats?.isFile() ? { entry: createLocalEntry(path, stats) } : undefined;
  }

  async *#rows(): AsyncGenerator<ScannedFile & { path: string }> {
    for (let after: string | undefined; ; ) {
      const page = await this.#store.listFiles(this.#scan.number, {
        limit: PAGE_SIZE,
        ...(after !== undefined && { after }),
      });
      yield* page.filter(({ outcome }) => outcome !== 'gone');
      after = page.at(-1)?.key;
      if (page.length < PAGE_SIZE || after === undefined) return;
    }
  }
}

async function recheckHere(
  { store }: StoredScans,
  scan: DatabaseScan,
  { anew, files, config }: { anew: Recheck; files: FilesToRecheck; config: Config },
  io: Io,
): Promise<ExitCode> {
  const { options: ask, header, law, redo } = anew;
  const { trustDir, sandbox } = config;
  const jobs = availableParallelism() + 1;
  const inspector = createInspector({
    ahead: true,
    jobs,
    trustDir,
    confinement: new Confinement({ sandbox }),
  });
  const keep = KEEP_CHOICES.filter((one) => String(header.options['keep']).split(',').includes(one));
  const fingerprint =
    keep.length > 0
      ? createPictureMaker({ confinement: new Confinement({ sandbox }), jobs: availableParallelism() })
      : undefined;
  const stop = () => {
    void inspector.close();
    void fingerprint?.close();
  };
  io.interrupted?.addEventListener('abort', stop, { once: true });
  const run = await store.beginRun(scan.number);
  const keeps = attachmentOptions(keep);
  const keys = keeps?.manifestStores ? openSecretKeys(config.secrets) : undefined;
  const results = new StoreResults({
    ...{ store, scan: { ...scan, run }, known: 'ask', recentFiles: new RecentFiles(), redo },
    keys,
  });
  let again = 0;
  try {
    const end = await scanAll({
      found: files.find({ whole: true, sandbox }),
      filter: new FileFilter({}),
      ...{ inspector, options: ask, results, jobs },
      full: header.options['full'] === true,
      ...(fingerprint && { fingerprintMaker: fingerprint, attachments: keeps }),
      ordered: false,
      ...(io.interrupted && { interrupted: io.interrupted }),
      rejudge: (record) => rejudgeRecord(record, { law, asOf: ask.asOf, asOfSource: ask.asOfSource }),
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
    // The header is replaced only now, when all records have these versions.
    await store.setHeader(scan.number, JSON.stringify(header));
    const differ = results.changes?.counts.changed ?? 0;
    printMessage(io, message('cli.stored.rechecked', { again, files: files.files, differ }));
    printMissing(files, io);
    if (results.changes !== undefined && again > 0) printChanges(results.changes, io);
    return files.missing > 0 ? EXIT.notAllInspected : EXIT.done;
  } finally {
    io.interrupted?.removeEventListener('abort', stop);
    await Promise.all([inspector.close(), fingerprint?.close()]);
  }
}

async function enqueueRecheck(
  kept: StoredScans,
  before: DatabaseScan,
  { anew, files }: { anew: Recheck; files: FilesToRecheck },
  io: Io,
): Promise<ExitCode> {
  if (before.status !== 'done') throw new UsageError(message('cli.stored.underWay', { scan: before.id }));
  const { store } = kept;
  const queue = await kept.queue((error) => printMessage(io, messageOf(error)));
  const scan = { ...before, run: await store.beginRun(before.number) };
  await store.setStatus(scan.number, 'listing', anew.header.begun);
  const whole = await enqueueFiles({
    found: files.find({ whole: false, sandbox: 'auto' }),
    filter: new FileFilter({ archives: ARCHIVE_KINDS }),
    ...{ store, queue, scan },
    resumed: false,
    recheckVersions: anew.header.versions,
    ...(io.interrupted && { interrupted: io.interrupted }),
  });
  if (!whole) return EXIT.interrupted;
  await store.setHeader(scan.number, JSON.stringify(anew.header));
  await retryOnOutage(() => queue.endListing(scan.number, new Date().toISOString()), io.interrupted);
  printMessage(io, message('cli.stored.rechecking', { again: files.renewed, files: files.files }));
  printMissing(files, io);
  return files.missing > 0 ? EXIT.notAllInspected : EXIT.done;
}

function printMissing({ missing }: FilesToRecheck, io: Io): void {
  if (missing > 0) printMessage(io, message('cli.stored.missing', { count: missing }));
}
