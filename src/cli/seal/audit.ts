import type { KeyObject } from 'node:crypto';
import type { Command } from 'commander';
import { escapeTerminal } from '../../base/terminal-text.js';
import { readConfig } from '../../config/settings.js';
import { parseHead, parseVerifierKey } from '../../core/transparency-log/checkpoint.js';
import { message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import type { Database } from '../../storage/engine/database.js';
import type { GivenHead, LogProblem, LogProblemCode, VerifiedLog } from '../../storage/log/log-check.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import { type Io, printLine, translatorForUser } from '../shared/io.js';
import { Output } from '../shared/output.js';
import { parseTenant } from '../shared/tenant.js';

interface VerifyOptions {
  heads?: string;
  key?: string;
  tenant?: string;
  json?: boolean;
}

/** Adds `assay audit`. Its commands work on the database itself, whether or not a server is running on it. */
export function addAuditCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const audit = program.command('audit').description(encodeDescription('cli.audit.about'));
  setHelpEnd(audit, { notes: ['cli.audit.notes'], examples: EXAMPLES });
  audit
    .command('verify')
    .description(encodeDescription('cli.audit.verify'))
    .option('--heads <file>', encodeDescription('cli.audit.heads'))
    .option('--key <verifier-key>', encodeDescription('cli.audit.key'))
    .option('--tenant <name>', encodeDescription('cli.audit.tenant'), parseTenant)
    .option('--json', encodeDescription('cli.option.json'))
    .action(async (options: VerifyOptions) => finish(await verify(options, io)));
  audit
    .command('head')
    .description(encodeDescription('cli.audit.head'))
    .option('--tenant <name>', encodeDescription('cli.audit.tenant'), parseTenant)
    .action(async (options: { tenant?: string }) => finish(await printHead(options, io)));
}

const EXAMPLES = [
  'assay audit verify',
  'assay audit verify --heads /mnt/other/heads --key "$(cat /mnt/other/log.verifier)"',
  'assay audit head --tenant magazine',
];

async function verify(options: VerifyOptions, io: Io): Promise<ExitCode> {
  const { verifyLog: checkLog, tenantOfOrigin } = await import('../../storage/log/log-check.js');
  const others = options.heads === undefined ? [] : await readHeads(options.heads);
  return withDatabase(io, async (database, config) => {
    const key = await verifierKeyFor(options.key, config.log);
    const { tenant: onlyTenant } = options;
    const { known, unread } = headsByTenant(others, tenantOfOrigin);
    // A tenant whose log was removed entirely is known only from the heads in the file.
    const tenants =
      onlyTenant === undefined ? [...(await findTenants(database)), ...known.keys()] : [onlyTenant];
    const logs: VerifiedLog[] = [];
    for (const tenant of new Set(tenants)) {
      const checked = await checkLog(database.query, tenant, { heads: known.get(tenant) ?? [], key });
      if (hasEntries(checked)) logs.push(checked);
    }
    const isSigned = logs.some(({ heads: { kept, file } }) => kept + file > 0);
    // If every line of the file was already reported as unreadable, the missing heads need no second report.
    if (unread.length === 0)
      unread.push(...noHeadsProblems(logs, options.heads === undefined ? 'kept' : 'file'));
    const all = [...unread, ...logs.flatMap(({ problems }) => problems)];
    const signatures = key === undefined && isSigned ? 'not-checked' : 'checked';
    // Without a log nothing was verified, so the result does not hold.
    const isValid = all.length === 0 && logs.length > 0;
    const result: VerifyResult = { logs, unread, signatures };
    const output = new Output(io.stdout);
    await (options.json
      ? output.json({ schema: 'assay.audit/1', holds: isValid, ...result })
      : output.text(joinLines(resultLines(result, translatorForUser(io)))));
    if (!isValid) return EXIT.conditionMet;
    return signatures === 'not-checked' ? EXIT.notAllInspected : EXIT.done;
  });
}

