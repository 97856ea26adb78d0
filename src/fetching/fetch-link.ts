import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { limits as coreLimits } from '../core/ground/limits.js';
import { detectMediaType } from '../core/media/media-type.js';
import { canonicalMime } from '../core/media/media-types.js';
import { readRange } from '../core/media/read-range.js';
import { FetchFault } from '../guarded/fetch-fault.js';
import { said } from '../say/said.js';
import { type Answer, ask, type Head, Idle, largerThan, type Room } from './ask.js';
import { readEmbedded } from './embedded.js';
import { type FetchBounds, fetchLimits as limits } from './fetch-limits.js';
import type { Exchange, Fetched, Fetching, Page, Player, Served } from './fetched.js';
import { Judge, type Parts, privateHost } from './judge.js';
import { nameOf } from './name-of.js';
import { textOf } from './page-text.js';
import { Refusal } from './refusal.js';
import { robotsAllow } from './robots.js';
import { WriteFault } from './written.js';

/**
 * What a person's link leads to. Each address on the way is judged and its robots.txt asked, each connection judged once
 * more; nothing that stands in what comes is followed. Rejects only where `signal` aborts, or with a fault of ours.
 */
export async function fetchLink(link: string, fetching: Fetching, parts: Parts = {}): Promise<Fetched> {
  const way = new Way(fetching, parts);
  try {
    return await way.go(link);
  } catch (error) {
    fetching.signal?.throwIfAborted();
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'refused', code: error.code, said: error.said, exchanges: way.exchanges };
  }
}

const REDIRECTS = [301, 302, 303, 307, 308];
/** Of an answer that is no medium and no page: enough to see why. */
const ASIDE_BYTES = 64 * 1024;

class Way {
  readonly exchanges: Exchange[] = [];
  readonly #folder: string;
  readonly #signal: AbortSignal | undefined;
  readonly #bounds: FetchBounds;
  readonly #judge: Judge;
  readonly #deadline: AbortSignal;
  /** In a folder that others write into too. */
  readonly #id = randomUUID();
  /** What each host's robots.txt says, by its origin. */
  readonly #robots = new Map<string, string>();

  constructor({ settings, signal, limits: given = {}, folder }: Fetching, parts: Parts) {
    this.#folder = folder;
    this.#signal = signal;
    this.#bounds = { ...limits, ...given };
    this.#judge = new Judge(settings, parts);
    this.#deadline = AbortSignal.timeout(this.#bounds.millis);
  }

