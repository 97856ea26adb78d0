import type { Said } from '../say/said.js';
import type { FetchBounds } from './fetch-limits.js';
import type { FetchSettings } from './fetch-settings.js';

/** Why nothing came of a link. Stable, in the order of the exit codes of `assay fetch` (docs/fetch.md): add at the end. */
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

/** One request and what came back, as it is kept. */
export interface Exchange {
  /** What was asked, without a fragment. */
  url: string;
  purpose: 'robots' | 'link';
  /** RFC 3339, when it was asked. */
  at: string;
  /** The address that was connected to; left out where there was no connection. */
  address?: string;
  /** The head of the request as it was sent, with its empty line; latin1. Left out where nothing was sent. */
  request?: string;
  /** Left out where no head came. */
  response?: ExchangeResponse;
}

export interface ExchangeResponse {
  status: number;
  /** Status line, fields in their order and an empty line; latin1. The frame of a chunked body is taken off: see warc.ts. */
  head: string;
  /** The body as it came, packed where it came packed. */
  body: { path: string; bytes: number; sha256: string };
  /** Why the rest of it is not there, in the words of WARC. */
  truncated?: 'length' | 'time' | 'disconnect' | 'unspecified';
}

export interface Served {
  /** `host` or `host:port` of the last address. */
  host: string;
  /** The last address, after redirects. May hold personal data. */
  url: string;
  /** RFC 3339, when the answer began. */
  at: string;
  status: number;
  /** What the server said it is. */
  mediaType?: string;
  /** The address that was connected to. */
  address?: string;
  /** The server did not say where its answer ends: whether all of it came cannot be told. */
  isLengthUnknown?: true;
}

/** Where a page names a medium, in the order in which they are listed. */
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
  /** Absolute, http or https, without a name or password. */
  url: string;
  /** `unknown`: a description of it (oEmbed) that would have to be asked for. */
  kind: 'image' | 'video' | 'audio' | 'unknown';
  from: (typeof MEDIUM_SOURCES)[number];
  /** Pixels, as the page says. */
  width?: number;
  /** The page’s words. */
  alt?: string;
  /** Why it would be refused, as far as its address alone tells. */
  refused?: FetchRefusal;
}

/** Something that plays and of which the page names no file. */
export interface Player {
  kind: 'frame' | 'stream' | 'script';
  host?: string;
}

export interface Page {
  url: string;
  /** The page’s words. */
  title?: string;
  /** In the order of the page’s own preference: what it says to others first. */
  media: Medium[];
  /** Media beyond the bound. */
  leftOut?: number;
  players?: Player[];
  /** Not all of it was looked at: too many elements, or data that is too large or could not be read. */
  isCut?: true;
}

export interface Fetching {
  settings: FetchSettings;
  signal?: AbortSignal;
  limits?: Partial<FetchBounds>;
  /** Of this process: where bodies are written, each under a name of ours. Whoever made it clears it away. */
  folder: string;
}

export interface FetchedMedium {
  kind: 'medium';
  path: string;
  /** As the address names it: no path, not believed. */
  name: string;
  sizeBytes: number;
  served: Served;
  exchanges: Exchange[];
}

export type Fetched =
  | FetchedMedium
  | { kind: 'page'; page: Page; served: Served; exchanges: Exchange[] }
  | { kind: 'refused'; code: FetchRefusal; said: Said; exchanges: Exchange[] };
