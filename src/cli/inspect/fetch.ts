import { constants, existsSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { type Command, Option } from 'commander';
import { createOwnFolder } from '../../base/files/temp-dir.js';
import { escapeTerminal } from '../../base/terminal-text.js';
import { type Config, readConfig } from '../../config/settings.js';
import type { ErrorRecord } from '../../core/report/report.js';
import { timeMessage } from '../../i18n/amounts.js';
import type { Language } from '../../i18n/languages.js';
import { message } from '../../i18n/message.js';
import { type Translator, translatorFor } from '../../i18n/translator.js';
import type { LawSelection } from '../../inspect/options/resolved-law.js';
import { createInspector } from '../../inspect/pool/create-inspector.js';
import { Confinement } from '../../inspect/sandbox/confinement.js';
import { fetchLink } from '../../service/fetching/fetch-link.js';
import {
  type Exchange,
  FETCH_REFUSALS,
  type FetchContext,
  type FetchedMedium,
  type FetchResult,
  type MediaPage,
  type ServedResponse,
} from '../../service/fetching/fetched.js';
import { writeWarc } from '../../service/fetching/warc.js';
import { COLOR_CHOICES } from '../shared/color.js';
import { InvalidValueError } from '../shared/command.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { encodeDescription, setHelpEnd } from '../shared/help.js';
import { lawSelectionFor, pickInspectOptions, withInspectOptions } from '../shared/inspect-options.js';
import { type Io, printMessage } from '../shared/io.js';
import { userLanguage } from '../shared/language.js';
import { choiceOption, parseConditions, parseLanguage, REPORT_LANGUAGE_HELP } from '../shared/options.js';
import { Output } from '../shared/output.js';
import { type InspectCommandOptions, inspectAll } from './inspect.js';

interface FetchOptions extends Omit<InspectCommandOptions, 'lang'> {
  pick?: string;
  out?: string;
  warc?: string;
  lang: Language;
}

/**
 * Exit code if the media of a page were listed. Each refusal has its own code above it, in the order of
 * `FETCH_REFUSALS`.
 */
const PAGE_LISTED_EXIT = 40;

/** Adds `assay fetch`, which fetches a link and inspects the file or lists the media of the page. */
export function addFetchCommand(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const command = program
    .command('fetch')
    .description(encodeDescription('cli.fetch.about'))
    .argument('<url>', encodeDescription('cli.fetch.url'))
    .option('--pick <medium>', encodeDescription('cli.fetch.pick'), parsePick)
    .option('--out <file>', encodeDescription('cli.fetch.out'))
    .option('--warc <file>', encodeDescription('cli.fetch.warc'))
    .option('--json', encodeDescription('cli.fetch.json'))
    .addOption(new Option('--full', encodeDescription('cli.inspect.full')).conflicts(['json']));
  withInspectOptions(command, 'inspect')
    .option('--lang <language>', REPORT_LANGUAGE_HELP, parseLanguage)
    .option('--fail-on <conditions>', encodeDescription('cli.inspect.failOn'), parseConditions)
    .addOption(
      choiceOption('--color <when>', encodeDescription('cli.inspect.color'), COLOR_CHOICES).default('auto'),
    )
    .action(async (url: string, options: Omit<FetchOptions, 'lang'> & { lang?: Language }) => {
      const lang = options.json ? (options.lang ?? 'en') : userLanguage(options.lang, io.env);
      finish(await fetchAndInspect(url, { ...options, lang }, io));
    });
  setHelpEnd(command, {
    notes: ['cli.fetch.notes'],
    examples: [
      'ASSAY_FETCH=all assay fetch https://news.example.org/story',
      'ASSAY_FETCH=all assay fetch https://news.example.org/story --pick 1 --out photo.jpg --warc photo.warc.gz',
    ],
  });
}

function parsePick(text: string): string {
  if (!/^[1-9]\d{0,2}$/.test(text) && !URL.canParse(text))
    throw new InvalidValueError(message('cli.fetch.badPick'));
  return text;
}

async function fetchAndInspect(link: string, options: FetchOptions, io: Io): Promise<ExitCode> {
  const config = readConfig(io.env);
  for (const path of [options.out, options.warc])
    if (path !== undefined && existsSync(path)) throw new UsageError(message('cli.fetch.there', { path }));
  // The law options are checked first, so that a mistyped one costs no request.
  const law = await lawSelectionFor(pickInspectOptions(options), config);
  const folder = createOwnFolder(tmpdir(), 'assay-fetch');
  const exchanges: Exchange[] = [];
  try {
    const { interrupted } = io;
    const done = await fetchPicked(link, options.pick, exchanges, io, {
      settings: config.fetch,
      limits: { bytes: config.maxUploadBytes },
      folder,
      ...(interrupted === undefined ? {} : { signal: interrupted }),
    });
    if (options.warc !== undefined && exchanges.length > 0) {
      await writeWarc(exchanges, options.warc);
      printMessage(io, message('cli.fetch.warcStored', { path: options.warc }));
    }
    if (done === undefined) return EXIT.usage;
    if (done.kind === 'refused') return await printRefusal(link, done, options, io);
    if (done.kind === 'page') return await printMediaList(done.page, done.served, options, io);
    return await inspectFetched(done, options, io, { config, law });
  } catch (error) {
    if (io.interrupted?.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns the fetched file or page; `undefined` if the picked medium is not on the page. */
async function fetchPicked(
  link: string,
  pick: string | undefined,
  exchanges: Exchange[],
  io: Io,
  fetching: FetchContext,
): Promise<FetchResult | undefined> {
  const first = await fetchLink(link, fetching);
  exchanges.push(...first.exchanges);
  if (pick === undefined || first.kind === 'refused') return first;
  if (first.kind === 'medium') {
    printMessage(io, message('cli.fetch.single'));
    return first;
  }
  const { media } = first.page;
  const url = urlWithoutFragment(pick);
  const medium = url === undefined ? media[Number(pick) - 1] : media.find((one) => one.url === url);
  if (medium === undefined) {
    printMessage(io, message('cli.fetch.noPick', { pick, count: media.length }));
    return undefined;
  }
  const second = await fetchLink(medium.url, fetching);
  exchanges.push(...second.exchanges);
  return second;
}

/** Removes the fragment, as the list of media does. */
function urlWithoutFragment(pick: string): string | undefined {
  if (!URL.canParse(pick)) return undefined;
  const url = new URL(pick);
  url.hash = '';
  return url.href;
}

async function inspectFetched(
  { path, name, served }: FetchedMedium,
  options: FetchOptions,
  io: Io,
  { config, law }: { config: Config; law: LawSelection },
): Promise<ExitCode> {
  const { host, at, url, mediaType, isLengthUnknown } = served;
  if (options.out !== undefined) {
    await copyFile(path, options.out, constants.COPYFILE_EXCL);
    printMessage(io, message('cli.fetch.stored', { path: options.out }));
  }
  // The text report states the unknown length itself; for JSON it is printed on stderr.
  if (isLengthUnknown && options.json) printMessage(io, message('fetching.lengthUnknown', { host }));
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
    return await inspectAll([path], { ...options, fetched: given }, io, inspector, 1, law);
  } finally {
    io.interrupted?.removeEventListener('abort', stop);
    await inspector.close();
  }
}

async function printRefusal(
  link: string,
  { code, userMessage: why }: Extract<FetchResult, { kind: 'refused' }>,
  { json, lang }: FetchOptions,
  io: Io,
): Promise<ExitCode> {
  if (json) {
    const record: ErrorRecord = {
      schema: 'assay.error/1',
      path: withoutCredentials(link),
      code,
      message: translatorFor(lang).translate(why),
    };
    await new Output(io.stdout).json(record);
  } else printMessage(io, message('cli.fetch.refused', { why, code }));
  return (PAGE_LISTED_EXIT + 1 + FETCH_REFUSALS.indexOf(code)) as ExitCode;
}

function withoutCredentials(link: string): string {
  if (!URL.canParse(link)) return link;
  const url = new URL(link);
  if (url.username === '' && url.password === '') return link;
  url.username = '';
  url.password = '';
  return url.href;
}

async function printMediaList(
  page: MediaPage,
  served: ServedResponse,
  { json, lang }: FetchOptions,
  io: Io,
): Promise<ExitCode> {
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
  else await output.text(`${mediaListLines(page, served, translatorFor(lang)).join('\n')}\n`);
  return PAGE_LISTED_EXIT as ExitCode;
}

/** All texts come from the page, so each is escaped where it is inserted. */
function mediaListLines(
  { url, title, media, leftOut, players, isCut }: MediaPage,
  served: ServedResponse,
  speech: Translator,
): string[] {
  const { text: words } = speech;
  const { host, at } = served;
  const columns = String(media.length).length;
  const indent = ' '.repeat(columns + 2);
  const hosts = [...new Set((players ?? []).map((one) => one.host ?? host))];
  return [
    ...(title === undefined ? [] : [escapeTerminal(title)]),
    escapeTerminal(url),
    words('cli.fetch.served', { host, at: timeMessage(at) }),
    words('cli.fetch.media', { count: media.length }),
    '',
    ...media.flatMap(({ url: address, kind, from, width, alt, refused: code }, at) => [
      `${String(at + 1).padStart(columns)}  ${escapeTerminal(address)}`,
      indent +
        [
          words('cli.fetch.medium', {
            kind: message(`fetching.kind.${kind}`),
            from: message(`fetching.from.${from}`),
          }),
          ...(width === undefined ? [] : [words('cli.fetch.width', { width })]),
          ...(alt === undefined ? [] : [words('text.quoted', { text: escapeTerminal(alt) })]),
          ...(code === undefined ? [] : [words('cli.fetch.wouldRefuse', { code })]),
        ].join(' · '),
    ]),
    ...(leftOut === undefined && players === undefined && !isCut ? [] : ['']),
    ...(leftOut === undefined ? [] : [words('cli.fetch.leftOut', { count: leftOut })]),
    ...(hosts.length === 0 ? [] : [words('cli.fetch.players', { hosts })]),
    ...(isCut ? [words('cli.fetch.cut')] : []),
  ];
}
