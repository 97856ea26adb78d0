import { constants, existsSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { type Command, Option } from 'commander';
import { type Config, readConfig } from '../config.js';
import { escapeTerminal } from '../core/ground/terminal-text.js';
import type { ErrorRecord } from '../core/report/report.js';
import { fetchLink } from '../fetching/fetch-link.js';
import {
  type Exchange,
  FETCH_REFUSALS,
  type Fetched,
  type FetchedMedium,
  type Fetching,
  type Page,
  type Served,
} from '../fetching/fetched.js';
import { writeWarc } from '../fetching/warc.js';
import { Confinement } from '../isolation/confinement.js';
import { createInspector } from '../isolation/pool.js';
import { ownFolder } from '../own-folder.js';
import type { AskedLaw } from '../question/asked-law.js';
import { timeSaid } from '../say/amounts.js';
import type { Language } from '../say/languages.js';
import { said } from '../say/said.js';
import { type Speech, speechOf } from '../say/speech.js';
import { COLOR_CHOICES } from './color.js';
import { BadValue } from './command.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { described, endHelp } from './help.js';
import { type InspectOptions, inspectAll } from './inspect.js';
import { type Io, tell } from './io.js';
import { spoken } from './language.js';
import { choice, parseConditions, parseLanguage, REPORT_LANGUAGE_HELP } from './options.js';
import { Output } from './output.js';
import { lawAsked, questionIn, withQuestion } from './question-options.js';

interface FetchOptions extends Omit<InspectOptions, 'lang'> {
  pick?: string;
  out?: string;
  warc?: string;
  lang: Language;
}

/** The media of a page were listed; above it one code for each reason why nothing came, in their order. */
const PAGE_LISTED = 40;

/** `assay fetch`: a link that a person gives, and what it leads to. */
export function addFetchCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const command = program
    .command('fetch')
    .description(described('cli.fetch.about'))
    .argument('<url>', described('cli.fetch.url'))
    .option('--pick <medium>', described('cli.fetch.pick'), parsePick)
    .option('--out <file>', described('cli.fetch.out'))
    .option('--warc <file>', described('cli.fetch.warc'))
    .option('--json', described('cli.fetch.json'))
    .addOption(new Option('--full', described('cli.inspect.full')).conflicts(['json']));
  withQuestion(command, 'inspect')
    .option('--lang <language>', REPORT_LANGUAGE_HELP, parseLanguage)
    .option('--fail-on <conditions>', described('cli.inspect.failOn'), parseConditions)
    .addOption(choice('--color <when>', described('cli.inspect.color'), COLOR_CHOICES).default('auto'))
    .action(async (url: string, options: Omit<FetchOptions, 'lang'> & { lang?: Language }) => {
      const lang = options.json ? (options.lang ?? 'en') : spoken(options.lang, io.env);
      finish(await fetchAndInspect(url, { ...options, lang }, io));
    });
  endHelp(command, {
    notes: ['cli.fetch.notes'],
    examples: [
      'ASSAY_FETCH=all assay fetch https://news.example.org/story',
      'ASSAY_FETCH=all assay fetch https://news.example.org/story --pick 1 --out photo.jpg --warc photo.warc.gz',
    ],
  });
}

function parsePick(text: string): string {
  if (!/^[1-9]\d{0,2}$/.test(text) && !URL.canParse(text)) throw new BadValue(said('cli.fetch.badPick'));
  return text;
}