  async go(link: string): Promise<Fetched> {
    let url = this.#judge.taken(link.trim());
    const seen = new Set<string>();
    for (;;) {
      seen.add(url.href);
      await this.#askRobots(url);
      const answer = await this.#ask(url, 'link', (head) => this.#roomFor(head));
      const next = this.#next(answer, url);
      if (next === undefined) return this.#taken(answer, url);
      if (seen.has(next.href)) throw redirects('loop', this.#bounds.redirects);
      if (seen.size > this.#bounds.redirects) throw redirects('other', this.#bounds.redirects);
      url = next;
    }
  }

  /** Where an answer leads on to, judged as if a person had named it. */
  #next({ status, headers }: Answer, url: URL): URL | undefined {
    const { location } = headers;
    if (!REDIRECTS.includes(status) || location === undefined) return undefined;
    // Servers write it in UTF-8, where Node reads latin1.
    const address = Buffer.from(location, 'latin1').toString();
    if (!URL.canParse(address, url.href)) throw redirects('nowhere', this.#bounds.redirects);
    return this.#judge.taken(address, url);
  }

  /** RFC 9309: none where there is none; where it cannot be read, nothing of that host may be asked for. */
  async #askRobots(url: URL): Promise<void> {
    let text = this.#robots.get(url.origin);
    if (text === undefined) {
      text = await this.#robotsOf(url);
      this.#robots.set(url.origin, text);
    }
    if (robotsAllow(text, `${url.pathname}${url.search}`)) return;
    throw new Refusal(
      'fetch.robots',
      said('fetching.refused.robots', { how: 'other', host: url.host, status: '' }),
    );
  }

  async #robotsOf({ origin }: URL): Promise<string> {
    const patience = AbortSignal.timeout(Math.min(limits.robotsMillis, this.#bounds.millis));
    let url = new URL('/robots.txt', origin);
    for (let hops = 0; ; hops += 1) {
      const answer = await this.#ask(url, 'robots', robotsRoom, patience);
      const { status } = answer;
      if (status >= 500)
        throw new Refusal(
          'fetch.robots',
          said('fetching.refused.robots', { how: 'unread', host: url.host, status: String(status) }),
        );
      const next = this.#next(answer, url);
      if (next === undefined || hops >= limits.robotsRedirects)
        return isSuccess(status) ? await readFile(answer.body.path, 'utf8') : '';
      url = next;
    }
  }

  #roomFor({ status, headers }: Head): Room {
    if (!isGood(status)) return { bytes: ASIDE_BYTES, cuts: true };
    const { bytes, pageBytes } = this.#bounds;
    const isText = /^(text\/|application\/(xhtml|json|xml)|[^;]*\+(json|xml))/i.test(typeOf(headers));
    const most = isText && !/^image\//i.test(typeOf(headers)) ? Math.min(pageBytes, bytes) : bytes;
    return { bytes: most, unpackedBytes: Math.min(most, limits.unpackedBytes) };
  }

  async #ask(
    url: URL,
    purpose: Exchange['purpose'],
    room: (head: Head) => Room,
    patience?: AbortSignal,
  ): Promise<Answer> {
    const signals = [this.#deadline, patience, this.#signal].filter((one) => one !== undefined);
    const signal = AbortSignal.any(signals);
    const path = join(this.#folder, `${this.#id}-${this.exchanges.length}`);
    const connect = this.#judge.connectFor(url);
    try {
      return await ask(
        { url, purpose, connect, signal, path, room, idleMillis: this.#bounds.idleMillis },
        this.exchanges,
      );
    } catch (error) {
      if (error instanceof WriteFault || error instanceof Refusal) throw error;
      if (error instanceof FetchFault) throw privateHost(url, error);
      throw this.#unanswered(url, error, patience);
    }
  }

  /** Whose fault it was that no answer came, or not all of it. */
  #unanswered({ host }: URL, error: unknown, patience: AbortSignal | undefined): Refusal {
    const late = (what: 'connect' | 'quiet' | 'other', millis: number) =>
      new Refusal(
        'fetch.timeout',
        said('fetching.refused.timeout', { what, host, seconds: Math.ceil(millis / 1_000) }),
        { cause: error },
      );
    if (this.#deadline.aborted) return late('other', this.#bounds.millis);
    if (patience?.aborted) return late('other', limits.robotsMillis);
    if (error instanceof Idle) return late('quiet', this.#bounds.idleMillis);
    const code = codeOf(error);
    const { request } = this.exchanges.at(-1) ?? {};
    if (request === undefined && code === 'ETIMEDOUT') return late('connect', limits.connectMillis);
    const what =
      request === undefined ? (code === 'ENOTFOUND' ? 'name' : 'other') : isOdd(code) ? 'odd' : 'cut';
    return new Refusal('fetch.unreachable', said('fetching.refused.unreachable', { what, host, code }), {
      cause: error,
    });
  }

  async #taken(answer: Answer, url: URL): Promise<Fetched> {
    const { headers, body, at, address } = answer;
    const { host } = url;
    const status = String(answer.status);
    if (['404', '410'].includes(status))
      throw new Refusal('fetch.gone', said('fetching.refused.gone', { host, status }));
    if (['401', '403'].includes(status))
      throw new Refusal('fetch.login', said('fetching.refused.login', { how: 'other', host, status }));
    if (!isGood(answer.status))
      throw new Refusal('fetch.status', said('fetching.refused.status', { host, status }));
    if (body.bytes === 0) throw noMedia('empty', host);
    const mediaType = typeOf(headers);
    const served: Served = {
      host,
      url: url.href,
      at,
      status: answer.status,
      ...(mediaType === '' ? {} : { mediaType }),
      ...(address === undefined ? {} : { address }),
      ...(answer.isLengthUnknown ? { isLengthUnknown: true } : {}),
    };
    const { exchanges } = this;
    const what = await whatIs(body, mediaType);
    if (what === 'medium') {
      const { path, bytes: sizeBytes } = body;
      return { kind: 'medium', path, name: nameOf(url), sizeBytes, served, exchanges };
    }
    if (what === 'other') throw noMedia('type', host, { type: canonicalMime(mediaType) });
    if (what === 'stream') throw noMedia('player', host, { players: [{ kind: 'stream', host }] });
    // What its server calls a picture may have come in up to the bound of a medium; a page is held whole.
    if (body.bytes > this.#bounds.pageBytes) throw largerThan(this.#bounds.pageBytes);
    const text = textOf(await readFile(body.path), mediaType);
    const page = await this.#page(what, text, url);
    return { kind: 'page', page, served, exchanges };
  }

  async #page(what: 'page' | 'json', text: string, url: URL): Promise<Page> {
    const { host } = url;
    if (what === 'json') {
      const page = readEmbedded(text, url, this.#judge);
      if (page === undefined) throw noMedia('type', host, { type: 'application/json' });
      if (page.media.length === 0) throw noMedia(whyNone(page), host, page);
      return page;
    }
    // The parser of pages is loaded for the first of them.
    const { readPage } = await import('./page.js');
    const { page, asksPassword } = await readPage(text, url, this.#judge);
    if (page.media.length > 0) return page;
    if (asksPassword)
      throw new Refusal('fetch.login', said('fetching.refused.login', { how: 'page', host, status: '' }));
    throw noMedia(whyNone(page), host, page);
  }
}

const isGood = (status: number): boolean => status === 200 || status === 203;

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** What is not read is kept all the same, once for each host and redirect. */
const robotsRoom = ({ status }: Head): Room =>
  isSuccess(status)
    ? { bytes: limits.robotsBytes, unpackedBytes: limits.robotsBytes, cuts: true }
    : { bytes: ASIDE_BYTES, cuts: true };

const typeOf = (headers: Head['headers']): string =>
  (headers['content-type'] ?? '').slice(0, coreLimits.declaredMediaTypeCharacters);

const PLAYLIST = /^\uFEFF?\s*(#EXTM3U|<\?xml[^>]{0,512}\?>\s*<MPD[\s>]|<MPD[\s>])/;
const HTML = /^<(!doctype\s+html|html|head|body)[\s>]/i;

/**
 * What begins behind a byte order mark, an XML declaration and comments. Step by step: one pattern over all comments would
 * try each way to part them, and a server could hold the process with forty of them.
 */
function behindComments(text: string): string {
  let rest = text.replace(/^\uFEFF?\s*(<\?xml[^>]{0,512}\?>\s*)?/, '');
  while (rest.startsWith('<!--')) {
    const end = rest.indexOf('-->', 4);
    if (end < 0) return '';
    rest = rest.slice(end + 3).trimStart();
  }
  return rest;
}

/** By its bytes where they tell, else by what the server says it is. */
async function whatIs(
  { path, bytes }: Answer['body'],
  contentType: string,
): Promise<'medium' | 'page' | 'json' | 'stream' | 'other'> {
  const fd = openSync(path, 'r');
  let head: Buffer;
  try {
    head = readRange(fd, 0, Math.min(bytes, coreLimits.sniffBytes));
  } finally {
    closeSync(fd);
  }
  const type = canonicalMime(contentType);
  const start = head.toString('utf8', 0, 8_192);
  if (PLAYLIST.test(start) || /mpegurl|dash\+xml/.test(type)) return 'stream';
  if (HTML.test(behindComments(start))) return 'page';
  // Only of the head: what stands behind it does not decide.
  const beyond = () => Buffer.alloc(0);
  const { container } = await detectMediaType(beyond, head, head.length);
  // Archives and documents too: what stands in them is inspected.
  if (container !== 'other') return 'medium';
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'page';
  if (type === 'application/json' || type.endsWith('+json')) return 'json';
  // Nobody here knows such bytes; that is for a report to say.
  return /^(image|video|audio)\//.test(type) ? 'medium' : 'other';
}

const whyNone = ({ players = [], isCut, leftOut }: Page): 'player' | 'cut' | 'unlisted' | 'other' =>
  leftOut !== undefined ? 'unlisted' : players.length > 0 ? 'player' : isCut ? 'cut' : 'other';

function noMedia(
  what: 'empty' | 'type' | 'player' | 'cut' | 'unlisted' | 'other',
  host: string,
  { type = '', players = [] }: { type?: string; players?: readonly Player[] } = {},
): Refusal {
  const hosts = [...new Set(players.flatMap((one) => one.host ?? []))].slice(0, 5);
  return new Refusal(
    'fetch.noMedia',
    said('fetching.refused.noMedia', {
      what: what === 'type' && type === '' ? 'untyped' : what,
      host,
      type,
      players: hosts.length === 0 ? [host] : hosts,
    }),
  );
}

const redirects = (where: 'loop' | 'nowhere' | 'other', most: number) =>
  new Refusal('fetch.redirects', said('fetching.refused.redirects', { where, most }));

/** Of the parser of HTTP: what came is none, or more of a head than is read. That it ended early is another matter. */
const isOdd = (code: string): boolean => code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE';

/** The system's and Node's own codes, in a form that may be shown. */
function codeOf(error: unknown): string {
  for (let each: unknown = error; each instanceof Error; each = each.cause)
    if ('code' in each && typeof each.code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(each.code))
      return each.code;
  return 'failed';
}
