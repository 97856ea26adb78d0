import { type Command, Option } from 'commander';
import { escapeTerminal } from '../../base/terminal-text.js';
import { readConfig } from '../../config/settings.js';
import { type Message, message } from '../../i18n/message.js';
import { BIT_ORDERS, type BitOrder } from '../../matching/hash-text.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import { openDatabase } from '../../storage/engine/database.js';
import {
  COLLECTION_BOUNDS,
  CollectionError,
  type CollectionFinding,
  type NewCollectionItem,
  type StoredCollection,
} from '../../storage/fingerprints/collections.js';
import { CollectionRepository } from '../../storage/fingerprints/kysely-collections.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import { type Io, printMessage, translatorForUser } from '../shared/io.js';
import { choiceOption } from '../shared/options.js';
import { Output } from '../shared/output.js';
import { parseTenant } from '../shared/tenant.js';
import { importEntriesFrom } from './collection-items.js';

interface TenantOptions {
  tenant: string;
}

interface ImportOptions extends TenantOptions {
  from: string;
  bitOrder: BitOrder;
  finding?: string;
  by?: string;
  watch?: boolean;
}

const tenantOption = (): Option =>
  new Option('--tenant <name>', encodeDescription('cli.collection.tenant'))
    .argParser(parseTenant)
    .default(LOCAL_TENANT);

/** Adds `assay collection`, which manages a newsroom's own pictures in the database. */
export function addCollectionCommands(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const collection = program.command('collection').description(encodeDescription('cli.collection.about'));
  const toImport = collection
    .command('import')
    .description(encodeDescription('cli.collection.import'))
    .argument('<name>', encodeDescription('cli.collection.name'))
    .requiredOption('--from <source>', encodeDescription('cli.collection.from'))
    .addOption(
      choiceOption('--bit-order <order>', encodeDescription('cli.collection.bitOrder'), BIT_ORDERS).default(
        'msb',
      ),
    )
    .option('--finding <text>', encodeDescription('cli.collection.finding'))
    .option('--by <who>', encodeDescription('cli.collection.by'))
    .option('--watch', encodeDescription('cli.collection.watch'))
    .addOption(tenantOption())
    .action(async (name: string, options: ImportOptions) =>
      finish(await withCollections(io, (store) => importItems(name, options, store, io))),
    );
  setHelpEnd(toImport, { notes: ['cli.collection.notes'], examples: EXAMPLES });
  collection
    .command('list')
    .description(encodeDescription('cli.collection.list'))
    .option('--json', encodeDescription('cli.collection.json'))
    .addOption(tenantOption())
    .action(async (options: TenantOptions & { json?: boolean }) =>
      finish(await withCollections(io, (store) => listCollections(options, store, io))),
    );
  collection
    .command('delete')
    .description(encodeDescription('cli.collection.delete'))
    .argument('<name>', encodeDescription('cli.collection.nameOrId'))
    .addOption(tenantOption())
    .action(async (name: string, { tenant }: TenantOptions) =>
      finish(await withCollections(io, (store) => deleteCollection(name, tenant, store, io))),
    );
}

async function withCollections(
  io: Io,
  work: (store: CollectionRepository) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { dataDir, databaseUrl: url } = readConfig(io.env);
  const database = await openDatabase({ dataDir, url });
  try {
    return await work(new CollectionRepository(database));
  } catch (error) {
    if (error instanceof CollectionError)
      throw new UsageError(collectionErrorMessage(error), { cause: error });
    throw error;
  } finally {
    await database.close();
  }
}

const collectionErrorMessage = ({ code, place }: CollectionError): Message =>
  code === 'collection.full'
    ? message('cli.collection.full', { most: COLLECTION_BOUNDS.items })
    : message('cli.collection.bad', { member: place?.member ?? '' });

/** Lines printed about skipped entries; all of them are counted. */
const MAX_SKIPPED_LINES = 100;

