import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { readConfig } from '../config.js';
import { compact } from '../core/ground/json-shape.js';
import { textOfPath } from '../core/ground/path-text.js';
import { hashIn } from '../core/likeness/hash-text.js';
import { FINGERPRINT_BITS } from '../core/likeness/pdq.js';
import { sameBytesFirst } from '../core/likeness/same-bytes.js';
import type { NearOne } from '../likeness/seen-types.js';
import type { Language } from '../say/languages.js';
import { said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';
import type { Searchable } from '../scan/likeness-rows.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { BadValue } from './command.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described, endHelp } from './help.js';
import { type Io, speechIn, tell } from './io.js';
import type { Against, Holding, Matched } from './match-against.js';
import { type AskedOne, askedOf, askedTold, ofHash } from './match-asked.js';
import { Pieces } from './match-pieces.js';
import { searchAll } from './match-search.js';
import { matchText } from './match-text.js';
import { collect, LANGUAGE_HELP, parseInteger, parseLanguage } from './options.js';
import { Output } from './output.js';
import { parseTenant } from './tenant.js';

interface MatchOptions {
  json?: boolean;
  in?: string[];
  hash?: Uint8Array[];
  tenant: string;
  limit: number;
  pictures?: string;
  manifests?: string;
  lang?: Language;
}

export const USUAL_LIMIT = 20;
const MOST_LIMIT = 1_000;

/** `assay match`: what was kept that looks or sounds like a file. Nothing is said of the file by it. */
export function addMatchCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const command = program
    .command('match')
    .description(described('cli.match.about'))
    .argument('[file...]', described('cli.match.files'))
    .option('--json', described('cli.match.json'))
    .option('--in <results>', described('cli.match.in'), collect)
    .option('--hash <hex>', described('cli.match.hash'), parseHash)
    .option('--limit <count>', described('cli.match.limit'), parseInteger(1, MOST_LIMIT), USUAL_LIMIT)
    .option('--pictures <folder>', described('cli.match.pictures'))
    .option('--manifests <folder>', described('cli.match.manifests'))
    .addOption(
      new Option('--tenant <name>', described('cli.match.tenant'))
        .argParser(parseTenant)
        .default(LOCAL_TENANT)
        .conflicts('in'),
    )
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .action(async (files: string[], options: MatchOptions) => finish(await match(files, options, io)));
  endHelp(command, { notes: ['cli.match.notes'], examples: EXAMPLES });
}

function parseHash(text: string, before: readonly Uint8Array[] = []): Uint8Array[] {
  const hash = hashIn(text);
  if (!(hash instanceof Uint8Array)) throw new BadValue(hash);
  return [...before, hash];
}

async function match(files: string[], options: MatchOptions, io: Io): Promise<ExitCode> {
  const { hash: hashes = [], limit } = options;
  if (files.length === 0 && hashes.length === 0) throw new UsageError(said('cli.match.nothing'));
  const config = readConfig(io.env);
  const against = await againstOf(options, io);
  try {
    const ofFiles = await askedOf(files, config, io);
    if (ofFiles === undefined) return EXIT.interrupted;
    const all = [...ofFiles, ...hashes.map(ofHash)];
    const near = await searchAll(
      against.rows(),
      all.map(({ asked }) => asked),
      { tenant: against.tenant, limit },
    );
    if (io.interrupted?.aborted) return EXIT.interrupted;
    const speech = options.json ? speechOf(options.lang ?? 'en') : speechIn(io);
    const ids = new Set(near.flatMap((one) => one.near.map(({ id }) => id)));
    const holders = await against.holders(ids, speech);
    const pieces = new Pieces(options, against, io);
    const output = new Output(io.stdout);
    const shown = (matched: Matched) =>
      options.json ? output.json(matchTold(matched, speech)) : output.text(matchText(matched, speech));
    for (const [at, one] of all.entries()) {
      const found = near[at] ?? { near: [], more: false, notHeld: 0 };
      const counts = without(await against.counts(one.asked.map(({ kind }) => kind)), found.notHeld);
      const { matches } = matchesOf(one, found.near, holders);
      for (const each of matches) each.written = await pieces.of(each.near.id, each.holding);
      const matched = { one, ...counts, matches, more: found.more };
      if (!options.json && one.fault !== undefined)
        tell(io, said('cli.match.notAsked', { path: one.path ?? '', why: one.fault.said }));
      else if (!(await shown(matched))) break;
    }
    const isWhole = !pieces.anyLeft && all.every(({ fault }) => fault === undefined);
    return isWhole ? EXIT.done : EXIT.notAllInspected;
  } finally {
    await against.close();
  }
}

