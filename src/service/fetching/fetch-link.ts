import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { limits as coreLimits } from '../../base/limits.js';
import { FetchFault } from '../../base/net/fetch-fault.js';
import { detectMediaType } from '../../core/media/media-type.js';
import { canonicalMime } from '../../core/media/media-types.js';
import { readRange } from '../../core/media/read-range.js';
import { message } from '../../i18n/message.js';
import { type FetchOverrides, LinkPolicy, privateHostRefusal } from './address-policy.js';
import { readOEmbed } from './embedded.js';
import { type FetchLimits, fetchLimits as limits } from './fetch-limits.js';
import type { Exchange, FetchContext, FetchResult, MediaPage, Player, ServedResponse } from './fetched.js';
import { fileNameOf } from './file-name.js';
import { LocalWriteError } from './file-writer.js';
import {
  type BodyLimits,
  type HttpResponse,
  IdleTimeoutError,
  type ResponseHead,
  sendRequest,
  tooLargeRefusal,
} from './http-get.js';
import { decodePage } from './page-text.js';
import { FetchRefusalError } from './refusal.js';
import { isAllowedByRobots } from './robots.js';

/**
 * Fetches a person's link. Checks each address on the route and its robots.txt, and checks each connection again;
 * follows no address in the fetched content. Rejects only if `signal` aborts or on an internal error.
 */
export async function fetchLink(
  link: string,
  fetching: FetchContext,
  parts: FetchOverrides = {},
): Promise<FetchResult> {
  const fetch = new LinkFetch(fetching, parts);
  try {
    return await fetch.run(link);
  } catch (error) {
    fetching.signal?.throwIfAborted();
    if (!(error instanceof FetchRefusalError)) throw error;
    return { kind: 'refused', code: error.code, userMessage: error.userMessage, exchanges: fetch.exchanges };
  }
}

const REDIRECTS = [301, 302, 303, 307, 308];
/** Bytes stored of a response that is neither a medium nor a page: enough to see why. */
const OTHER_BODY_BYTES = 64 * 1024;

class LinkFetch {
  readonly exchanges: Exchange[] = [];
  readonly #folder: string;
  readonly #signal: AbortSignal | undefined;
  readonly #bounds: FetchLimits;
  readonly #judge: LinkPolicy;
  readonly #deadline: AbortSignal;
  /** Makes file names unique, since others write into the folder too. */
  readonly #id = randomUUID();
  /** Text of each robots.txt, by origin. */
  readonly #robots = new Map<string, string>();

  constructor({ settings, signal, limits: given = {}, folder }: FetchContext, parts: FetchOverrides) {
    this.#folder = folder;
    this.#signal = signal;
    this.#bounds = { ...limits, ...given };
    this.#judge = new LinkPolicy(settings, parts);
    this.#deadline = AbortSignal.timeout(this.#bounds.millis);
  }

