import { asText } from '../core/ground/json-shape.js';
import { fetchLimits as limits } from './fetch-limits.js';
import { type FetchRefusal, MEDIUM_SOURCES, type Medium, type Page, type Player } from './fetched.js';
import type { Judge } from './judge.js';
import { Refusal } from './refusal.js';

/** What a page says of a medium, before anything is made of it. */
export interface Mention {
  address: string | undefined;
  kind: Medium['kind'];
  from: Medium['from'];
  /** As the page says. */
  type?: string | undefined;
  width?: number | undefined;
  alt?: string | undefined;
}

/** Pixels; beyond them nothing is a picture that anybody would ask about: it counts visitors. */
const LEAST_WIDTH = 3;

/** The media and players of one page: each address once, as many as there is room for, the others counted. */
export class Candidates {
  readonly #judge: Judge;
  /** By source, so that none of them takes the room of another. */
  readonly #media = new Map<Medium['from'], Medium[]>(MEDIUM_SOURCES.map((from) => [from, []]));
  readonly #known = new Map<string, Medium>();
  readonly #players = new Map<string, Player>();
  #base: URL;
  #isBaseSet = false;
  #leftOut = 0;

  constructor(url: URL, judge: Judge) {
    this.#base = url;
    this.#judge = judge;
  }

  /** The first one counts, as in a browser. */
  setBase(address: string): void {
    if (this.#isBaseSet || !URL.canParse(address, this.#base.href)) return;
    this.#isBaseSet = true;
    const base = new URL(address, this.#base);
    // Nothing could be found from another one (`data:`), nor does a browser take it.
    if (base.protocol === 'http:' || base.protocol === 'https:') this.#base = base;
  }

  mention({ address, kind, from, type = '', width, alt }: Mention): void {
    const text = address?.trim() ?? '';
    if (text === '' || (width !== undefined && width < LEAST_WIDTH)) return;
    if (/^blob:|^mediasource:/i.test(text)) {
      this.play('script');
      return;
    }
    const judged = this.#judged(text);
    if (judged === undefined) return;
    const { url, refused } = judged;
    const known = this.#known.get(url.href);
    if (isStream(url, type)) this.play('stream', url.host);
    else if (isFrame(type)) this.play('frame', url.host);
    else if (known !== undefined) add(known, { width, alt });
    else
      this.#list(
        { url: url.href, kind: kindBy(type) ?? kind, from, ...(refused === undefined ? {} : { refused }) },
        { width, alt },
      );
  }

  #list(medium: Medium, facts: Pick<Mention, 'width' | 'alt'>): void {
    const of = this.#media.get(medium.from) ?? [];
    if (of.length >= limits.candidates) {
      this.#leftOut += 1;
      return;
    }
    add(medium, facts);
    of.push(medium);
    this.#known.set(medium.url, medium);
  }

  play(kind: Player['kind'], host?: string): void {
    const key = `${kind} ${host ?? ''}`;
    if (this.#players.size < limits.players && !this.#players.has(key))
      this.#players.set(key, { kind, ...(host === undefined ? {} : { host }) });
  }

  /** The same of a page within the page. */
  frame(address: string | undefined): void {
    const text = address?.trim() ?? '';
    if (text === '' || !URL.canParse(text, this.#base.href)) return;
    const { protocol, host } = new URL(text, this.#base);
    if (protocol === 'http:' || protocol === 'https:') this.play('frame', host);
  }

  found(): Pick<Page, 'media' | 'leftOut' | 'players'> {
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

  /** Absolute, and what would be said of it by its address alone; undefined of what is no address of the web. */
  #judged(address: string): { url: URL; refused?: FetchRefusal } | undefined {
    try {
      return { url: this.#judge.taken(address, this.#base) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code } = error;
      if (code === 'fetch.off') return undefined;
      if (code === 'fetch.scheme' || code === 'fetch.credentials') {
        // No address that is asked for could be shown to choose; a picture within the page itself (`data:`) has none.
        if (isOfTheWeb(address, this.#base)) this.#leftOut += 1;
        return undefined;
      }
      const url = new URL(address, this.#base);
      url.hash = '';
      return { url, refused: code };
    }
  }
}

function isOfTheWeb(address: string, base: URL): boolean {
  if (/^(?!https?:)[a-z][a-z0-9+.-]*:/i.test(address)) return false;
  return URL.canParse(address, base.href);
}

function add(medium: Medium, { width, alt }: Pick<Mention, 'width' | 'alt'>): void {
  const words = asText(alt?.replace(/\s+/g, ' ').trim(), limits.altCharacters);
  if (words !== undefined && medium.alt === undefined) medium.alt = words;
  if (width !== undefined && (medium.width === undefined || width > medium.width)) medium.width = width;
}

/** Lists of pieces, which no program here puts together. */
const isStream = ({ pathname }: URL, type: string): boolean =>
  /\.(m3u8?|mpd|ism)$|\.ism\/manifest/i.test(pathname) || /mpegurl|dash\+xml|vnd\.ms-sstr/i.test(type);

const isFrame = (type: string): boolean => /^\s*(text\/html|application\/x-shockwave-flash)/i.test(type);

function kindBy(type: string): Medium['kind'] | undefined {
  const [, kind] = /^\s*(image|video|audio)\//i.exec(type) ?? [];
  return kind === undefined ? undefined : (kind.toLowerCase() as Medium['kind']);
}
