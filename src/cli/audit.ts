import type { KeyObject } from 'node:crypto';
import type { Command } from 'commander';
import { readConfig } from '../config.js';
import { escapeTerminal } from '../core/ground/terminal-text.js';
import { headIn, verifierKeyIn } from '../core/log/checkpoint.js';
import { said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import type { Database } from '../store/database.js';
import type { CheckedLog, LogProblem, LogProblemCode, OtherHead } from '../store/log-check.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described, endHelp } from './help.js';
import { type Io, speechIn, writeLine } from './io.js';
import { Output } from './output.js';
import { parseTenant } from './tenant.js';

interface VerifyOptions {
  heads?: string;
  key?: string;
  tenant?: string;
  json?: boolean;
}

/** They work on the database itself, whether a server runs on it or not. */
export function addAuditCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const audit = program.command('audit').description(described('cli.audit.about'));
  endHelp(audit, { notes: ['cli.audit.notes'], examples: EXAMPLES });
  audit
    .command('verify')
    .description(described('cli.audit.verify'))
    .option('--heads <file>', described('cli.audit.heads'))
    .option('--key <verifier-key>', described('cli.audit.key'))
    .option('--tenant <name>', described('cli.audit.tenant'), parseTenant)
    .option('--json', described('cli.option.json'))
    .action(async (options: VerifyOptions) => finish(await verify(options, io)));
  audit
    .command('head')
    .description(described('cli.audit.head'))
    .option('--tenant <name>', described('cli.audit.tenant'), parseTenant)
    .action(async (options: { tenant?: string }) => finish(await head(options, io)));
}

const EXAMPLES = [
  'assay audit verify',
  'assay audit verify --heads /mnt/other/heads --key "$(cat /mnt/other/log.verifier)"',
  'assay audit head --tenant magazine',
];

async function verify(options: VerifyOptions, io: Io): Promise<ExitCode> {
  const { checkLog, tenantOfOrigin } = await import('../store/log-check.js');
  const others = options.heads === undefined ? [] : await headsOf(options.heads);
  return withDatabase(io, async (database, config) => {
    const key = await keyFor(options.key, config.log);
    const { tenant: only } = options;
    const { known, unread } = headsByTenant(others, tenantOfOrigin);
    // A log of which nothing is left is known by its heads alone.
    const tenants = only === undefined ? [...(await tenantsIn(database)), ...known.keys()] : [only];
    const logs: CheckedLog[] = [];
    for (const tenant of new Set(tenants)) {
      const checked = await checkLog(database.query, tenant, { heads: known.get(tenant) ?? [], key });
      if (isThere(checked)) logs.push(checked);
    }
    const isSigned = logs.some(({ heads: { kept, file } }) => kept + file > 0);
    // A file of which every line is told as no head is told already.
    if (unread.length === 0) unread.push(...notHeld(logs, options.heads === undefined ? 'kept' : 'file'));
    const all = [...unread, ...logs.flatMap(({ problems }) => problems)];
    const signatures = key === undefined && isSigned ? 'not-checked' : 'checked';
    // Where there is no log, nothing of it was proved.
    const holds = all.length === 0 && logs.length > 0;
    const result: Result = { logs, unread, signatures };
    const output = new Output(io.stdout);
    await (options.json
      ? output.json({ schema: 'assay.audit/1', holds, ...result })
      : output.text(linesText(textOf(result, speechIn(io)))));
    if (!holds) return EXIT.conditionMet;
    return signatures === 'not-checked' ? EXIT.notAllInspected : EXIT.done;
  });
}

/** Groups the heads of a file by tenant; lines that are no head become problems. */
function headsByTenant(
  heads: readonly { line: number; text: string | undefined }[],
  tenantOf: (origin: string) => string,
): { known: ReadonlyMap<string, OtherHead[]>; unread: LogProblem[] } {
  const known = new Map<string, OtherHead[]>();
  const unread: LogProblem[] = [];
  for (const { line, text } of heads) {
    const origin = text === undefined ? undefined : headIn(text)?.origin;
    if (text === undefined || origin === undefined) {
      unread.push({ code: 'unreadable', line });
      continue;
    }
    const tenant = tenantOf(origin);
    const own = known.get(tenant) ?? [];
    own.push({ line, text });
    known.set(tenant, own);
  }
  return { known, unread };
}

/** Whether anything was held against a signed head at all; those of the database are whoever’s who can change it. */
function notHeld(logs: readonly CheckedLog[], from: 'file' | 'kept'): LogProblem[] {
  const count = logs.reduce((sum, { heads: { kept, file } }) => sum + (from === 'file' ? file : kept), 0);
  return logs.length > 0 && count === 0 ? [{ code: 'noHeads', from }] : [];
}

const linesText = (lines: readonly string[]): string =>
  `${lines.map((line) => escapeTerminal(line)).join('\n')}\n`;

/** Of what is not there nothing holds: the name of a tenant may be mistyped. */
const isThere = ({ size, count, beforeTheLog, heads: { kept, file } }: CheckedLog): boolean =>
  size + count + beforeTheLog + kept + file > 0;

interface Result {
  logs: readonly CheckedLog[];
  /** Of a file of heads. */
  unread: readonly LogProblem[];
  /** Whether heads were held against a key. */
  signatures: 'checked' | 'not-checked';
}

