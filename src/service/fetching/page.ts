import { setImmediate as nextTurn } from 'node:timers/promises';
import { Parser } from 'htmlparser2';
import { asText } from '../../base/json-shape.js';
import type { LinkPolicy } from './address-policy.js';
import { MediaCandidates } from './candidates.js';
import { fetchLimits as limits } from './fetch-limits.js';
import type { MediaPage } from './fetched.js';
import { LinkedDataReader, parsePixels } from './linked-data.js';
import { largestCandidate } from './srcset.js';

export interface ReadPage {
  page: MediaPage;
  /** The page asks for a password, so content behind a login is missing. */
  asksPassword: boolean;
}

/** Characters parsed before other tasks get a turn. */
const SLICE_CHARACTERS = 64 * 1024;

/** Reads the media in a page and its players without a file. Requests none of them. */
export async function readPage(html: string, url: URL, judge: LinkPolicy): Promise<ReadPage> {
  const gatherer = new MediaCollector(url, judge);
  const parser = new Parser(gatherer.handler, { decodeEntities: true });
  for (let at = 0; at < html.length && !gatherer.isFull; at += SLICE_CHARACTERS) {
    parser.write(html.slice(at, at + SLICE_CHARACTERS));
    await nextTurn();
  }
  // Closes open elements, so that their content is collected.
  parser.end();
  return gatherer.read();
}

type Attributes = Readonly<Record<string, string | undefined>>;

class MediaCollector {
  readonly #url: URL;
  readonly #candidates: MediaCandidates;
  readonly #linked: LinkedDataReader;
  readonly #social: SocialMetadata;
  /** Open `video` or `audio` element, and whether it has named a file or a playlist. */
  #playing: { kind: 'video' | 'audio'; isNamed: boolean } | undefined;
  #title: string | undefined;
  #text: { of: 'title' | 'linked'; parts: string[] } | undefined;
  #asksPassword = false;
  #elements = 0;
  #depth = 0;
  isFull = false;

  constructor(url: URL, judge: LinkPolicy) {
    this.#url = url;
    this.#candidates = new MediaCandidates(url, judge);
    this.#linked = new LinkedDataReader(this.#candidates);
    this.#social = new SocialMetadata(this.#candidates);
  }

  readonly handler = {
    onopentag: (name: string, attributes: Attributes) => {
      this.#elements += 1;
      this.#depth += 1;
      if (this.#elements > limits.elements || this.#depth > limits.depth) this.isFull = true;
      if (!this.isFull) this.#open(name, attributes);
    },
    ontext: (text: string) => {
      this.#text?.parts.push(text);
    },
    onclosetag: (name: string) => {
      this.#depth -= 1;
      this.#close(name);
    },
  };

  read(): ReadPage {
    this.#social.end();
    const title = asText(
      (this.#title ?? this.#social.title)?.replace(/\s+/g, ' ').trim(),
      limits.titleCharacters,
    );
    return {
      page: {
        url: this.#url.href,
        ...(title === undefined ? {} : { title }),
        ...this.#candidates.found(),
        ...(this.isFull || this.#linked.isCut ? { isCut: true } : {}),
      },
      asksPassword: this.#asksPassword,
    };
  }

  #open(name: string, attributes: Attributes): void {
    switch (name) {
      case 'base':
        if (attributes['href'] !== undefined) this.#candidates.setBase(attributes['href']);
        break;
      case 'title':
        if (this.#title === undefined) this.#text = { of: 'title', parts: [] };
        break;
      case 'meta':
        this.#social.meta(attributes);
        break;
      case 'link':
        if (/^application\/(json|ld\+json)\+oembed/i.test(attributes['type'] ?? ''))
          this.#candidates.mention({
            address: attributes['href'],
            kind: 'unknown',
            from: 'oembed',
            alt: attributes['title'],
          });
        break;
      case 'script':
        if (/^\s*application\/ld\+json/i.test(attributes['type'] ?? ''))
          this.#text = { of: 'linked', parts: [] };
        break;
      case 'video':
      case 'audio':
        this.#play(name, attributes);
        break;
      case 'source':
        this.#source(attributes);
        break;
      case 'img':
      case 'amp-img':
        this.#picture(attributes);
        break;
      case 'iframe':
      case 'embed':
        this.#candidates.frame(attributes['src'] ?? attributes['data-src']);
        break;
      case 'input':
        if (attributes['type']?.trim().toLowerCase() === 'password') this.#asksPassword = true;
        break;
    }
  }

  #close(name: string): void {
    if ((name === 'title' || name === 'script') && this.#text !== undefined) {
      const { of, parts } = this.#text;
      this.#text = undefined;
      if (of === 'title') this.#title = parts.join('');
      else this.#linked.read(parts.join(''));
    }
    if (name === this.#playing?.kind) {
      // A script fills the element.
      if (!this.#playing.isNamed) this.#candidates.play('script');
      this.#playing = undefined;
    }
  }

  #play(kind: 'video' | 'audio', attributes: Attributes): void {
    const address = attributes['src'] ?? attributes['data-src'];
    this.#playing = { kind, isNamed: (address ?? '').trim() !== '' };
    this.#candidates.mention({ address, kind, from: kind, type: attributes['type'] });
    this.#candidates.mention({ address: attributes['poster'], kind: 'image', from: kind });
  }

