import { type Command, Option } from 'commander';
import { compact } from '../../base/json-shape.js';
import { readConfig } from '../../config/settings.js';
import { message } from '../../i18n/message.js';
import { isKeyName, type KeyLimits } from '../../storage/access/keys.js';
import type { KeyRepository } from '../../storage/access/kysely-keys.js';
import { isScope, LOCAL_TENANT, SCOPES, type Scope } from '../../storage/access/scopes.js';
import type { Database } from '../../storage/engine/database.js';
import { InvalidValueError } from '../shared/command.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import { type InspectFlags, selectRulebooks, withInspectOptions } from '../shared/inspect-options.js';
import { type Io, printMessage, translatorForUser } from '../shared/io.js';
import { parseInteger, parseList } from '../shared/options.js';
import { Output } from '../shared/output.js';
import { parseTenant } from '../shared/tenant.js';

interface CreateOptions extends InspectFlags<'keys'> {
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

const MAX_LIMIT = Number.MAX_SAFE_INTEGER;

/** Adds `assay keys`. Its commands work on the database itself, whether or not a server is running on it. */
export function addKeysCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const keys = program.command('keys').description(encodeDescription('cli.keys.about'));
  setHelpEnd(keys, {
    rows: {
      title: 'cli.help.scopes',
      rows: SCOPES.map((scope) => [scope, `cli.scope.${scope}` as const]),
    },
    examples: EXAMPLES,
  });
  const toCreate = keys
    .command('create')
    .description(encodeDescription('cli.keys.create'))
    .argument('<name>', encodeDescription('cli.keys.name'))
    .option('--tenant <name>', encodeDescription('cli.keys.tenant'), parseTenant, LOCAL_TENANT)
    .addOption(
      new Option('--scopes <scopes>', encodeDescription('cli.keys.scopes', { scopes: SCOPES }))
        .argParser(parseScopes)
        .default(['inspect', 'read'], 'inspect,read'),
    )
    .option('--expires <when>', encodeDescription('cli.keys.expires'), parseExpiry);
  withInspectOptions(toCreate, 'keys')
    .option('--per-minute <requests>', encodeDescription('cli.keys.perMinute'), parseInteger(1, MAX_LIMIT))
    .option(
      '--daily-inspections <count>',
      encodeDescription('cli.keys.dailyInspections'),
      parseInteger(1, MAX_LIMIT),
    )
    .option('--daily-bytes <bytes>', encodeDescription('cli.keys.dailyBytes'), parseInteger(1, MAX_LIMIT))
    .option('--json', encodeDescription('cli.option.json'))
    .action(async (name: string, options: CreateOptions) => finish(await createKey(name, options, io)));
  keys
    .command('list')
    .description(encodeDescription('cli.keys.list'))
    .option('--tenant <name>', encodeDescription('cli.keys.ofTenant'), parseTenant)
    .option('--json', encodeDescription('cli.option.json'))
    .action(async (options: ListOptions) => finish(await listKeys(options, io)));
  keys
    .command('revoke')
    .description(encodeDescription('cli.keys.revoke'))
    .argument('<id>', encodeDescription('cli.keys.id'))
    .action(async (id: string) => finish(await revokeKey(id, io)));
}

async function createKey(name: string, options: CreateOptions, io: Io): Promise<ExitCode> {
  if (!isKeyName(name)) throw new UsageError(message('cli.keys.badName'));
  const { jurisdiction, role, rulebooks } = options;
  await selectRulebooks(options);
  const { key, text } = await withKeyStore(io, (keys) =>
    keys.create(
      {
        tenant: options.tenant,
        name,
        scopes: options.scopes,
        defaults: {
          ...compact({ jurisdictions: jurisdiction, roles: role, rulebooks }),
        },
        limits: keyLimits(options),
        ...(options.expires === undefined ? {} : { expiresAt: options.expires.toISOString() }),
      },
      new Date(),
    ),
  );
  printMessage(io, message('cli.keys.once'));
  const output = new Output(io.stdout);
  await (options.json ? output.json({ key: text, ...key }) : output.text(`${text}\n`));
  return EXIT.done;
}

async function listKeys({ tenant, json }: ListOptions, io: Io): Promise<ExitCode> {
  const keys = await withKeyStore(io, (store) => store.list(tenant));
  const { keysText } = await import('./keys-text.js');
  const output = new Output(io.stdout);
  if (json) await output.json({ schema: 'assay.keys/1', keys });
  else await output.text(keysText(keys, new Date(), translatorForUser(io)));
  return EXIT.done;
}

async function revokeKey(idOrKey: string, io: Io): Promise<ExitCode> {
  const id = /^assay_([^_]+)_/.exec(idOrKey)?.[1] ?? idOrKey;
  const found = await withKeyStore(io, (keys) => keys.revoke(undefined, id, new Date()));
  if (!found) throw new UsageError(message('cli.keys.unknown'));
  printMessage(io, message('cli.keys.revoked'));
  return EXIT.done;
}

async function withKeyStore<T>(io: Io, work: (keys: KeyRepository) => Promise<T>): Promise<T> {
  const [{ openDatabase }, { KeyRepository: KyselyKeys }] = await Promise.all([
    import('../../storage/engine/database.js'),
    import('../../storage/access/kysely-keys.js'),
  ]);
  const config = readConfig(io.env);
  const database: Database = await openDatabase({ dataDir: config.dataDir, url: config.databaseUrl });
  try {
    return await work(new KyselyKeys(database));
  } finally {
    await database.close();
  }
}

function keyLimits({ perMinute, dailyInspections, dailyBytes }: CreateOptions): KeyLimits {
  return compact({ requestsPerMinute: perMinute, dailyInspections, dailyBytes });
}

function parseScopes(text: string): Scope[] {
  const words = parseList(text);
  if (!words.every(isScope)) throw new InvalidValueError(message('cli.value.scopes', { names: SCOPES }));
  return SCOPES.filter((scope) => words.includes(scope));
}

/** Parses the expiry of a key. A key with a date is valid until that day begins in UTC; `90d` counts from now. */
function parseExpiry(text: string): Date {
  const [, days] = /^(\d{1,4})d$/.exec(text) ?? [];
  const at =
    days === undefined
      ? new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : Number.NaN)
      : new Date(Date.now() + Number(days) * 86_400_000);
  const sameDay = days !== undefined || (!Number.isNaN(at.getTime()) && at.toISOString().startsWith(text));
  if (!sameDay || !(at.getTime() > Date.now())) {
    throw new InvalidValueError(message('cli.value.expiry'));
  }
  return at;
}

const EXAMPLES = [
  'assay keys create "photo desk"',
  'assay keys create --tenant magazine --scopes inspect,read,reveal --expires 90d "magazine pipeline"',
  'assay keys list',
  'assay keys revoke k3v9m2x7q4ab',
];
