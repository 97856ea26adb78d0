import { type Command, InvalidArgumentError, Option } from 'commander';
import { readConfig } from '../config.js';
import { ROLES, type Role } from '../core/rule-terms.js';
import type { Database } from '../store/database.js';
import { isKeyName, isTenantName, type KeyLimits, type KeyStore } from '../store/keys.js';
import { isScope, LOCAL_TENANT, SCOPE_MEANINGS, SCOPES, type Scope } from '../store/scopes.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { type Io, say } from './io.js';
import { parseInteger, parseList, parseRoles } from './options.js';
import { Output } from './output.js';

interface CreateOptions {
  tenant: string;
  scopes: Scope[];
  expires?: Date;
  jurisdiction?: string[];
  role?: Role[];
  rulebooks?: string[];
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
  const keys = program
    .command('keys')
    .description('who may use the service, and for what')
    .addHelpText('after', HELP_END);
  keys
    .command('create')
    .description('make a key; it is shown this once')
    .argument('<name>', 'whose it is, as “photo desk”')
    .option('--tenant <name>', 'whose rows it reads and writes', parseTenant, LOCAL_TENANT)
    .addOption(
      new Option('--scopes <scopes>', `any of ${SCOPES.join(', ')}`)
        .argParser(parseScopes)
        .default(['inspect', 'read'], 'inspect,read'),
    )
    .option('--expires <when>', 'a day as YYYY-MM-DD, or so many days from now, as 90d', parseExpiry)
    .option('--jurisdiction <codes>', 'what it asks for where nothing is named, as CN,EU', parseList)
    .option('--role <roles>', `the same for roles: ${ROLES.join(', ')}`, parseRoles)
    .option('--rulebooks <ids>', 'the same for rulebooks', parseList)
    .option('--per-minute <requests>', 'requests a minute', parseInteger(1, MOST))
    .option('--daily-inspections <count>', 'inspections a day (UTC)', parseInteger(1, MOST))
    .option('--daily-bytes <bytes>', 'bytes of files a day (UTC)', parseInteger(1, MOST))
    .option('--json', 'one JSON object on stdout')
    .action(async (name: string, options: CreateOptions) => finish(await create(name, options, io)));
  keys
    .command('list')
    .description('keys, newest first, with those that no longer hold')
    .option('--tenant <name>', 'only of this tenant', parseTenant)
    .option('--json', 'one JSON object on stdout')
    .action(async (options: ListOptions) => finish(await list(options, io)));
  keys
    .command('revoke')
    .description('from now on the key opens nothing')
    .argument('<id>', 'its id, or the whole key')
    .action(async (id: string) => finish(await revoke(id, io)));
}

async function create(name: string, options: CreateOptions, io: Io): Promise<ExitCode> {
  if (!isKeyName(name)) throw new UsageError('the name must be one line of at most 80 characters');
  const { chooseRulebooks } = await import('../core/rulebooks/index.js');
  const { jurisdiction, role, rulebooks } = options;
  try {
    chooseRulebooks({
      ...(rulebooks === undefined ? {} : { ids: rulebooks }),
      ...(jurisdiction === undefined ? {} : { jurisdictions: jurisdiction }),
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const { key, text } = await withKeys(io, (keys) =>
    keys.create(
      {
        tenant: options.tenant,
        name,
        scopes: options.scopes,
        defaults: {
          ...(jurisdiction === undefined ? {} : { jurisdictions: jurisdiction }),
          ...(role === undefined ? {} : { roles: role }),
          ...(rulebooks === undefined ? {} : { rulebooks }),
        },
        limits: limitsOf(options),
        ...(options.expires === undefined ? {} : { expiresAt: options.expires.toISOString() }),
      },
      new Date(),
    ),
  );
  say(io, 'assay: this is shown once; only a digest of it is kept');
  await new Output(io.stdout).write(
    options.json ? `${JSON.stringify({ key: text, ...key })}\n` : `${text}\n`,
  );
  return EXIT.done;
}

async function list({ tenant, json }: ListOptions, io: Io): Promise<ExitCode> {
  const keys = await withKeys(io, (store) => store.list(tenant));
  const { keysText } = await import('./keys-text.js');
  await new Output(io.stdout).write(
    json ? `${JSON.stringify({ schema: 'assay.keys/1', keys })}\n` : keysText(keys, new Date()),
  );
  return EXIT.done;
}

async function revoke(idOrKey: string, io: Io): Promise<ExitCode> {
  const id = /^assay_([^_]+)_/.exec(idOrKey)?.[1] ?? idOrKey;
  const found = await withKeys(io, (keys) => keys.revoke(undefined, id, new Date()));
  if (!found) throw new UsageError('there is no such key; assay keys list shows their ids');
  say(io, 'assay: the key is revoked');
  return EXIT.done;
}

async function withKeys<T>(io: Io, work: (keys: KeyStore) => Promise<T>): Promise<T> {
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
  return {
    ...(perMinute === undefined ? {} : { requestsPerMinute: perMinute }),
    ...(dailyInspections === undefined ? {} : { dailyInspections }),
    ...(dailyBytes === undefined ? {} : { dailyBytes }),
  };
}

function parseTenant(text: string): string {
  if (!isTenantName(text)) {
    throw new InvalidArgumentError(
      'A tenant is a lower-case word of letters, digits, dots, dashes, underscores.',
    );
  }
  return text;
}

function parseScopes(text: string): Scope[] {
  const words = parseList(text);
  if (!words.every(isScope)) throw new InvalidArgumentError(`Scopes are ${SCOPES.join(', ')}.`);
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
    throw new InvalidArgumentError('Give a day to come as YYYY-MM-DD, or a number of days, as 90d.');
  }
  return at;
}

const HELP_END = `
Scopes:
${SCOPES.map((scope) => `  ${scope.padEnd(8)} ${SCOPE_MEANINGS[scope]}`).join('\n')}

Examples:
  assay keys create "photo desk"
  assay keys create --tenant magazine --scopes inspect,read,reveal --expires 90d "magazine pipeline"
  assay keys list
  assay keys revoke k3v9m2x7q4ab`;