/** So many problems are told to people; programs are told all that are named. */
const MOST_LINES = 20;

function textOf({ logs, unread, signatures }: Result, { words }: Speech): string[] {
  const lines = unread.map((problem) => words('audit.line', { what: problemSaid(problem) }));
  if (logs.length === 0) lines.push(words('audit.none'));
  for (const { tenant, size, pruned, beforeTheLog, heads, problems, count } of logs) {
    lines.push(
      count === 0
        ? words('audit.holds', { tenant, leaves: size, heads: heads.kept + heads.file })
        : words('audit.doesNotHold', { tenant, count }),
    );
    for (const problem of problems.slice(0, MOST_LINES))
      lines.push(words('audit.line', { what: problemSaid(problem) }));
    if (count > MOST_LINES) lines.push(words('audit.more', { count: count - MOST_LINES }));
    if (pruned > 0) lines.push(words('audit.pruned', { count: pruned }));
    if (beforeTheLog > 0) lines.push(words('audit.before', { count: beforeTheLog }));
    if (heads.file === 0) lines.push(words('audit.noFile'));
  }
  if (signatures === 'not-checked') lines.push(words('audit.noKey'));
  return lines;
}

const place = (number = 0): string => String(number);

function problemSaid({ code, index, size, line, from, with: other }: LogProblem) {
  switch (code) {
    case 'changed':
    case 'removed':
    case 'added':
    case 'person':
    case 'pruned':
      return said(`audit.problem.${code}`, { index: place(index) });
    case 'swapped':
      return said('audit.problem.swapped', { index: place(index), other: place(other) });
    case 'head':
    case 'key':
    case 'shorter':
      return said(`audit.problem.${code}`, {
        size: place(size),
        from: line === undefined ? 'other' : 'file',
        line: place(line),
      });
    case 'unreadable':
      return said('audit.problem.unreadable', {
        from: line === undefined ? 'other' : 'file',
        line: place(line),
      });
    case 'tree':
      return said('audit.problem.tree');
    case 'noHeads':
      return said('audit.problem.noHeads', { from: from === 'file' ? 'file' : 'other' });
    default:
      return unknownCode(code);
  }
}

function unknownCode(code: never): never {
  throw new Error(`no words for ${code satisfies LogProblemCode}`);
}

/** The signed head of now. Throws a UsageError where there is no key to sign it with. */
async function head({ tenant = 'local' }: { tenant?: string }, io: Io): Promise<ExitCode> {
  return withDatabase(io, async (database, { log: settings }) => {
    const [{ EventLog }, { logKeyThere }] = await Promise.all([
      import('../store/log.js'),
      import('../secrets/log-key.js'),
    ]);
    const log = new EventLog(database);
    const privateKey = logKeyThere(settings);
    if (privateKey === undefined)
      throw new UsageError(said('config.logKey.absent', { file: settings.keyFile }));
    const { host, origin } = settings;
    log.signWith({ privateKey, host, ...(origin === undefined ? {} : { origin }) });
    const signed = await log.signed(tenant);
    await new Output(io.stdout).text(signed?.checkpoint ?? '');
    if (signed !== undefined) writeLine(io, signed.verifierKey);
    return EXIT.done;
  });
}

async function keyFor(
  text: string | undefined,
  settings: Parameters<typeof import('../secrets/log-key.js').logKeyThere>[0],
): Promise<KeyObject | undefined> {
  if (text !== undefined) {
    const key = verifierKeyIn(text);
    if (key === undefined) throw new UsageError(said('cli.audit.badKey'));
    return key.publicKey;
  }
  const [{ createPublicKey }, { logKeyThere }] = await Promise.all([
    import('node:crypto'),
    import('../secrets/log-key.js'),
  ]);
  const own = logKeyThere(settings);
  return own && createPublicKey(own);
}

/** Of a file that somebody else may have written: only so many are held in memory. */
const MOST_HEADS = 1_000_000;

async function headsOf(path: string): Promise<{ line: number; text: string | undefined }[]> {
  const { headsInFile } = await import('../store/log-heads-file.js');
  const heads = [];
  try {
    for await (const head of headsInFile(path)) {
      heads.push(head);
      if (heads.length > MOST_HEADS) throw new UsageError(said('cli.audit.manyHeads', { most: MOST_HEADS }));
    }
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(said('cli.seal.notRead', { path }), { cause });
  }
  return heads;
}

async function tenantsIn({ query }: Database): Promise<string[]> {
  const tables = ['log_trees', 'log_leaves', 'log_heads'] as const;
  const found = new Set<string>();
  for (const table of tables) {
    const rows = await query.selectFrom(table).select('tenant').distinct().execute();
    for (const { tenant } of rows) found.add(tenant);
  }
  return [...found].sort();
}

async function withDatabase<T>(
  io: Io,
  work: (database: Database, config: ReturnType<typeof readConfig>) => Promise<T>,
): Promise<T> {
  const { openDatabase } = await import('../store/database.js');
  const config = readConfig(io.env);
  const database = await openDatabase({ dataDir: config.dataDir, url: config.databaseUrl });
  try {
    return await work(database, config);
  } finally {
    await database.close();
  }
}