  async run(link: string): Promise<FetchResult> {
    let url = this.#judge.check(link.trim());
    const seen = new Set<string>();
    for (;;) {
      seen.add(url.href);
      await this.#askRobots(url);
      const answer = await this.#ask(url, 'link', (head) => this.#roomFor(head));
      const next = this.#next(answer, url);
      if (next === undefined) return this.#taken(answer, url);
      if (seen.has(next.href)) throw redirectRefusal('loop', this.#bounds.redirects);
      if (seen.size > this.#bounds.redirects) throw redirectRefusal('other', this.#bounds.redirects);
      url = next;
    }
  }

  /** Returns the redirect target, checked as if a person had entered it. */
  #next({ status, headers }: HttpResponse, url: URL): URL | undefined {
    const { location } = headers;
    if (!REDIRECTS.includes(status) || location === undefined) return undefined;
    // Servers send UTF-8, which Node decodes as latin1.
    const address = Buffer.from(location, 'latin1').toString();
    if (!URL.canParse(address, url.href)) throw redirectRefusal('nowhere', this.#bounds.redirects);
    return this.#judge.check(address, url);
  }

  /** RFC 9309: a missing robots.txt allows everything; an unreachable one forbids every request to the host. */
  async #askRobots(url: URL): Promise<void> {
    let text = this.#robots.get(url.origin);
    if (text === undefined) {
      text = await this.#robotsOf(url);
      this.#robots.set(url.origin, text);
    }
    if (isAllowedByRobots(text, `${url.pathname}${url.search}`)) return;
    throw new FetchRefusalError(
      'fetch.robots',
      message('fetching.refused.robots', { how: 'other', host: url.host, status: '' }),
    );
  }

  async #robotsOf({ origin }: URL): Promise<string> {
    const patience = AbortSignal.timeout(Math.min(limits.robotsMillis, this.#bounds.millis));
    let url = new URL('/robots.txt', origin);
    for (let hops = 0; ; hops += 1) {
      const answer = await this.#ask(url, 'robots', robotsLimits, patience);
      const { status } = answer;
      if (status >= 500)
        throw new FetchRefusalError(
          'fetch.robots',
          message('fetching.refused.robots', { how: 'unread', host: url.host, status: String(status) }),
        );
      const next = this.#next(answer, url);
      if (next === undefined || hops >= limits.robotsRedirects)
        return isSuccess(status) ? await readFile(answer.body.path, 'utf8') : '';
      url = next;
    }
  }

  #roomFor({ status, headers }: ResponseHead): BodyLimits {
    if (!isUsableStatus(status)) return { bytes: OTHER_BODY_BYTES, truncates: true };
    const { bytes, pageBytes } = this.#bounds;
    const isText = /^(text\/|application\/(xhtml|json|xml)|[^;]*\+(json|xml))/i.test(typeOf(headers));
    const most = isText && !/^image\//i.test(typeOf(headers)) ? Math.min(pageBytes, bytes) : bytes;
    return { bytes: most, unpackedBytes: Math.min(most, limits.unpackedBytes) };
  }

  async #ask(
    url: URL,
    purpose: Exchange['purpose'],
    room: (head: ResponseHead) => BodyLimits,
    patience?: AbortSignal,
  ): Promise<HttpResponse> {
    const signals = [this.#deadline, patience, this.#signal].filter((one) => one !== undefined);
    const signal = AbortSignal.any(signals);
    const path = join(this.#folder, `${this.#id}-${this.exchanges.length}`);
    const connect = this.#judge.connectFor(url);
    try {
      return await sendRequest(
        { url, purpose, connect, signal, path, limitsFor: room, idleMillis: this.#bounds.idleMillis },
        this.exchanges,
      );
    } catch (error) {
      if (error instanceof LocalWriteError || error instanceof FetchRefusalError) throw error;
      if (error instanceof FetchFault) throw privateHostRefusal(url, error);
      throw this.#unanswered(url, error, patience);
    }
  }

  /** Returns the refusal for a response that did not arrive or is incomplete. */
  #unanswered({ host }: URL, error: unknown, patience: AbortSignal | undefined): FetchRefusalError {
    const late = (what: 'connect' | 'quiet' | 'other', millis: number) =>
      new FetchRefusalError(
        'fetch.timeout',
        message('fetching.refused.timeout', { what, host, seconds: Math.ceil(millis / 1_000) }),
        { cause: error },
      );
    if (this.#deadline.aborted) return late('other', this.#bounds.millis);
    if (patience?.aborted) return late('other', limits.robotsMillis);
    if (error instanceof IdleTimeoutError) return late('quiet', this.#bounds.idleMillis);
    const code = errorCodeOf(error);
    const { request } = this.exchanges.at(-1) ?? {};
    if (request === undefined && code === 'ETIMEDOUT') return late('connect', limits.connectMillis);
    const what =
      request === undefined
        ? code === 'ENOTFOUND'
          ? 'name'
          : 'other'
        : isMalformedResponse(code)
          ? 'odd'
          : 'cut';
    return new FetchRefusalError(
      'fetch.unreachable',
      message('fetching.refused.unreachable', { what, host, code }),
      {
        cause: error,
      },
    );
  }

  async #taken(answer: HttpResponse, url: URL): Promise<FetchResult> {
    const { headers, body, at, address } = answer;
    const { host } = url;
    const status = String(answer.status);
    if (['404', '410'].includes(status))
      throw new FetchRefusalError('fetch.gone', message('fetching.refused.gone', { host, status }));
    if (['401', '403'].includes(status))
      throw new FetchRefusalError(
        'fetch.login',
        message('fetching.refused.login', { how: 'other', host, status }),
      );
    if (!isUsableStatus(answer.status))
      throw new FetchRefusalError('fetch.status', message('fetching.refused.status', { host, status }));
    if (body.bytes === 0) throw noMediaRefusal('empty', host);
    const mediaType = typeOf(headers);
    const served: ServedResponse = {
      host,
      url: url.href,
      at,
      status: answer.status,
      ...(mediaType === '' ? {} : { mediaType }),
      ...(address === undefined ? {} : { address }),
      ...(answer.isLengthUnknown ? { isLengthUnknown: true } : {}),
    };
    const { exchanges } = this;
    const what = await detectContent(body, mediaType);
    if (what === 'medium') {
      const { path, bytes: sizeBytes } = body;
      return { kind: 'medium', path, name: fileNameOf(url), sizeBytes, served, exchanges };
    }
    if (what === 'other') throw noMediaRefusal('type', host, { type: canonicalMime(mediaType) });
    if (what === 'stream') throw noMediaRefusal('player', host, { players: [{ kind: 'stream', host }] });
    // A body that the server calls a picture may have been received up to the limit for media, but a page is held in
    // memory.
    if (body.bytes > this.#bounds.pageBytes) throw tooLargeRefusal(this.#bounds.pageBytes);
    const text = decodePage(await readFile(body.path), mediaType);
    const page = await this.#page(what, text, url);
    return { kind: 'page', page, served, exchanges };
  }

  async #page(what: 'page' | 'json', text: string, url: URL): Promise<MediaPage> {
    const { host } = url;
    if (what === 'json') {
      const page = readOEmbed(text, url, this.#judge);
      if (page === undefined) throw noMediaRefusal('type', host, { type: 'application/json' });
      if (page.media.length === 0) throw noMediaRefusal(noMediaReason(page), host, page);
      return page;
    }
    // The HTML parser is loaded only when needed.
    const { readPage } = await import('./page.js');
    const { page, asksPassword } = await readPage(text, url, this.#judge);
    if (page.media.length > 0) return page;
    if (asksPassword)
      throw new FetchRefusalError(
        'fetch.login',
        message('fetching.refused.login', { how: 'page', host, status: '' }),
      );
    throw noMediaRefusal(noMediaReason(page), host, page);
  }
}

const isUsableStatus = (status: number): boolean => status === 200 || status === 203;

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** The body of a failed robots.txt is recorded too, once per host and redirect. */
const robotsLimits = ({ status }: ResponseHead): BodyLimits =>
  isSuccess(status)
    ? { bytes: limits.robotsBytes, unpackedBytes: limits.robotsBytes, truncates: true }
    : { bytes: OTHER_BODY_BYTES, truncates: true };

const typeOf = (headers: ResponseHead['headers']): string =>
  (headers['content-type'] ?? '').slice(0, coreLimits.declaredMediaTypeCharacters);

const PLAYLIST = /^\uFEFF?\s*(#EXTM3U|<\?xml[^>]{0,512}\?>\s*<MPD[\s>]|<MPD[\s>])/;
const HTML = /^<(!doctype\s+html|html|head|body)[\s>]/i;

/**
 * Returns the text after a byte order mark, an XML declaration and comments. Works step by step: a single pattern over
 * all comments would backtrack, and forty comments could block the process.
 */
function skipComments(text: string): string {
  let rest = text.replace(/^\uFEFF?\s*(<\?xml[^>]{0,512}\?>\s*)?/, '');
  while (rest.startsWith('<!--')) {
    const end = rest.indexOf('-->', 4);
    if (end < 0) return '';
    rest = rest.slice(end + 3).trimStart();
  }
  return rest;
}

/** Decides by the bytes if they are conclusive, otherwise by the declared media type. */
async function detectContent(
  { path, bytes }: HttpResponse['body'],
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
  if (HTML.test(skipComments(start))) return 'page';
  // Only the head decides; later bytes are not read.
  const beyond = () => Buffer.alloc(0);
  const { container } = await detectMediaType(beyond, head, head.length);
  // Archives and documents count as media, since their content is inspected.
  if (container !== 'other') return 'medium';
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'page';
  if (type === 'application/json' || type.endsWith('+json')) return 'json';
  // An unknown format that is declared as media is left to the report.
  return /^(image|video|audio)\//.test(type) ? 'medium' : 'other';
}

const noMediaReason = ({
  players = [],
  isCut,
  leftOut,
}: MediaPage): 'player' | 'cut' | 'unlisted' | 'other' =>
  leftOut !== undefined ? 'unlisted' : players.length > 0 ? 'player' : isCut ? 'cut' : 'other';

function noMediaRefusal(
  what: 'empty' | 'type' | 'player' | 'cut' | 'unlisted' | 'other',
  host: string,
  { type = '', players = [] }: { type?: string; players?: readonly Player[] } = {},
): FetchRefusalError {
  const hosts = [...new Set(players.flatMap((one) => one.host ?? []))].slice(0, 5);
  return new FetchRefusalError(
    'fetch.noMedia',
    message('fetching.refused.noMedia', {
      what: what === 'type' && type === '' ? 'untyped' : what,
      host,
      type,
      players: hosts.length === 0 ? [host] : hosts,
    }),
  );
}

const redirectRefusal = (where: 'loop' | 'nowhere' | 'other', most: number) =>
  new FetchRefusalError('fetch.redirects', message('fetching.refused.redirects', { where, most }));

/** Error of the HTTP parser for a malformed or oversized head. An early end is handled separately. */
const isMalformedResponse = (code: string): boolean =>
  code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE';

/** Returns the system's or Node's error code, in a form that is safe to show. */
function errorCodeOf(error: unknown): string {
  for (let each: unknown = error; each instanceof Error; each = each.cause)
    if ('code' in each && typeof each.code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(each.code))
      return each.code;
  return 'failed';
}
