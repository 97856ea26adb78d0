import { type Command, Option } from 'commander';
import { readConfig } from '../config.js';
import { compact } from '../core/ground/json-shape.js';
import { said } from '../say/said.js';
import type { Database } from '../store/database.js';
import { isKeyName, type KeyLimits } from '../store/keys.js';
import type { KyselyKeys } from '../store/kysely-keys.js';
import { isScope, LOCAL_TENANT, SCOPES, type Scope } from '../store/scopes.js';
import { BadValue } from './command.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described, endHelp } from './help.js';
import { type Io, speechIn, tell } from './io.js';
import { parseInteger, parseList } from './options.js';
import { Output } from './output.js';
import { chosenRulebooks, type QuestionOptions, withQuestion } from './question-options.js';
import { parseTenant } from './tenant.js';

interface CreateOptions extends QuestionOptions<'keys'> {
  tenant: string;
  scopes: Scope[];
  expires?: Date;
  perMinute?: number;
  dailyInspections?: number;
  dailyBytes?: number;
  json?: boolean;
}

interface ListOptions {
  tenant?: string;
  json?: boolean;
}

const MOST = Number.MAX_SAFE_INTEGER;

/** They work on the database itself, whether a server runs on it or not. */
export function addKeysCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const keys = program.command('keys').description(described('cli.keys.about'));
  endHelp(keys, {
    rows: {
      title: 'cli.help.scopes',
      rows: SCOPES.map((scope) => [scope, `cli.scope.${scope}` as const]),
    },
    examples: EXAMPLES,
  });
  const toCreate = keys
    .command('create')
    .description(described('cli.keys.create'))
    .argument('<name>', described('cli.keys.name'))
    .option('--tenant <name>', described('cli.keys.tenant'), parseTenant, LOCAL_TENANT)
    .addOption(
      new Option('--scopes <scopes>', described('cli.keys.scopes', { scopes: SCOPES }))
        .argParser(parseScopes)
        .default(['inspect', 'read'], 'inspect,read'),
    )
    .option('--expires <when>', described('cli.keys.expires'), parseExpiry);
  withQuestion(toCreate, 'keys')
    .option('--per-minute <requests>', described('cli.keys.perMinute'), parseInteger(1, MOST))
    .option('--daily-inspections <count>', described('cli.keys.dailyInspections'), parseInteger(1, MOST))
    .option('--daily-bytes <bytes>', described('cli.keys.dailyBytes'), parseInteger(1, MOST))
    .option('--json', described('cli.option.json'))
    .action(async (name: string, options: CreateOptions) => finish(await create(name, options, io)));
  keys
    .command('list')
    .description(described('cli.keys.list'))
    .option('--tenant <name>', described('cli.keys.ofTenant'), parseTenant)
    .option('--json', described('cli.option.json'))
    .action(async (options: ListOptions) => finish(await list(options, io)));
  keys
    .command('revoke')
    .description(described('cli.keys.revoke'))
    .argument('<id>', described('cli.keys.id'))
    .action(async (id: string) => finish(await revoke(id, io)));
}

async function create(name: string, options: CreateOptions, io: Io): Promise<ExitCode> {
  if (!isKeyName(name)) throw new UsageError(said('cli.keys.badName'));
  const { jurisdiction, role, rulebooks } = options;
  await chosenRulebooks(options);
  const { key, text } = await withKeys(io, (keys) =>
    keys.create(
      {
        tenant: options.tenant,
        name,
        scopes: options.scopes,
        defaults: {
          ...compact({ jurisdictions: jurisdiction, roles: role, rulebooks }),
        },
        limits: limitsOf(options),
        ...(options.expires === undefined ? {} : { expiresAt: options.expires.toISOString() }),
      },
      new Date(),
    ),
  );
  tell(io, said('cli.keys.once'));
  const output = new Output(io.stdout);
  await (options.json ? output.json({ key: text, ...key }) : output.text(`${text}\n`));
  return EXIT.done;
}

async function list({ tenant, json }: ListOptions, io: Io): Promise<ExitCode> {
  const keys = await withKeys(io, (store) => store.list(tenant));
  const { keysText } = await import('./keys-text.js');
  const output = new Output(io.stdout);
  if (json) await output.json({ schema: 'assay.keys/1', keys });
  else await output.text(keysText(keys, new Date(), speechIn(io)));
  return EXIT.done;
}

async function revoke(idOrKey: string, io: Io): Promise<ExitCode> {
  const id = /^assay_([^_]+)_/.exec(idOrKey)?.[1] ?? idOrKey;
  const found = await withKeys(io, (keys) => keys.revoke(undefined, id, new Date()));
  if (!found) throw new UsageError(said('cli.keys.unknown'));
  tell(io, said('cli.keys.revoked'));
  return EXIT.done;
}

async function withKeys<T>(io: Io, work: (keys: KyselyKeys) => Promise<T>): Promise<T> {
  const [{ openDatabase }, { KyselyKeys }] = await Promise.all([
    import('../store/database.js'),
    import('../store/kysely-keys.js'),
  ]);
  const config = readConfig(io.env);
  const database: Database = await openDatabase({ dataDir: config.dataDir, url: config.databaseUrl });
  try {
    return await work(new KyselyKeys(database));
  } finally {
    await database.close();
  }
}

function limitsOf({ perMinute, dailyInspections, dailyBytes }: CreateOptions): KeyLimits {
  return compact({ requestsPerMinute: perMinute, dailyInspections, dailyBytes });
}

function parseScopes(text: string): Scope[] {
  const words = parseList(text);
  if (!words.every(isScope)) throw new BadValue(said('cli.value.scopes', { names: SCOPES }));
  return SCOPES.filter((scope) => words.includes(scope));
}

/** A key with a day holds until that day begins, UTC. */
function parseExpiry(text: string): Date {
  const [, days] = /^(\d{1,4})d$/.exec(text) ?? [];
  const at =
    days === undefined
      ? new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : Number.NaN)
      : new Date(Date.now() + Number(days) * 86_400_000);
  const sameDay = days !== undefined || (!Number.isNaN(at.getTime()) && at.toISOString().startsWith(text));
  if (!sameDay || !(at.getTime() > Date.now())) {
    throw new BadValue(said('cli.value.expiry'));
  }
  return at;
}

const EXAMPLES = [
  'assay keys create "photo desk"',
  'assay keys create --tenant magazine --scopes inspect,read,reveal --expires 90d "magazine pipeline"',
  'assay keys list',
  'assay keys revoke k3v9m2x7q4ab',
];
