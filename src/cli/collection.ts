import { type Command, Option } from 'commander';
import { readConfig } from '../config.js';
import { escapeTerminal } from '../core/ground/terminal-text.js';
import { BIT_ORDERS, type BitOrder } from '../core/likeness/hash-text.js';
import { type Said, said } from '../say/said.js';
import {
  COLLECTION_BOUNDS,
  CollectionError,
  type KeptCollection,
  type NewCollectionItem,
  type PeoplesFinding,
} from '../store/collections.js';
import { openDatabase } from '../store/database.js';
import { KyselyCollections } from '../store/kysely-collections.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { comingFrom } from './collection-items.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described, endHelp } from './help.js';
import { type Io, speechIn, tell } from './io.js';
import { choice } from './options.js';
import { Output } from './output.js';
import { parseTenant } from './tenant.js';

interface OfTenant {
  tenant: string;
}

interface ImportOptions extends OfTenant {
  from: string;
  bitOrder: BitOrder;
  finding?: string;
  by?: string;
  watch?: boolean;
}

const ofTenant = (): Option =>
  new Option('--tenant <name>', described('cli.collection.tenant'))
    .argParser(parseTenant)
    .default(LOCAL_TENANT);

/** `assay collection`: a newsroom's own pictures, in the database. */
export function addCollectionCommands(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const collection = program.command('collection').description(described('cli.collection.about'));
  const toImport = collection
    .command('import')
    .description(described('cli.collection.import'))
    .argument('<name>', described('cli.collection.name'))
    .requiredOption('--from <source>', described('cli.collection.from'))
    .addOption(choice('--bit-order <order>', described('cli.collection.bitOrder'), BIT_ORDERS).default('msb'))
    .option('--finding <text>', described('cli.collection.finding'))
    .option('--by <who>', described('cli.collection.by'))
    .option('--watch', described('cli.collection.watch'))
    .addOption(ofTenant())
    .action(async (name: string, options: ImportOptions) =>
      finish(await withCollections(io, (store) => imported(name, options, store, io))),
    );
  endHelp(toImport, { notes: ['cli.collection.notes'], examples: EXAMPLES });
  collection
    .command('list')
    .description(described('cli.collection.list'))
    .option('--json', described('cli.collection.json'))
    .addOption(ofTenant())
    .action(async (options: OfTenant & { json?: boolean }) =>
      finish(await withCollections(io, (store) => listed(options, store, io))),
    );
  collection
    .command('delete')
    .description(described('cli.collection.delete'))
    .argument('<name>', described('cli.collection.nameOrId'))
    .addOption(ofTenant())
    .action(async (name: string, { tenant }: OfTenant) =>
      finish(await withCollections(io, (store) => deleted(name, tenant, store, io))),
    );
}

async function withCollections(
  io: Io,
  work: (store: KyselyCollections) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { dataDir, databaseUrl: url } = readConfig(io.env);
  const database = await openDatabase({ dataDir, url });
  try {
    return await work(new KyselyCollections(database));
  } catch (error) {
    if (error instanceof CollectionError) throw new UsageError(errorTold(error), { cause: error });
    throw error;
  } finally {
    await database.close();
  }
}

const errorTold = ({ code, place }: CollectionError): Said =>
  code === 'collection.full'
    ? said('cli.collection.full', { most: COLLECTION_BOUNDS.items })
    : said('cli.collection.bad', { member: place?.member ?? '' });

/** Lines of what was left out; all are counted. */
const MOST_TOLD = 100;

