import { basename, dirname, join } from 'node:path';
import { pathOfBytes } from '../core/ground/path-text.js';
import { openAt, openFolder } from '../core/media/reach.js';

/**
 * Which initialisation segment a file of a DASH or HLS folder belongs to: what a manifest in that folder says, or else the one
 * file there that is named as such. Only names and manifests are looked at, never media, and nothing is fetched.
 */

export const streamLimits = {
  /** Names of a folder; one with more is not looked through. */
  names: 20_000,
  /** Manifests of a folder, and bytes of each: those of hours of film have some 2 MB. */
  manifests: 32,
  manifestBytes: 4 * 1024 ** 2,
  /** What one manifest names. */
  rules: 50_000,
  /** Places in a name of a DASH template that a number stands in. */
  numbers: 4,
  /** Folders that are remembered. */
  folders: 64,
} as const;

/** Endings that only segments have (CMAF, ISO/IEC 23000-19), and those that whole files have too. */
const SEGMENT = /\.(m4s|cmfv|cmfa|cmft)$/i;
const FRAGMENT = /\.(mp4|m4v|m4a)$/i;
const NAMED_INIT = /(^|[^a-z])init([^a-z]|$)/i;
const MANIFEST = /\.(mpd|m3u8)$/i;

interface Stream {
  init: string;
  /** By name, or by a pattern of names. */
  names: ReadonlySet<string>;
  pattern?: RegExp;
}

interface StreamFolder {
  streams: readonly Stream[];
  inits: readonly string[];
}

/** Finds them, folder by folder. */
export class StreamInits {
  readonly #folders = new Map<string, Promise<StreamFolder>>();
  readonly #mostNames: number;

  constructor(mostNames: number = streamLimits.names) {
    this.#mostNames = mostNames;
  }

  /** Its path, undefined where none is known. For other files than segments nothing is looked at. */
  async of(path: string): Promise<string | undefined> {
    const name = basename(path);
    const isSegment = SEGMENT.test(name);
    if (!isSegment && !FRAGMENT.test(name)) return undefined;
    const folder = await this.#folder(dirname(path));
    if (folder.streams.some(({ init }) => init === name)) return undefined;
    const said = new Set(folder.streams.filter((one) => isOf(one, name)).map(({ init }) => init));
    // Two manifests that differ, or several init segments, name none.
    const [init, ...others] = said.size > 0 ? said : isSegment && !NAMED_INIT.test(name) ? folder.inits : [];
    return init === undefined || others.length > 0 ? undefined : join(dirname(path), init);
  }

  #folder(path: string): Promise<StreamFolder> {
    const known = this.#folders.get(path) ?? look(path, this.#mostNames).catch(() => NOTHING);
    this.#folders.delete(path);
    this.#folders.set(path, known);
    const [oldest] = this.#folders.keys();
    if (this.#folders.size > streamLimits.folders && oldest !== undefined) this.#folders.delete(oldest);
    return known;
  }
}

const NOTHING: StreamFolder = { streams: [], inits: [] };

const isOf = ({ names, pattern }: Stream, name: string): boolean =>
  names.has(name) || pattern?.test(name) === true;

async function look(path: string, mostNames: number): Promise<StreamFolder> {
  const names = new Set<string>();
  const folder = await openFolder(path);
  try {
    for (let entry = await folder.read(); entry !== null; entry = await folder.read()) {
      if (names.size >= mostNames) return NOTHING;
      if (entry.isFile()) names.add(pathOfBytes(entry.name));
    }
  } finally {
    await folder.close();
  }
  const streams: Stream[] = [];
  const manifests = [...names].filter((name) => MANIFEST.test(name)).sort();
  for (const name of manifests.slice(0, streamLimits.manifests)) {
    const text = await textOf(join(path, name));
    streams.push(...(/\.mpd$/i.test(name) ? streamsOfDash(text) : streamsOfHls(text)));
  }
  return {
    streams: streams.filter(({ init }) => names.has(init)),
    inits: [...names].filter((name) => NAMED_INIT.test(name) && (SEGMENT.test(name) || FRAGMENT.test(name))),
  };
}