async function importItems(
  name: string,
  options: ImportOptions,
  store: CollectionRepository,
  io: Io,
): Promise<ExitCode> {
  const { tenant, from, bitOrder, by, watch } = options;
  if (by !== undefined && options.finding === undefined)
    throw new UsageError(message('cli.mistake.goesWith', { option: '--by', other: '--finding' }));
  const finding: CollectionFinding | undefined =
    options.finding === undefined
      ? undefined
      : { text: options.finding, ...(by === undefined ? {} : { by }) };
  // The source is checked before the collection is created, so that a mistyped name leaves nothing behind.
  const entries = await importEntriesFrom({ from, bitOrder, finding }, io);
  let collection: StoredCollection | undefined;
  let items: NewCollectionItem[] = [];
  let storedCount = 0;
  let skippedCount = 0;
  let skippedLines = 0;
  const flush = async () => {
    if (items.length === 0) return;
    const at = new Date().toISOString();
    collection ??= await findOrCreateCollection(name, { tenant, finding, watch }, store);
    storedCount += (await store.putItems(tenant, collection.id, items, at))?.length ?? 0;
    items = [];
  };
  for await (const one of entries) {
    if (io.interrupted?.aborted) break;
    if ('item' in one) items.push(one.item);
    else {
      const { what, why, count = 1 } = one.skipped;
      skippedCount += count;
      skippedLines += 1;
      if (skippedLines <= MAX_SKIPPED_LINES) printMessage(io, message('cli.collection.left', { what, why }));
    }
    if (items.length >= COLLECTION_BOUNDS.itemsAtOnce) await flush();
  }
  await flush();
  if (skippedLines > MAX_SKIPPED_LINES)
    printMessage(io, message('cli.collection.leftMore', { count: skippedLines - MAX_SKIPPED_LINES }));
  printMessage(io, message('cli.collection.imported', { count: storedCount, name, left: skippedCount }));
  if (io.interrupted?.aborted) return EXIT.interrupted;
  return skippedCount > 0 ? EXIT.notAllInspected : EXIT.done;
}

/** Returns the collection of that name with the given finding applied; creates it if it does not exist. */
async function findOrCreateCollection(
  name: string,
  {
    tenant,
    finding,
    watch,
  }: { tenant: string; finding: CollectionFinding | undefined; watch: boolean | undefined },
  store: CollectionRepository,
): Promise<StoredCollection> {
  const at = new Date().toISOString();
  const changes = { ...(finding === undefined ? {} : { finding }), ...(watch ? { watched: true } : {}) };
  const known = await store.findByName(tenant, name);
  if (known === undefined) return store.create(tenant, { name, ...changes }, at);
  if (Object.keys(changes).length === 0) return known;
  return (await store.patch(tenant, known.id, changes, at)) ?? known;
}

const PAGE_SIZE = 100;

async function* allCollections(
  tenant: string,
  store: CollectionRepository,
): AsyncGenerator<StoredCollection> {
  for (let cursor: string | undefined; ; ) {
    const page = await store.list(tenant, { limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) });
    yield* page.items;
    cursor = page.next;
    if (cursor === undefined) return;
  }
}

async function listCollections(
  { tenant, json = false }: TenantOptions & { json?: boolean },
  store: CollectionRepository,
  io: Io,
): Promise<ExitCode> {
  const output = new Output(io.stdout);
  const translator = translatorForUser(io);
  let any = false;
  for await (const one of allCollections(tenant, store)) {
    any = true;
    const { tenant: _, ...told } = one;
    const { id, name, items, notSearchable, watched, finding } = one;
    const lines = [
      translator.text('cli.collection.listed', {
        name,
        items,
        notSearchable,
        watched: watched ? 'yes' : 'other',
      }),
      ...(finding === undefined ? [] : [`  ${translator.text('cli.match.finding', { text: finding.text })}`]),
      `  ${id}`,
    ];
    const isRead = json
      ? output.json(told)
      : output.text(`${lines.map((line) => escapeTerminal(line)).join('\n')}\n`);
    if (!(await isRead)) return EXIT.done;
  }
  if (!any && !json) printMessage(io, message('cli.collection.none'));
  return EXIT.done;
}

async function deleteCollection(
  name: string,
  tenant: string,
  store: CollectionRepository,
  io: Io,
): Promise<ExitCode> {
  const collection = (await store.get(tenant, name)) ?? (await store.findByName(tenant, name));
  if (collection === undefined || !(await store.delete(tenant, collection.id)))
    throw new UsageError(message('cli.collection.unknown', { name }));
  printMessage(io, message('cli.collection.deleted', { name: collection.name, count: collection.items }));
  return EXIT.done;
}

const EXAMPLES = [
  "assay collection import debunked --from debunked.csv --by 'Fact desk' --finding 'Shown to be from another year' --watch",
  'assay collection import agency --from /pictures/agency',
  'assay collection import archive --from results.ndjson',
];
