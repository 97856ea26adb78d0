import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { compact } from '../../base/json-shape.js';
import { displayPath } from '../../base/path-text.js';
import { readConfig } from '../../config/settings.js';
import type { Language } from '../../i18n/languages.js';
import { message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import { parsePdqHash } from '../../matching/hash-text.js';
import { HASH_BITS } from '../../matching/pdq.js';
import { sortSameBytesFirst } from '../../matching/same-bytes.js';
import type { SearchableCounts } from '../../scan/fingerprints/fingerprint-rows.js';
import type { FingerprintMatch } from '../../service/matches/matcher.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import { InvalidValueError } from '../shared/command.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import { type Io, printMessage, translatorForUser } from '../shared/io.js';
import { collectValues, LANGUAGE_HELP, parseInteger, parseLanguage } from '../shared/options.js';
import { Output } from '../shared/output.js';
import { parseTenant } from '../shared/tenant.js';
import type { MatchOwner, MatchSearchResult, MatchSource } from './match-against.js';
import { AttachmentWriter } from './match-pieces.js';
import { type MatchQuery, queriesFor, queryOfHash, queryView } from './match-query.js';
import { searchAll } from './match-search.js';
import { matchText } from './match-text.js';

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

export const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1_000;

/**
 * Adds `assay match`, which finds stored entries that look or sound like a file. A match makes no statement about the
 * file itself.
 */
export function addMatchCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const command = program
    .command('match')
    .description(encodeDescription('cli.match.about'))
    .argument('[file...]', encodeDescription('cli.match.files'))
    .option('--json', encodeDescription('cli.match.json'))
    .option('--in <results>', encodeDescription('cli.match.in'), collectValues)
    .option('--hash <hex>', encodeDescription('cli.match.hash'), parseHash)
    .option(
      '--limit <count>',
      encodeDescription('cli.match.limit'),
      parseInteger(1, MAX_LIMIT),
      DEFAULT_LIMIT,
    )
    .option('--pictures <folder>', encodeDescription('cli.match.pictures'))
    .option('--manifests <folder>', encodeDescription('cli.match.manifests'))
    .addOption(
      new Option('--tenant <name>', encodeDescription('cli.match.tenant'))
        .argParser(parseTenant)
        .default(LOCAL_TENANT)
        .conflicts('in'),
    )
    .option('--lang <language>', LANGUAGE_HELP, parseLanguage)
    .action(async (files: string[], options: MatchOptions) => finish(await match(files, options, io)));
  setHelpEnd(command, { notes: ['cli.match.notes'], examples: EXAMPLES });
}

function parseHash(text: string, before: readonly Uint8Array[] = []): Uint8Array[] {
  const hash = parsePdqHash(text);
  if (!(hash instanceof Uint8Array)) throw new InvalidValueError(hash);
  return [...before, hash];
}

async function match(files: string[], options: MatchOptions, io: Io): Promise<ExitCode> {
  const { hash: hashes = [], limit } = options;
  if (files.length === 0 && hashes.length === 0) throw new UsageError(message('cli.match.nothing'));
  const config = readConfig(io.env);
  const source = await openMatchSource(options, io);
  try {
    const fileQueries = await queriesFor(files, config, io);
    if (fileQueries === undefined) return EXIT.interrupted;
    const all = [...fileQueries, ...hashes.map(queryOfHash)];
    const near = await searchAll(
      source.rows(),
      all.map(({ fingerprints: asked }) => asked),
      { tenant: source.tenant, limit },
    );
    if (io.interrupted?.aborted) return EXIT.interrupted;
    const translator = options.json ? translatorFor(options.lang ?? 'en') : translatorForUser(io);
    const ids = new Set(near.flatMap((one) => one.near.map(({ id }) => id)));
    const owners = await source.owners(ids, translator);
    const attachments = new AttachmentWriter(options, source, io);
    const output = new Output(io.stdout);
    const printResult = (matched: MatchSearchResult) =>
      options.json
        ? output.json(toMatchesJson(matched, translator))
        : output.text(matchText(matched, translator));
    for (const [at, one] of all.entries()) {
      const found = near[at] ?? { near: [], more: false, notHeld: 0 };
      const counts = subtractSkipped(
        await source.counts(one.fingerprints.map(({ kind }) => kind)),
        found.notHeld,
      );
      const { matches } = matchesOf(one, found.near, owners);
      for (const each of matches) each.written = await attachments.write(each.near.id, each.holding);
      const matched = { one, ...counts, matches, more: found.more };
      if (!options.json && one.fault !== undefined)
        printMessage(
          io,
          message('cli.match.notRequested', { path: one.path ?? '', why: one.fault.userMessage }),
        );
      else if (!(await printResult(matched))) break;
    }
    const isWhole = !attachments.hasFailures && all.every(({ fault }) => fault === undefined);
    return isWhole ? EXIT.done : EXIT.notAllInspected;
  } finally {
    await source.close();
  }
}

