import { asText } from '../../base/json-shape.js';
import type { LinkPolicy } from './address-policy.js';
import { fetchLimits as limits } from './fetch-limits.js';
import { type FetchRefusal, MEDIUM_SOURCES, type MediaPage, type Medium, type Player } from './fetched.js';
import { FetchRefusalError } from './refusal.js';

/** Mention of a medium on a page, before it is judged. */
export interface Mention {
  address: string | undefined;
  kind: Medium['kind'];
  from: Medium['from'];
  /** Media type stated by the page. */
  type?: string | undefined;
  width?: number | undefined;
  alt?: string | undefined;
}

/** Pixels; a narrower picture is a tracking pixel. */
const MIN_WIDTH = 3;

/** Collects the media and players of one page: each address once, up to the limit; the rest is counted. */
export class MediaCandidates {
  readonly #judge: LinkPolicy;
  /** Grouped by source, so that no source uses up the limit of another. */
  readonly #media = new Map<Medium['from'], Medium[]>(MEDIUM_SOURCES.map((from) => [from, []]));
  readonly #known = new Map<string, Medium>();
  readonly #players = new Map<string, Player>();
  #base: URL;
  #isBaseSet = false;
  #leftOut = 0;

  constructor(url: URL, judge: LinkPolicy) {
    this.#base = url;
    this.#judge = judge;
  }

  /** Sets the base address; the first one counts, as in a browser. */
  setBase(address: string): void {
    if (this.#isBaseSet || !URL.canParse(address, this.#base.href)) return;
    this.#isBaseSet = true;
    const base = new URL(address, this.#base);
    // Ignores other schemes such as `data:`, which cannot resolve an address; browsers do the same.
    if (base.protocol === 'http:' || base.protocol === 'https:') this.#base = base;
  }

  mention({ address, kind, from, type = '', width, alt }: Mention): void {
    const text = address?.trim() ?? '';
    if (text === '' || (width !== undefined && width < MIN_WIDTH)) return;
    if (/^blob:|^mediasource:/i.test(text)) {
      this.play('script');
      return;
    }
    const judged = this.#judged(text);
    if (judged === undefined) return;
    const { url, refused } = judged;
    const known = this.#known.get(url.href);
    if (isPlaylist(url, type)) this.play('stream', url.host);
    else if (isFrame(type)) this.play('frame', url.host);
    else if (known !== undefined) addDetails(known, { width, alt });
    else
      this.#list(
        {
          url: url.href,
          kind: kindFromType(type) ?? kind,
          from,
          ...(refused === undefined ? {} : { refused }),
        },
        { width, alt },
      );
  }

  #list(medium: Medium, facts: Pick<Mention, 'width' | 'alt'>): void {
    const of = this.#media.get(medium.from) ?? [];
    if (of.length >= limits.candidates) {
      this.#leftOut += 1;
      return;
    }
    addDetails(medium, facts);
    of.push(medium);
    this.#known.set(medium.url, medium);
  }

  play(kind: Player['kind'], host?: string): void {
    const key = `${kind} ${host ?? ''}`;
    if (this.#players.size < limits.players && !this.#players.has(key))
      this.#players.set(key, { kind, ...(host === undefined ? {} : { host }) });
  }

  /** Records a page embedded in the page as a player. */
  frame(address: string | undefined): void {
    const text = address?.trim() ?? '';
    if (text === '' || !URL.canParse(text, this.#base.href)) return;
    const { protocol, host } = new URL(text, this.#base);
    if (protocol === 'http:' || protocol === 'https:') this.play('frame', host);
  }

  found(): Pick<MediaPage, 'media' | 'leftOut' | 'players'> {
    const all = [...this.#media.values()].flat();
    const media = all.slice(0, limits.candidates);
    const leftOut = this.#leftOut + all.length - media.length;
    const players = [...this.#players.values()];
    return {
      media,
      ...(leftOut === 0 ? {} : { leftOut }),
      ...(players.length === 0 ? {} : { players }),
    };
  }

  /**
   * Returns the absolute address and the refusal that follows from the address alone; `undefined` if it is not a web
   * address.
   */
  #judged(address: string): { url: URL; refused?: FetchRefusal } | undefined {
    try {
      return { url: this.#judge.check(address, this.#base) };
    } catch (error) {
      if (!(error instanceof FetchRefusalError)) throw error;
      const { code } = error;
      if (code === 'fetch.off') return undefined;
      if (code === 'fetch.scheme' || code === 'fetch.credentials') {
        // An address that is never requested cannot be offered for choice, so it is only counted; a picture within the
        // page itself (`data:`) has no address.
        if (isWebAddress(address, this.#base)) this.#leftOut += 1;
        return undefined;
      }
      const url = new URL(address, this.#base);
      url.hash = '';
      return { url, refused: code };
    }
  }
}

function isWebAddress(address: string, base: URL): boolean {
  if (/^(?!https?:)[a-z][a-z0-9+.-]*:/i.test(address)) return false;
  return URL.canParse(address, base.href);
}

function addDetails(medium: Medium, { width, alt }: Pick<Mention, 'width' | 'alt'>): void {
  const words = asText(alt?.replace(/\s+/g, ' ').trim(), limits.altCharacters);
  if (words !== undefined && medium.alt === undefined) medium.alt = words;
  if (width !== undefined && (medium.width === undefined || width > medium.width)) medium.width = width;
}

/** Playlists of segments, which this program does not assemble. */
const isPlaylist = ({ pathname }: URL, type: string): boolean =>
  /\.(m3u8?|mpd|ism)$|\.ism\/manifest/i.test(pathname) || /mpegurl|dash\+xml|vnd\.ms-sstr/i.test(type);

const isFrame = (type: string): boolean => /^\s*(text\/html|application\/x-shockwave-flash)/i.test(type);

function kindFromType(type: string): Medium['kind'] | undefined {
  const [, kind] = /^\s*(image|video|audio)\//i.exec(type) ?? [];
  return kind === undefined ? undefined : (kind.toLowerCase() as Medium['kind']);
}