/** Groups the heads of a file by tenant; lines that are not heads become problems. */
function headsByTenant(
  heads: readonly { line: number; text: string | undefined }[],
  tenantOf: (origin: string) => string,
): { known: ReadonlyMap<string, GivenHead[]>; unread: LogProblem[] } {
  const known = new Map<string, GivenHead[]>();
  const unread: LogProblem[] = [];
  for (const { line, text } of heads) {
    const origin = text === undefined ? undefined : parseHead(text)?.origin;
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

/**
 * Returns a problem if no signed head was compared at all. Heads in the database alone prove little: anyone who can
 * change the database can change them.
 */
function noHeadsProblems(logs: readonly VerifiedLog[], from: 'file' | 'kept'): LogProblem[] {
  const count = logs.reduce((sum, { heads: { kept, file } }) => sum + (from === 'file' ? file : kept), 0);
  return logs.length > 0 && count === 0 ? [{ code: 'noHeads', from }] : [];
}

const joinLines = (lines: readonly string[]): string =>
  `${lines.map((line) => escapeTerminal(line)).join('\n')}\n`;

/** A tenant without any entry does not count as verified: its name may be mistyped. */
const hasEntries = ({ size, count, beforeTheLog, heads: { kept, file } }: VerifiedLog): boolean =>
  size + count + beforeTheLog + kept + file > 0;

interface VerifyResult {
  logs: readonly VerifiedLog[];
  /** Unreadable lines of the file of heads. */
  unread: readonly LogProblem[];
  /** `checked` if the signatures of heads were verified with a key. */
  signatures: 'checked' | 'not-checked';
}

/** Problems printed per log; the JSON output names all that were recorded. */
const MAX_PROBLEM_LINES = 20;

function resultLines({ logs, unread, signatures }: VerifyResult, { text: words }: Translator): string[] {
  const lines = unread.map((problem) => words('audit.line', { what: problemMessage(problem) }));
  if (logs.length === 0) lines.push(words('audit.none'));
  for (const { tenant, size, pruned, beforeTheLog, heads, problems, count } of logs) {
    lines.push(
      count === 0
        ? words('audit.holds', { tenant, leaves: size, heads: heads.kept + heads.file })
        : words('audit.doesNotHold', { tenant, count }),
    );
    for (const problem of problems.slice(0, MAX_PROBLEM_LINES))
      lines.push(words('audit.line', { what: problemMessage(problem) }));
    if (count > MAX_PROBLEM_LINES) lines.push(words('audit.more', { count: count - MAX_PROBLEM_LINES }));
    if (pruned > 0) lines.push(words('audit.pruned', { count: pruned }));
    if (beforeTheLog > 0) lines.push(words('audit.before', { count: beforeTheLog }));
    if (heads.file === 0) lines.push(words('audit.noFile'));
  }
  if (signatures === 'not-checked') lines.push(words('audit.noKey'));
  return lines;
}

const formatNumber = (number = 0): string => String(number);

function problemMessage({ code, index, size, line, from, with: other }: LogProblem) {
  switch (code) {
    case 'changed':
    case 'removed':
    case 'added':
    case 'person':
    case 'pruned':
      return message(`audit.problem.${code}`, { index: formatNumber(index) });
    case 'swapped':
      return message('audit.problem.swapped', { index: formatNumber(index), other: formatNumber(other) });
    case 'head':
    case 'key':
    case 'shorter':
      return message(`audit.problem.${code}`, {
        size: formatNumber(size),
        from: line === undefined ? 'other' : 'file',
        line: formatNumber(line),
      });
    case 'unreadable':
      return message('audit.problem.unreadable', {
        from: line === undefined ? 'other' : 'file',
        line: formatNumber(line),
      });
    case 'tree':
      return message('audit.problem.tree');
    case 'noHeads':
      return message('audit.problem.noHeads', { from: from === 'file' ? 'file' : 'other' });
    default:
      return unknownCode(code);
  }
}

function unknownCode(code: never): never {
  throw new Error(`no words for ${code satisfies LogProblemCode}`);
}

/** Prints the current signed head. Throws `UsageError` if there is no key to sign it with. */
async function printHead({ tenant = 'local' }: { tenant?: string }, io: Io): Promise<ExitCode> {
  return withDatabase(io, async (database, { log: settings }) => {
    const [{ EventLog }, { readLogKey: logKeyThere }] = await Promise.all([
      import('../../storage/log/log.js'),
      import('../../base/secrets/log-key.js'),
    ]);
    const log = new EventLog(database);
    const privateKey = logKeyThere(settings);
    if (privateKey === undefined)
      throw new UsageError(message('config.logKey.absent', { file: settings.keyFile }));
    const { host, origin } = settings;
    log.signWith({ privateKey, host, ...(origin === undefined ? {} : { origin }) });
    const signed = await log.getSignedHead(tenant);
    await new Output(io.stdout).text(signed?.checkpoint ?? '');
    if (signed !== undefined) printLine(io, signed.verifierKey);
    return EXIT.done;
  });
}

async function verifierKeyFor(
  text: string | undefined,
  settings: Parameters<typeof import('../../base/secrets/log-key.js').readLogKey>[0],
): Promise<KeyObject | undefined> {
  if (text !== undefined) {
    const key = parseVerifierKey(text);
    if (key === undefined) throw new UsageError(message('cli.audit.badKey'));
    return key.publicKey;
  }
  const [{ createPublicKey }, { readLogKey: logKeyThere }] = await Promise.all([
    import('node:crypto'),
    import('../../base/secrets/log-key.js'),
  ]);
  const own = logKeyThere(settings);
  return own && createPublicKey(own);
}

/** Heads held in memory: the file may come from somebody else. */
const MAX_HEADS = 1_000_000;

async function readHeads(path: string): Promise<{ line: number; text: string | undefined }[]> {
  const { readHeadsFile: headsInFile } = await import('../../storage/log/log-heads-file.js');
  const heads = [];
  try {
    for await (const head of headsInFile(path)) {
      heads.push(head);
      if (heads.length > MAX_HEADS) throw new UsageError(message('cli.audit.manyHeads', { most: MAX_HEADS }));
    }
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(message('cli.seal.notRead', { path }), { cause });
  }
  return heads;
}

async function findTenants({ query }: Database): Promise<string[]> {
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
  const { openDatabase } = await import('../../storage/engine/database.js');
  const config = readConfig(io.env);
  const database = await openDatabase({ dataDir: config.dataDir, url: config.databaseUrl });
  try {
    return await work(database, config);
  } finally {
    await database.close();
  }
}
