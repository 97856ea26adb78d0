import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { jsonLine } from '../core/ground/json-line.js';
import { textOfPath, toldPath } from '../core/ground/path-text.js';
import { escapeTerminal } from '../core/ground/terminal-text.js';
import type { ErrorRecord } from '../core/report/report.js';
import { type Said, said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import { CHANGE_GROUPS, type ChangeCounts, type ChangeGroup } from '../scan/change-groups.js';
import type { Change } from '../scan/changes.js';
import { Comparison } from '../scan/compare.js';
import type { Header } from '../scan/header.js';
import type { SlimRecord } from '../scan/record.js';
import { recordsIn } from '../scan/records-in.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described, endHelp } from './help.js';
import { type Io, speechIn, tell } from './io.js';
import { anyOf } from './options.js';
import { Output } from './output.js';
import { flagOf } from './scan-question.js';
import { parseTenant } from './tenant.js';

/** Names of a group that a person is shown. */
const MOST_NAMES = 20;

/** Groups as the command line writes them: `newly-ai`. */
const WORDS = CHANGE_GROUPS.map((group) => group.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
const groupOf = (word: string): ChangeGroup | undefined => CHANGE_GROUPS[WORDS.indexOf(word)];

interface DiffOptions {
  json?: boolean;
  failOn?: string[];
  tenant: string;
}

/** `assay scan diff A B`. */
export function addScanDiff(scan: Command, io: Io, finish: (code: ExitCode) => void): void {
  const command = scan
    .command('diff')
    .description(described('cli.diff.about'))
    .argument('<before>', described('cli.diff.before'))
    .argument('<after>', described('cli.diff.after'))
    .option('--json', described('cli.diff.json'))
    .option('--fail-on <groups>', described('cli.diff.failOn', { names: WORDS }), anyOf(WORDS))
    .option('--tenant <name>', described('cli.kept.tenant'), parseTenant, LOCAL_TENANT)
    .action(async (before: string, after: string, options: DiffOptions) =>
      finish(await diff([before, after], options, io)),
    );
  endHelp(command, { examples: EXAMPLES });
}

async function diff([before, after]: [string, string], options: DiffOptions, io: Io): Promise<ExitCode> {
  const a = await sideOf(before, options.tenant, io);
  try {
    const b = await sideOf(after, options.tenant, io);
    try {
      return await compared([a, b], options, io);
    } finally {
      await b.close();
    }
  } finally {
    await a.close();
  }
}

async function compared(sides: readonly [Side, Side], options: DiffOptions, io: Io): Promise<ExitCode> {
  const [a, b] = sides;
  const comparison = await Comparison.of(a.records(), b.records());
  try {
    for (const side of sides) if (!side.ended) tell(io, said('cli.diff.unfinished', { source: side.source }));
    const others = otherOptions(a.headers.at(-1), b.headers.at(-1));
    if (others.length > 0) tell(io, said('cli.diff.others', { names: others }));
    const output = new Output(io.stdout);
    if (options.json) await writeJson(comparison, sides, output);
    else await writeText(comparison, sides, output, io);
    const meets = options.failOn?.some((word) => comparison.counts[groupOf(word) ?? 'new'] > 0);
    return meets ? EXIT.conditionMet : EXIT.done;
  } finally {
    comparison.close();
  }
}

/** One of the two: what it is called, and its records, of which headers and end are known once they were read. */
interface Side {
  source: string;
  headers: Header[];
  ended: boolean;
  records(): AsyncGenerator<SlimRecord | ErrorRecord>;
  close(): Promise<void>;
}

/** What stands there under that name comes first. */
async function sideOf(name: string, tenant: string, io: Io): Promise<Side> {
  if (!existsSync(name)) return keptSide(name, tenant, io);
  const side: Side = {
    source: name,
    headers: [],
    ended: false,
    records: () =>
      recordsIn(name, (line) => {
        // A summary before another run is that of a run before.
        side.ended = 'summary' in line;
        if ('header' in line) side.headers.push(line.header);
      }),
    close: async () => {},
  };
  return side;
}

async function keptSide(id: string, tenant: string, io: Io): Promise<Side> {
  const none = () => new UsageError(said('cli.diff.neither', { name: id }));
  if (!/^[0-9a-f-]{36}$/.test(id)) throw none();
  const [{ openKeptScans }, { recordsOf }, { headerOf }] = await Promise.all([
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
      for await (const one of recordsOf(scan, {}, kept.store)) yield 'error' in one ? one.error : one.slim;
    },
    close: () => kept.close(),
  };
}

/** Options that decide which files are looked at, and what is asked of them; how a scan runs changes no record. */
const OF_RECORDS = [
  ...(['include', 'exclude', 'type', 'minSize', 'maxSize', 'newerThan', 'hidden', 'followSymlinks'] as const),
  ...([
    'sidecars',
    'archives',
    'limit',
    'deep',
    'engine',
    'reveal',
    'rulebooks',
    'jurisdiction',
    'role',
  ] as const),
];

function otherOptions(a: Header | undefined, b: Header | undefined): string[] {
  if (a === undefined || b === undefined) return [];
  const others = OF_RECORDS.filter((name) => a.options[name] !== b.options[name]).map(flagOf);
  return a.asOf === b.asOf || (a.asOfBecause === 'today' && b.asOfBecause === 'today')
    ? others
    : [...others, '--as-of'];
}

async function writeJson(
  compared: Comparison,
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
  // A change a line, so that whoever reads lines can, and one object for whoever reads it whole.
  let text = `${jsonLine(head).trimEnd().slice(0, -1)},"changes":[`;
  let first = true;
  for (const change of compared.changes()) {
    text += `${first ? '' : ','}\n${jsonLine(shown(change)).trimEnd()}`;
    first = false;
    if (text.length < PIECE_CHARACTERS) continue;
    if (!(await output.piece(text))) return;
    text = '';
  }
  await output.piece(`${text}\n]}\n`);
}

const PIECE_CHARACTERS = 65_536;

/** Digests that only tell one answer from another are of no use to anyone else. */
function shown({ before, after, ...change }: Change) {
  const side = ({ answer: _, law: __, holds: ___, ...state }: NonNullable<typeof before>) => state;
  return {
    ...change,
    ...toldPath(change.path),
    ...(before && { before: side(before) }),
    ...(after && { after: side(after) }),
  };
}

async function writeText(
  compared: Comparison,
  [before, after]: readonly [Side, Side],
  output: Output,
  io: Io,
): Promise<void> {
  const speech = speechIn(io);
  const { counts, files } = compared;
  const side = ({ source }: Side, count: number): Said => said('cli.diff.side', { source, count });
  const lines = [
    speech.words('cli.diff.sides', { before: side(before, files.before), after: side(after, files.after) }),
    ...countLines(counts, speech),
  ];
  const names = (group: ChangeGroup) => compared.names(group, MOST_NAMES);
  const lists = CHANGE_GROUPS.flatMap((group) => listLines(group, counts, names(group), speech));
  const isCut = CHANGE_GROUPS.some((group) => counts[group] > MOST_NAMES);
  const all = [...lines, ...lists, ...(isCut ? ['', speech.words('cli.diff.all')] : [])];
  await output.text(`${all.map((line) => escapeTerminal(line)).join('\n')}\n`);
}

/** A line a group that holds anything. */
export function countLines(counts: ChangeCounts, speech: Speech): string[] {
  const some = CHANGE_GROUPS.filter((group) => counts[group] > 0);
  if (some.length === 0) return [speech.words('cli.diff.none')];
  return some.map((group) => `  ${speech.say(groupSaid(group, counts[group]))}`);
}

export const groupSaid = (group: ChangeGroup, count: number): Said =>
  said(`cli.diff.group.${group}`, { count });

/** Names below what they have in common. A name may hold a line’s end: it stays on its line. */
function listLines(
  group: ChangeGroup,
  counts: ChangeCounts,
  names: readonly string[],
  speech: Speech,
): string[] {
  const count = counts[group];
  if (count === 0) return [];
  return [
    '',
    speech.words('cli.diff.list', { group: groupSaid(group, count) }),
    ...names.map((name) => `  ${textOfPath(name).replaceAll('\n', '\\n')}`),
    ...(count > names.length ? [`  ${speech.words('cli.diff.more', { count: count - names.length })}`] : []),
  ];
}

const EXAMPLES = [
  'assay scan diff march.ndjson april.ndjson',
  'assay scan diff march.ndjson april.ndjson --json | jq -r \'.changes[] | select(.newly | index("ai")) | .path\'',
  'assay scan diff march.ndjson april.ndjson --fail-on newly-ai,newly-altered',
];
