import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { formatJsonLine } from '../../base/json-line.js';
import { displayPath, toRecordPath } from '../../base/path-text.js';
import { escapeTerminal } from '../../base/terminal-text.js';
import type { ErrorRecord } from '../../core/report/report.js';
import { type Message, message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import type { Change } from '../../scan/compare/changes.js';
import { RecordComparison } from '../../scan/compare/compare.js';
import { readRecords } from '../../scan/lines/latest-records.js';
import { CHANGE_GROUPS, type ChangeCounts, type ChangeGroup } from '../../scan/records/change-groups.js';
import type { Header } from '../../scan/records/header.js';
import type { ScanRecord } from '../../scan/records/record.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import { type Io, printMessage, translatorForUser } from '../shared/io.js';
import { listParser } from '../shared/options.js';
import { Output } from '../shared/output.js';
import { parseTenant } from '../shared/tenant.js';
import { optionFlag } from './scan-inspect-options.js';

/** Names of a group printed for people. */
const MAX_NAMES = 20;

/** Groups as written on the command line, such as `newly-ai`. */
const GROUP_WORDS = CHANGE_GROUPS.map((group) =>
  group.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
);
const groupOf = (word: string): ChangeGroup | undefined => CHANGE_GROUPS[GROUP_WORDS.indexOf(word)];

interface DiffOptions {
  json?: boolean;
  failOn?: string[];
  tenant: string;
}

/** Adds `assay scan diff A B`. */
export function addScanDiff(scan: Command, io: Io, finish: (code: ExitCode) => void): void {
  const command = scan
    .command('diff')
    .description(encodeDescription('cli.diff.about'))
    .argument('<before>', encodeDescription('cli.diff.before'))
    .argument('<after>', encodeDescription('cli.diff.after'))
    .option('--json', encodeDescription('cli.diff.json'))
    .option(
      '--fail-on <groups>',
      encodeDescription('cli.diff.failOn', { names: GROUP_WORDS }),
      listParser(GROUP_WORDS),
    )
    .option('--tenant <name>', encodeDescription('cli.stored.tenant'), parseTenant, LOCAL_TENANT)
    .action(async (before: string, after: string, options: DiffOptions) =>
      finish(await diff([before, after], options, io)),
    );
  setHelpEnd(command, { examples: EXAMPLES });
}

async function diff([before, after]: [string, string], options: DiffOptions, io: Io): Promise<ExitCode> {
  const a = await openSide(before, options.tenant, io);
  try {
    const b = await openSide(after, options.tenant, io);
    try {
      return await printComparison([a, b], options, io);
    } finally {
      await b.close();
    }
  } finally {
    await a.close();
  }
}

async function printComparison(
  sides: readonly [Side, Side],
  options: DiffOptions,
  io: Io,
): Promise<ExitCode> {
  const [a, b] = sides;
  const comparison = await RecordComparison.of(a.records(), b.records());
  try {
    for (const side of sides)
      if (!side.ended) printMessage(io, message('cli.diff.unfinished', { source: side.source }));
    const others = differingOptions(a.headers.at(-1), b.headers.at(-1));
    if (others.length > 0) printMessage(io, message('cli.diff.others', { names: others }));
    const output = new Output(io.stdout);
    if (options.json) await printJsonDiff(comparison, sides, output);
    else await printTextDiff(comparison, sides, output, io);
    const meets = options.failOn?.some((word) => comparison.counts[groupOf(word) ?? 'new'] > 0);
    return meets ? EXIT.conditionMet : EXIT.done;
  } finally {
    comparison.close();
  }
}

/** One side of the comparison. Its headers and `ended` are known once its records have been read. */
interface Side {
  source: string;
  headers: Header[];
  ended: boolean;
  records(): AsyncGenerator<ScanRecord | ErrorRecord>;
  close(): Promise<void>;
}

/** Opens one side. An existing path takes precedence over the id of a stored scan. */
async function openSide(name: string, tenant: string, io: Io): Promise<Side> {
  if (!existsSync(name)) return storedSide(name, tenant, io);
  const side: Side = {
    source: name,
    headers: [],
    ended: false,
    records: () =>
      readRecords(name, (line) => {
        // A summary that is followed by another run belongs to the earlier run.
        side.ended = 'summary' in line;
        if ('header' in line) side.headers.push(line.header);
      }),
    close: async () => {},
  };
  return side;
}

async function storedSide(id: string, tenant: string, io: Io): Promise<Side> {
  const none = () => new UsageError(message('cli.diff.neither', { name: id }));
  if (!/^[0-9a-f-]{36}$/.test(id)) throw none();
  const [{ openStoredScans: openKeptScans }, { storedRecords: recordsOf }, { headerOf }] = await Promise.all([
    import('./scan-store.js'),
    import('./scan-records.js'),
    import('./scan-header.js'),
  ]);
  const kept = await openKeptScans(io.env);
  const scan = await kept.store.get(id, tenant);
  if (scan === undefined) {
    await kept.close();
    throw none();
  }
  return {
    source: id,
    headers: [headerOf(scan)],
    ended: scan.status === 'done',
    records: async function* () {
      for await (const one of recordsOf(scan, {}, kept.store)) yield one;
    },
    close: () => kept.close(),
  };
}

/** Options that decide which files are read and how. Other options change no record. */
const RECORD_OPTIONS = [
  ...(['include', 'exclude', 'type', 'minSize', 'maxSize', 'newerThan', 'hidden', 'followSymlinks'] as const),
  ...([
    'sidecars',
    'archives',
    'limit',
    'deep',
    'visible',
    'engine',
    'reveal',
    'rulebooks',
    'jurisdiction',
    'role',
  ] as const),
];

function differingOptions(a: Header | undefined, b: Header | undefined): string[] {
  if (a === undefined || b === undefined) return [];
  const others = RECORD_OPTIONS.filter((name) => a.options[name] !== b.options[name]).map(optionFlag);
  return a.asOf === b.asOf || (a.asOfSource === 'today' && b.asOfSource === 'today')
    ? others
    : [...others, '--as-of'];
}

async function printJsonDiff(
  compared: RecordComparison,
  [before, after]: readonly [Side, Side],
  output: Output,
): Promise<void> {
  const { counts, files } = compared;
  const side = ({ source, headers, ended }: Side, count: number) => {
    const header = headers.at(-1);
    return {
      source,
      ...(header && { scan: header.scan, run: header.run, begun: header.begun, asOf: header.asOf }),
      ended,
      files: count,
    };
  };
  const head = {
    schema: 'assay.diff/1',
    before: side(before, files.before),
    after: side(after, files.after),
    counts,
  };
  // Each change is on its own line, so the output can be read line by line or as one object.
  let text = `${formatJsonLine(head).trimEnd().slice(0, -1)},"changes":[`;
  let first = true;
  for (const change of compared.changes()) {
    text += `${first ? '' : ','}\n${formatJsonLine(changeView(change)).trimEnd()}`;
    first = false;
    if (text.length < PIECE_CHARACTERS) continue;
    if (!(await output.write(text))) return;
    text = '';
  }
  await output.write(`${text}\n]}\n`);
}

const PIECE_CHARACTERS = 65_536;

/** Removes digests that serve only to compare records. */
function changeView({ before, after, ...change }: Change) {
  const side = ({ answer: _, law: __, properties: ___, ...state }: NonNullable<typeof before>) => state;
  return {
    ...change,
    ...toRecordPath(change.path),
    ...(before && { before: side(before) }),
    ...(after && { after: side(after) }),
  };
}

async function printTextDiff(
  compared: RecordComparison,
  [before, after]: readonly [Side, Side],
  output: Output,
  io: Io,
): Promise<void> {
  const translator = translatorForUser(io);
  const { counts, files } = compared;
  const side = ({ source }: Side, count: number): Message => message('cli.diff.side', { source, count });
  const lines = [
    translator.text('cli.diff.sides', {
      before: side(before, files.before),
      after: side(after, files.after),
    }),
    ...countLines(counts, translator),
  ];
  const names = (group: ChangeGroup) => compared.names(group, MAX_NAMES);
  const lists = CHANGE_GROUPS.flatMap((group) => listLines(group, counts, names(group), translator));
  const isCut = CHANGE_GROUPS.some((group) => counts[group] > MAX_NAMES);
  const all = [...lines, ...lists, ...(isCut ? ['', translator.text('cli.diff.all')] : [])];
  await output.text(`${all.map((line) => escapeTerminal(line)).join('\n')}\n`);
}

/** Returns one line for each group that is not empty. */
export function countLines(counts: ChangeCounts, translator: Translator): string[] {
  const some = CHANGE_GROUPS.filter((group) => counts[group] > 0);
  if (some.length === 0) return [translator.text('cli.diff.none')];
  return some.map((group) => `  ${translator.translate(groupMessage(group, counts[group]))}`);
}

export const groupMessage = (group: ChangeGroup, count: number): Message =>
  message(`cli.diff.group.${group}`, { count });

/** Lists names below their group. Line breaks in a name are escaped. */
function listLines(
  group: ChangeGroup,
  counts: ChangeCounts,
  names: readonly string[],
  translator: Translator,
): string[] {
  const count = counts[group];
  if (count === 0) return [];
  return [
    '',
    translator.text('cli.diff.list', { group: groupMessage(group, count) }),
    ...names.map((name) => `  ${displayPath(name).replaceAll('\n', '\\n')}`),
    ...(count > names.length
      ? [`  ${translator.text('cli.diff.more', { count: count - names.length })}`]
      : []),
  ];
}

const EXAMPLES = [
  'assay scan diff march.ndjson april.ndjson',
  'assay scan diff march.ndjson april.ndjson --json | jq -r \'.changes[] | select(.newly | index("ai")) | .path\'',
  'assay scan diff march.ndjson april.ndjson --fail-on newly-ai,newly-altered',
];