/** Empty where it is longer than a manifest is. */
async function textOf(path: string): Promise<string> {
  const file = await openAt(path);
  try {
    const { size } = await file.stat();
    if (size > streamLimits.manifestBytes) return '';
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    return bytes.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A name in the manifest's own folder; undefined for anything that leads elsewhere. */
function nameIn(address: string): string | undefined {
  const [bare = ''] = address.replace(/^\.\//, '').split(/[?#]/);
  try {
    const name = decodeURIComponent(bare);
    return name === '' || /[/\\:\0]/.test(name) ? undefined : name;
  } catch {
    return undefined;
  }
}

/** RFC 8216 §4.3.2.5: `EXT-X-MAP` holds for all segments that follow, until the next. */
export function streamsOfHls(text: string): Stream[] {
  const streams = new Map<string, Set<string>>();
  let init: string | undefined;
  let rules = 0;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#EXT-X-MAP:')) {
      const [, address = ''] = /[:,]URI="([^"]{1,2048})"/.exec(line) ?? [];
      // A range of a file is no file of its own.
      init = /[:,]BYTERANGE=/.test(line) ? undefined : nameIn(address);
    } else if (init !== undefined && line !== '' && !line.startsWith('#')) {
      const name = nameIn(line.trim());
      rules += 1;
      if (rules > streamLimits.rules) break;
      if (name !== undefined && name !== init) streams.set(init, (streams.get(init) ?? new Set()).add(name));
    }
  }
  return [...streams].map(([init, names]) => ({ init, names }));
}

type Attributes = Readonly<Record<string, string>>;

/** What holds for a period, a set or a representation, and for all that is in it. */
interface Level {
  element: string;
  template: Attributes;
  /** Of a `SegmentList`. */
  init?: string | undefined;
  of?: Attributes;
}

/** ISO/IEC 23009-1 §5.3.9: templates and lists of segments. With a `BaseURL` names are those of another folder. */
export function streamsOfDash(text: string): Stream[] {
  if (/<BaseURL[\s>]/.test(text)) return [];
  const dash = new Dash();
  let rules = 0;
  for (const [, close, element = '', written = '', empty] of text.matchAll(TAG)) {
    rules += 1;
    if (rules > streamLimits.rules) break;
    if (close === '') dash.begin(element, attributesIn(written));
    if (LEVELS.has(element) && (close !== '' || empty !== '')) dash.end();
  }
  return dash.streams;
}

/** What its elements come to, one after the other. */
class Dash {
  readonly #templates: Stream[] = [];
  readonly #lists = new Map<string, Set<string>>();
  readonly #levels: Level[] = [];

  begin(element: string, attributes: Attributes): void {
    const level = this.#levels.at(-1);
    if (LEVELS.has(element)) {
      this.#levels.push({ element, template: level?.template ?? {}, of: attributes });
      return;
    }
    if (level === undefined) return;
    if (element === 'SegmentTemplate') level.template = { ...level.template, ...attributes };
    if (element === 'Initialization') level.init = nameIn(attributes['sourceURL'] ?? '');
    if (element === 'SegmentURL') this.#listed(level, nameIn(attributes['media'] ?? ''));
  }

  end(): void {
    const ended = this.#levels.pop();
    if (ended?.element === 'Representation') this.#templates.push(...ofTemplate(ended));
  }

  #listed({ init }: Level, name: string | undefined): void {
    if (init === undefined || name === undefined) return;
    this.#lists.set(init, (this.#lists.get(init) ?? new Set()).add(name));
  }

  get streams(): Stream[] {
    return [...this.#templates, ...[...this.#lists].map(([init, names]) => ({ init, names }))];
  }
}

/** The attributes as short as can be: the slash at the end is no part of them. */
const TAG = /<(\/?)([A-Za-z][\w.-]{0,63})((?:\s[^<>]{0,4096}?)?)(\/?)>/g;
const LEVELS: ReadonlySet<string> = new Set(['Period', 'AdaptationSet', 'Representation']);

function attributesIn(written: string): Attributes {
  const found = [...written.matchAll(/([\w:.-]{1,64})\s{0,8}=\s{0,8}"([^"]{0,2048})"/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]));
}

/** §5.3.9.4.4: `$RepresentationID$`, `$Bandwidth$`, `$Number%05d$`, `$Time$`, and `$$` for the sign itself. */
function ofTemplate({ template, of = {} }: Level): Stream[] {
  const fixed = (text: string) =>
    text.replaceAll('$RepresentationID$', of['id'] ?? '').replaceAll('$Bandwidth$', of['bandwidth'] ?? '');
  const init = nameIn(fixed(template['initialization'] ?? ''));
  const media = nameIn(fixed(template['media'] ?? '').replaceAll(/%0\d{1,2}d\$/g, '$'));
  if (init === undefined || media === undefined) return [];
  const pieces = media.split(/\$(?:Number|Time)\$/);
  if (pieces.length - 1 > streamLimits.numbers || pieces.length < 2) return [];
  const pattern = pieces
    .map((piece) => piece.replaceAll('$$', '$').replace(SPECIAL, '\\$&'))
    .join('\\d{1,20}');
  return [{ init, names: new Set(), pattern: new RegExp(`^${pattern}$`) }];
}

const SPECIAL = /[.*+?^${}()|[\]\\]/g;