  #source(attributes: Attributes): void {
    const { type } = attributes as { type?: string };
    if (this.#playing !== undefined) {
      const { kind } = this.#playing;
      this.#playing.isNamed ||= (attributes['src'] ?? '').trim() !== '';
      this.#candidates.mention({ address: attributes['src'], kind, from: kind, type });
    } else this.#largest(attributes, type);
  }

  #picture(attributes: Attributes): void {
    if (this.#largest(attributes)) return;
    const address = attributes['data-src'] ?? attributes['src'];
    const width = parsePixels(attributes['width']);
    this.#candidates.mention({ address, kind: 'image', from: 'img', width, alt: attributes['alt'] });
  }

  #largest(attributes: Attributes, type?: string): boolean {
    const srcset = attributes['data-srcset'] ?? attributes['srcset'] ?? '';
    const largest = largestCandidate(srcset.slice(0, limits.srcsetCharacters));
    if (largest === undefined) return false;
    const { url: address, width } = largest;
    this.#candidates.mention({ address, kind: 'image', from: 'srcset', type, width, alt: attributes['alt'] });
    return true;
  }
}

/** Collects metadata for sharing: Open Graph and Twitter cards. Properties follow the medium they describe. */
class SocialMetadata {
  readonly #candidates: MediaCandidates;
  #open: { kind: 'image' | 'video' | 'audio'; address: string; facts: Record<string, string> } | undefined;
  readonly #card = new Map<string, string>();
  title: string | undefined;

  constructor(candidates: MediaCandidates) {
    this.#candidates = candidates;
  }

  meta(attributes: Attributes): void {
    const name = (attributes['property'] ?? attributes['name'] ?? '').trim().toLowerCase();
    const content = attributes['content'];
    if (content === undefined) return;
    if (name === 'og:title') this.title ??= content;
    const [, kind, fact = 'url'] = /^og:(image|video|audio)(?::([a-z_]+))?$/.exec(name) ?? [];
    if (kind !== undefined) this.#graph(kind as 'image' | 'video' | 'audio', fact, content);
    // The first value counts, and the number is limited because a page may contain any number of them.
    if (name.startsWith('twitter:') && this.#card.size < MAX_CARD_PROPERTIES && !this.#card.has(name))
      this.#card.set(name, content);
  }

  end(): void {
    this.#flush();
    const card = (name: string) => this.#card.get(`twitter:${name}`);
    const alt = card('image:alt');
    for (const name of ['image', 'image:src'])
      this.#candidates.mention({ address: card(name), kind: 'image', from: 'twitter', alt });
    const type = card('player:stream:content_type');
    this.#candidates.mention({ address: card('player:stream'), kind: 'video', from: 'twitter', type });
    this.#candidates.frame(card('player'));
  }

  #graph(kind: 'image' | 'video' | 'audio', fact: string, content: string): void {
    const open = this.#open;
    const isSame = open?.kind === kind;
    if (fact === 'secure_url' && isSame) open.address = content;
    // Adjacent `og:image` and `og:image:url` name the same medium.
    else if (fact === 'url' || fact === 'secure_url') {
      if (isSame && open.address === content) return;
      this.#flush();
      this.#open = { kind, address: content, facts: {} };
    } else if (isSame && (fact === 'width' || fact === 'alt' || fact === 'type')) open.facts[fact] = content;
  }

  #flush(): void {
    if (this.#open === undefined) return;
    const { kind, address, facts } = this.#open;
    this.#open = undefined;
    const { type, alt, width } = facts as { type?: string; alt?: string; width?: string };
    this.#candidates.mention({ address, kind, from: 'og', type, alt, width: parsePixels(width) });
  }
}

const MAX_CARD_PROPERTIES = 64;