/** Counts rows that did not fit into memory as not searchable. */
export function subtractSkipped(
  { searched, notSearchable, reasons: because }: SearchableCounts,
  notHeld: number,
): SearchableCounts {
  if (notHeld === 0) return { searched, notSearchable, reasons: because };
  return {
    searched: Math.max(0, searched - notHeld),
    notSearchable: notSearchable + notHeld,
    reasons: new Map([...because, ['fingerprint.noMemory', notHeld]]),
  };
}

async function openMatchSource({ in: results, tenant }: MatchOptions, io: Io): Promise<MatchSource> {
  if (results !== undefined)
    return (await import('./match-results.js')).matchSourceOfResults(results, io.env);
  return (await import('./match-store.js')).matchSourceOfStore(tenant, io.env);
}

export function matchesOf(
  { path, sha256 }: MatchQuery,
  near: readonly FingerprintMatch[],
  holders: ReadonlyMap<number, MatchOwner>,
): Pick<MatchSearchResult, 'matches'> {
  const own = path === undefined ? undefined : resolve(path);
  const matches = near.flatMap((one) => {
    const holding = holders.get(one.id);
    const isItself = holding?.path !== undefined && holding.path === own;
    const sameBytes = sha256 !== undefined && holding?.sha256 === sha256;
    return holding === undefined ? [] : [{ near: one, holding, isItself, sameBytes }];
  });
  return { matches: sortSameBytesFirst(matches, ({ sameBytes }) => sameBytes) };
}

/** Returns the line of schema `assay.matches/1` (docs/match.md). */
export function toMatchesJson(
  { one, searched, notSearchable, reasons: because, matches, more }: MatchSearchResult,
  translator: Translator,
): Record<string, unknown> {
  const { fault, missing, partly = [] } = one;
  return {
    schema: 'assay.matches/1',
    ...queryView(one),
    searched: fault === undefined ? searched : 0,
    notSearchable,
    ...(because.size === 0 ? {} : { notSearchableFor: Object.fromEntries(because) }),
    matches: matches.map((found) => matchView(found, translator)),
    more,
    ...(fault === undefined
      ? {}
      : { fault: { code: fault.code, text: translator.translate(fault.userMessage) } }),
    ...(fault === undefined && missing.length + partly.length > 0
      ? {
          reasons: [
            ...missing.map((why) => reasonView(why, translator)),
            ...partly.map((why) => ({ ...reasonView(why, translator), partly: true })),
          ],
        }
      : {}),
  };
}

const reasonView = (
  { kind, code, userMessage: why }: MatchQuery['missing'][number],
  translator: Translator,
) => ({
  ...{ kind, code },
  text: translator.translate(why),
});

function matchView(
  { near, holding, isItself, sameBytes, written = {} }: MatchSearchResult['matches'][number],
  translator: Translator,
): object {
  const { kind, distance, tier, orientation, part, frames } = near;
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
    reportDeleted,
    kept,
  } = holding;
  return {
    ...who,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...{ kind, distance, of: HASH_BITS, tier },
    ...compact({ orientation, part, frames }),
    backing: 'inferred',
    ...(isItself ? { itself: true } : {}),
    ...(sameBytes ? { sameBytes } : {}),
    ...(partly === undefined
      ? {}
      : { partly: { kind, code: partly.code, text: translator.translate(partly.userMessage) } }),
    ...compact({ declared, case: caseOf, notes }),
    seen,
    ...compact({ gone, reportDeleted, finding, kept }),
    ...(written.picture === undefined ? {} : { picture: displayPath(written.picture) }),
    ...(written.manifest === undefined ? {} : { manifest: displayPath(written.manifest) }),
  };
}

const EXAMPLES = [
  'assay match --in results.ndjson photo.jpg',
  'assay match --json --in 2024.ndjson --in 2025.ndjson.gz -- *.jpg > matches.ndjson',
  'assay match photo.jpg',
  'assay match --in results.ndjson --pictures found --manifests found photo.jpg',
  'assay match --in results.ndjson --hash f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22',
];