async function fetchAndInspect(link: string, options: FetchOptions, io: Io): Promise<ExitCode> {
  const config = readConfig(io.env);
  for (const path of [options.out, options.warc])
    if (path !== undefined && existsSync(path)) throw new UsageError(said('cli.fetch.there', { path }));
  // A slip of the pen costs no request.
  const law = await lawAsked(questionIn(options), config);
  const folder = ownFolder(tmpdir(), 'assay-fetch');
  const exchanges: Exchange[] = [];
  try {
    const { interrupted } = io;
    const done = await follow(link, options.pick, exchanges, io, {
      settings: config.fetch,
      limits: { bytes: config.maxUploadBytes },
      folder,
      ...(interrupted === undefined ? {} : { signal: interrupted }),
    });
    if (options.warc !== undefined && exchanges.length > 0) {
      await writeWarc(exchanges, options.warc);
      tell(io, said('cli.fetch.warcKept', { path: options.warc }));
    }
    if (done === undefined) return EXIT.usage;
    if (done.kind === 'refused') return await refused(link, done, options, io);
    if (done.kind === 'page') return await listed(done.page, done.served, options, io);
    return await inspected(done, options, io, { config, law });
  } catch (error) {
    if (io.interrupted?.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Undefined where what was picked is not there. */
async function follow(
  link: string,
  pick: string | undefined,
  exchanges: Exchange[],
  io: Io,
  fetching: Fetching,
): Promise<Fetched | undefined> {
  const first = await fetchLink(link, fetching);
  exchanges.push(...first.exchanges);
  if (pick === undefined || first.kind === 'refused') return first;
  if (first.kind === 'medium') {
    tell(io, said('cli.fetch.single'));
    return first;
  }
  const { media } = first.page;
  const url = addressOf(pick);
  const medium = url === undefined ? media[Number(pick) - 1] : media.find((one) => one.url === url);
  if (medium === undefined) {
    tell(io, said('cli.fetch.noPick', { pick, count: media.length }));
    return undefined;
  }
  const second = await fetchLink(medium.url, fetching);
  exchanges.push(...second.exchanges);
  return second;
}

/** As the list has it: without a fragment. */
function addressOf(pick: string): string | undefined {
  if (!URL.canParse(pick)) return undefined;
  const url = new URL(pick);
  url.hash = '';
  return url.href;
}

async function inspected(
  { path, name, served }: FetchedMedium,
  options: FetchOptions,
  io: Io,
  { config, law }: { config: Config; law: AskedLaw },
): Promise<ExitCode> {
  const { host, at, url, mediaType, isLengthUnknown } = served;
  if (options.out !== undefined) {
    await copyFile(path, options.out, constants.COPYFILE_EXCL);
    tell(io, said('cli.fetch.kept', { path: options.out }));
  }
  // A report that is read by people says it itself.
  if (isLengthUnknown && options.json) tell(io, said('fetching.lengthUnknown', { host }));
  const { trustDir, sandbox } = config;
  const inspector = createInspector({ jobs: 1, trustDir, confinement: new Confinement({ sandbox }) });
  const stop = () => void inspector.close();
  io.interrupted?.addEventListener('abort', stop, { once: true });
  try {
    const given = {
      shown: url,
      name,
      servedBy: { host, at, ...(isLengthUnknown ? { isLengthUnknown } : {}) },
      ...(mediaType === undefined ? {} : { declaredMediaType: mediaType }),
    };
    return await inspectAll([path], { ...options, given }, io, inspector, 1, law);
  } finally {
    io.interrupted?.removeEventListener('abort', stop);
    await inspector.close();
  }
}

async function refused(
  link: string,
  { code, said: why }: Extract<Fetched, { kind: 'refused' }>,
  { json, lang }: FetchOptions,
  io: Io,
): Promise<ExitCode> {
  if (json) {
    const record: ErrorRecord = {
      schema: 'assay.error/1',
      path: withoutSecret(link),
      code,
      message: speechOf(lang).say(why),
    };
    await new Output(io.stdout).json(record);
  } else tell(io, said('cli.fetch.refused', { why, code }));
  return (PAGE_LISTED + 1 + FETCH_REFUSALS.indexOf(code)) as ExitCode;
}

function withoutSecret(link: string): string {
  if (!URL.canParse(link)) return link;
  const url = new URL(link);
  if (url.username === '' && url.password === '') return link;
  url.username = '';
  url.password = '';
  return url.href;
}

async function listed(page: Page, served: Served, { json, lang }: FetchOptions, io: Io): Promise<ExitCode> {
  const { url, title, media, ...more } = page;
  const { host, at } = served;
  const output = new Output(io.stdout);
  if (json)
    await output.json({
      schema: 'assay.media/1',
      page: { url, ...(title === undefined ? {} : { title }) },
      served: { host, at },
      media,
      ...more,
    });
  else await output.text(`${linesOf(page, served, speechOf(lang)).join('\n')}\n`);
  return PAGE_LISTED as ExitCode;
}

/** All that stands in it is the page's own: escaped where it is put. */
function linesOf(
  { url, title, media, leftOut, players, isCut }: Page,
  served: Served,
  speech: Speech,
): string[] {
  const { words } = speech;
  const { host, at } = served;
  const columns = String(media.length).length;
  const indent = ' '.repeat(columns + 2);
  const hosts = [...new Set((players ?? []).map((one) => one.host ?? host))];
  return [
    ...(title === undefined ? [] : [escapeTerminal(title)]),
    escapeTerminal(url),
    words('cli.fetch.served', { host, at: timeSaid(at) }),
    words('cli.fetch.media', { count: media.length }),
    '',
    ...media.flatMap(({ url: address, kind, from, width, alt, refused: code }, at) => [
      `${String(at + 1).padStart(columns)}  ${escapeTerminal(address)}`,
      indent +
        [
          words('cli.fetch.medium', {
            kind: said(`fetching.kind.${kind}`),
            from: said(`fetching.from.${from}`),
          }),
          ...(width === undefined ? [] : [words('cli.fetch.width', { width })]),
          ...(alt === undefined ? [] : [words('cli.fetch.alt', { text: escapeTerminal(alt) })]),
          ...(code === undefined ? [] : [words('cli.fetch.wouldRefuse', { code })]),
        ].join(' · '),
    ]),
    ...(leftOut === undefined && players === undefined && !isCut ? [] : ['']),
    ...(leftOut === undefined ? [] : [words('cli.fetch.leftOut', { count: leftOut })]),
    ...(hosts.length === 0 ? [] : [words('cli.fetch.players', { hosts })]),
    ...(isCut ? [words('cli.fetch.cut')] : []),
  ];
}
