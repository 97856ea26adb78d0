import type { FetchSettings } from '../../config/fetch-settings.js';
import type { Message } from '../../i18n/message.js';
import type { FetchLimits } from './fetch-limits.js';

/** Codes of refusal. Stable, in the order of the exit codes of `assay fetch` (docs/fetch.md): add new ones at the end. */
export const FETCH_REFUSALS = [
  'fetch.off',
  'fetch.scheme',
  'fetch.credentials',
  'fetch.host',
  'fetch.private',
  'fetch.robots',
  'fetch.redirects',
  'fetch.gone',
  'fetch.login',
  'fetch.status',
  'fetch.tooLarge',
  'fetch.timeout',
  'fetch.encoding',
  'fetch.unreachable',
  'fetch.noMedia',
] as const;
export type FetchRefusal = (typeof FETCH_REFUSALS)[number];

/** One request and its response, as recorded. */
export interface Exchange {
  /** Requested address without its fragment. */
  url: string;
  purpose: 'robots' | 'link';
  /** RFC 3339; time of the request. */
  at: string;
  /** Connected address; absent if no connection was made. */
  address?: string;
  /** Head of the request as sent, with its empty line; latin1. Absent if nothing was sent. */
  request?: string;
  /** Absent if no head arrived. */
  response?: ExchangeResponse;
}

export interface ExchangeResponse {
  status: number;
  /** Status line, fields in order and an empty line; latin1. The chunked framing is removed: see warc.ts. */
  head: string;
  /** Body as received, still compressed if it came compressed. */
  body: { path: string; bytes: number; sha256: string };
  /** Reason why the body is truncated, in the terms of WARC. */
  truncated?: 'length' | 'time' | 'disconnect' | 'unspecified';
}

export interface ServedResponse {
  /** `host` or `host:port` of the last address. */
  host: string;
  /** Last address after redirects. May contain personal data. */
  url: string;
  /** RFC 3339; time at which the response began. */
  at: string;
  status: number;
  /** Media type declared by the server. */
  mediaType?: string;
  /** Connected address. */
  address?: string;
  /** The server did not state the length, so completeness cannot be verified. */
  isLengthUnknown?: true;
}

/** Sources of media in a page, in the order of listing. */
export const MEDIUM_SOURCES = [
  'og',
  'twitter',
  'json-ld',
  'video',
  'audio',
  'srcset',
  'img',
  'oembed',
] as const;

export interface Medium {
  /** Absolute, http or https, without user name or password. */
  url: string;
  /** `unknown`: an oEmbed description, which would have to be requested. */
  kind: 'image' | 'video' | 'audio' | 'unknown';
  from: (typeof MEDIUM_SOURCES)[number];
  /** Pixels, as stated by the page. */
  width?: number;
  /** Text of the page. */
  alt?: string;
  /** Refusal that follows from the address alone. */
  refused?: FetchRefusal;
}

/** Player for which the page names no file. */
export interface Player {
  kind: 'frame' | 'stream' | 'script';
  host?: string;
}

export interface MediaPage {
  url: string;
  /** Text of the page. */
  title?: string;
  /** In the page's own order of preference: media named for sharing come first. */
  media: Medium[];
  /** Number of media beyond the limit. */
  leftOut?: number;
  players?: Player[];
  /** The page was read in part: it has too many elements, or data that is too large or unreadable. */
  isCut?: true;
}

export interface FetchContext {
  settings: FetchSettings;
  signal?: AbortSignal;
  limits?: Partial<FetchLimits>;
  /** Folder of this process for bodies; file names are generated. The caller removes it. */
  folder: string;
}

export interface FetchedMedium {
  kind: 'medium';
  path: string;
  /** File name from the address; contains no path and is not trusted. */
  name: string;
  sizeBytes: number;
  served: ServedResponse;
  exchanges: Exchange[];
}

export type FetchResult =
  | FetchedMedium
  | { kind: 'page'; page: MediaPage; served: ServedResponse; exchanges: Exchange[] }
  | { kind: 'refused'; code: FetchRefusal; userMessage: Message; exchanges: Exchange[] };