/** What there was no memory for was not searched. */
export function without({ searched, notSearchable, because }: Searchable, notHeld: number): Searchable {
  if (notHeld === 0) return { searched, notSearchable, because };
  return {
    searched: Math.max(0, searched - notHeld),
    notSearchable: notSearchable + notHeld,
    because: new Map([...because, ['likeness.noMemory', notHeld]]),
  };
}

async function againstOf({ in: results, tenant }: MatchOptions, io: Io): Promise<Against> {
  if (results !== undefined) return (await import('./match-results.js')).againstResults(results, io.env);
  return (await import('./match-store.js')).againstStore(tenant, io.env);
}

export function matchesOf(
  { path, sha256 }: AskedOne,
  near: readonly NearOne[],
  holders: ReadonlyMap<number, Holding>,
): Pick<Matched, 'matches'> {
  const own = path === undefined ? undefined : resolve(path);
  const matches = near.flatMap((one) => {
    const holding = holders.get(one.id);
    const isItself = holding?.path !== undefined && holding.path === own;
    const sameBytes = sha256 !== undefined && holding?.sha256 === sha256;
    return holding === undefined ? [] : [{ near: one, holding, isItself, sameBytes }];
  });
  return { matches: sameBytesFirst(matches, ({ sameBytes }) => sameBytes) };
}

/** `assay.matches/1`: docs/match.md. */
export function matchTold(
  { one, searched, notSearchable, because, matches, more }: Matched,
  speech: Speech,
): Record<string, unknown> {
  const { fault, missing, partly = [] } = one;
  return {
    schema: 'assay.matches/1',
    ...askedTold(one),
    searched: fault === undefined ? searched : 0,
    notSearchable,
    ...(because.size === 0 ? {} : { notSearchableFor: Object.fromEntries(because) }),
    matches: matches.map((found) => lineOf(found, speech)),
    more,
    ...(fault === undefined ? {} : { fault: { code: fault.code, text: speech.say(fault.said) } }),
    ...(fault === undefined && missing.length + partly.length > 0
      ? {
          reasons: [
            ...missing.map((why) => reasonTold(why, speech)),
            ...partly.map((why) => ({ ...reasonTold(why, speech), partly: true })),
          ],
        }
      : {}),
  };
}

const reasonTold = ({ kind, code, said: why }: AskedOne['missing'][number], speech: Speech) => ({
  ...{ kind, code },
  text: speech.say(why),
});

function lineOf(
  { near, holding, isItself, sameBytes, written = {} }: Matched['matches'][number],
  speech: Speech,
): object {
  const { kind, distance, tier, turn, part, frames } = near;
  const {
    who,
    sha256,
    declared,
    case: caseOf,
    notes,
    seen,
    finding,
    gone,
    partly,
    reportGone,
    kept,
  } = holding;
  return {
    ...who,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...{ kind, distance, of: FINGERPRINT_BITS, tier },
    ...compact({ turn, part, frames }),
    backing: 'inferred',
    ...(isItself ? { itself: true } : {}),
    ...(sameBytes ? { sameBytes } : {}),
    ...(partly === undefined ? {} : { partly: { kind, code: partly.code, text: speech.say(partly.said) } }),
    ...compact({ declared, case: caseOf, notes }),
    seen,
    ...compact({ gone, reportGone, finding, kept }),
    ...(written.picture === undefined ? {} : { picture: textOfPath(written.picture) }),
    ...(written.manifest === undefined ? {} : { manifest: textOfPath(written.manifest) }),
  };
}

const EXAMPLES = [
  'assay match --in results.ndjson photo.jpg',
  'assay match --json --in 2024.ndjson --in 2025.ndjson.gz -- *.jpg > matches.ndjson',
  'assay match photo.jpg',
  'assay match --in results.ndjson --pictures found --manifests found photo.jpg',
  'assay match --in results.ndjson --hash f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22',
];