async function imported(
  name: string,
  options: ImportOptions,
  store: KyselyCollections,
  io: Io,
): Promise<ExitCode> {
  const { tenant, from, bitOrder, by, watch } = options;
  if (by !== undefined && options.finding === undefined)
    throw new UsageError(said('cli.mistake.goesWith', { option: '--by', other: '--finding' }));
  const finding: PeoplesFinding | undefined =
    options.finding === undefined
      ? undefined
      : { text: options.finding, ...(by === undefined ? {} : { by }) };
  // Before anything is made: a name mistyped is to leave nothing behind.
  const coming = await comingFrom({ from, bitOrder, finding }, io);
  let collection: KeptCollection | undefined;
  let items: NewCollectionItem[] = [];
  let kept = 0;
  let left = 0;
  let told = 0;
  const put = async () => {
    if (items.length === 0) return;
    const at = new Date().toISOString();
    collection ??= await collectionOf(name, { tenant, finding, watch }, store);
    kept += (await store.putItems(tenant, collection.id, items, at))?.length ?? 0;
    items = [];
  };
  for await (const one of coming) {
    if (io.interrupted?.aborted) break;
    if ('item' in one) items.push(one.item);
    else {
      const { what, why, count = 1 } = one.left;
      left += count;
      told += 1;
      if (told <= MOST_TOLD) tell(io, said('cli.collection.left', { what, why }));
    }
    if (items.length >= COLLECTION_BOUNDS.itemsAtOnce) await put();
  }
  await put();
  if (told > MOST_TOLD) tell(io, said('cli.collection.leftMore', { count: told - MOST_TOLD }));
  tell(io, said('cli.collection.imported', { count: kept, name, left }));
  if (io.interrupted?.aborted) return EXIT.interrupted;
  return left > 0 ? EXIT.notAllInspected : EXIT.done;
}

/** The one of that name, with what is said of it now; a new one where there is none. */
async function collectionOf(
  name: string,
  {
    tenant,
    finding,
    watch,
  }: { tenant: string; finding: PeoplesFinding | undefined; watch: boolean | undefined },
  store: KyselyCollections,
): Promise<KeptCollection> {
  const at = new Date().toISOString();
  const says = { ...(finding === undefined ? {} : { finding }), ...(watch ? { watched: true } : {}) };
  const known = await store.named(tenant, name);
  if (known === undefined) return store.create(tenant, { name, ...says }, at);
  if (Object.keys(says).length === 0) return known;
  return (await store.patch(tenant, known.id, says, at)) ?? known;
}

const PAGE = 100;

async function* allOf(tenant: string, store: KyselyCollections): AsyncGenerator<KeptCollection> {
  for (let cursor: string | undefined; ; ) {
    const page = await store.list(tenant, { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    yield* page.items;
    cursor = page.next;
    if (cursor === undefined) return;
  }
}

async function listed(
  { tenant, json = false }: OfTenant & { json?: boolean },
  store: KyselyCollections,
  io: Io,
): Promise<ExitCode> {
  const output = new Output(io.stdout);
  const speech = speechIn(io);
  let any = false;
  for await (const one of allOf(tenant, store)) {
    any = true;
    const { tenant: _, ...told } = one;
    const { id, name, items, notSearchable, watched, finding } = one;
    const lines = [
      speech.words('cli.collection.listed', {
        name,
        items,
        notSearchable,
        watched: watched ? 'yes' : 'other',
      }),
      ...(finding === undefined ? [] : [`  ${speech.words('cli.match.finding', { text: finding.text })}`]),
      `  ${id}`,
    ];
    const isRead = json
      ? output.json(told)
      : output.text(`${lines.map((line) => escapeTerminal(line)).join('\n')}\n`);
    if (!(await isRead)) return EXIT.done;
  }
  if (!any && !json) tell(io, said('cli.collection.none'));
  return EXIT.done;
}

async function deleted(name: string, tenant: string, store: KyselyCollections, io: Io): Promise<ExitCode> {
  const collection = (await store.get(tenant, name)) ?? (await store.named(tenant, name));
  if (collection === undefined || !(await store.delete(tenant, collection.id)))
    throw new UsageError(said('cli.collection.unknown', { name }));
  tell(io, said('cli.collection.deleted', { name: collection.name, count: collection.items }));
  return EXIT.done;
}

const EXAMPLES = [
  "assay collection import debunked --from debunked.csv --by 'Fact desk' --finding 'Shown to be from another year' --watch",
  'assay collection import agency --from /pictures/agency',
  'assay collection import archive --from results.ndjson',
];
