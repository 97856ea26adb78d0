import { basename, dirname, join } from 'node:path';
import { decodePath } from '../../base/path-text.js';
import { openAt, openFolder } from '../../core/media/plain-path.js';

/**
 * Finds the initialization segment of a file in a DASH or HLS folder: the one named by a manifest in that folder, or
 * else the only file named as such. Only names and manifests are read, never media, and nothing is fetched.
 */

export const streamLimits = {
  /** Names per folder; larger folders are skipped. */
  names: 20_000,
  /** Manifests per folder, and bytes of each: those of films of several hours have about 2 MB. */
  manifests: 32,
  manifestBytes: 4 * 1024 ** 2,
  /** Entries per manifest. */
  rules: 50_000,
  /** Number placeholders in a name of a DASH template. */
  numbers: 4,
  /** Folders cached. */
  folders: 64,
} as const;

/** Endings used by segments alone (CMAF, ISO/IEC 23000-19), and those that whole files use too. */
const SEGMENT = /\.(m4s|cmfv|cmfa|cmft)$/i;
const POSSIBLE_SEGMENT = /\.(mp4|m4v|m4a)$/i;
const NAMED_INIT = /(^|[^a-z])init([^a-z]|$)/i;
const MANIFEST = /\.(mpd|m3u8)$/i;

interface Stream {
  init: string;
  /** Segments by name, or by a pattern of names. */
  names: ReadonlySet<string>;
  pattern?: RegExp;
}

interface StreamFolder {
  streams: readonly Stream[];
  inits: readonly string[];
}

/** Finds init segments, with a cache of folders. */
export class StreamInits {
  readonly #folders = new Map<string, Promise<StreamFolder>>();
  readonly #mostNames: number;

  constructor(mostNames: number = streamLimits.names) {
    this.#mostNames = mostNames;
  }

  /** Returns the path of the init segment; `undefined` if none is known. Files that cannot be segments need no look-up. */
  async find(path: string): Promise<string | undefined> {
    const name = basename(path);
    const isSegment = SEGMENT.test(name);
    if (!isSegment && !POSSIBLE_SEGMENT.test(name)) return undefined;
    const folder = await this.#folder(dirname(path));
    if (folder.streams.some(({ init }) => init === name)) return undefined;
    const said = new Set(folder.streams.filter((one) => belongsTo(one, name)).map(({ init }) => init));
    // If manifests disagree or there are several init segments, none is used.
    const [init, ...others] = said.size > 0 ? said : isSegment && !NAMED_INIT.test(name) ? folder.inits : [];
    return init === undefined || others.length > 0 ? undefined : join(dirname(path), init);
  }

  #folder(path: string): Promise<StreamFolder> {
    const known =
      this.#folders.get(path) ?? readStreamFolder(path, this.#mostNames).catch(() => EMPTY_FOLDER);
    this.#folders.delete(path);
    this.#folders.set(path, known);
    const [oldest] = this.#folders.keys();
    if (this.#folders.size > streamLimits.folders && oldest !== undefined) this.#folders.delete(oldest);
    return known;
  }
}

const EMPTY_FOLDER: StreamFolder = { streams: [], inits: [] };

const belongsTo = ({ names, pattern }: Stream, name: string): boolean =>
  names.has(name) || pattern?.test(name) === true;

async function readStreamFolder(path: string, mostNames: number): Promise<StreamFolder> {
  const names = new Set<string>();
  const folder = await openFolder(path);
  try {
    for (let entry = await folder.read(); entry !== null; entry = await folder.read()) {
      if (names.size >= mostNames) return EMPTY_FOLDER;
      if (entry.isFile()) names.add(decodePath(entry.name));
    }
  } finally {
    await folder.close();
  }
  const streams: Stream[] = [];
  const manifests = [...names].filter((name) => MANIFEST.test(name)).sort();
  for (const name of manifests.slice(0, streamLimits.manifests)) {
    const text = await readManifestText(join(path, name));
    streams.push(...(/\.mpd$/i.test(name) ? parseDash(text) : parseHls(text)));
  }
  return {
    streams: streams.filter(({ init }) => names.has(init)),
    inits: [...names].filter(
      (name) => NAMED_INIT.test(name) && (SEGMENT.test(name) || POSSIBLE_SEGMENT.test(name)),
    ),
  };
}

/** Returns the text of a manifest; empty if the file is too large to be one. */
async function readManifestText(path: string): Promise<string> {
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

/** Returns a name in the manifest's own folder; `undefined` for any other address. */
function localName(address: string): string | undefined {
  const [bare = ''] = address.replace(/^\.\//, '').split(/[?#]/);
  try {
    const name = decodeURIComponent(bare);
    return name === '' || /[/\\:\0]/.test(name) ? undefined : name;
  } catch {
    return undefined;
  }
}

/** RFC 8216 §4.3.2.5: `EXT-X-MAP` applies to all following segments until the next one. */
export function parseHls(text: string): Stream[] {
  const streams = new Map<string, Set<string>>();
  let init: string | undefined;
  let rules = 0;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#EXT-X-MAP:')) {
      const [, address = ''] = /[:,]URI="([^"]{1,2048})"/.exec(line) ?? [];
      // An init segment that is a byte range has no file of its own.
      init = /[:,]BYTERANGE=/.test(line) ? undefined : localName(address);
    } else if (init !== undefined && line !== '' && !line.startsWith('#')) {
      const name = localName(line.trim());
      rules += 1;
      if (rules > streamLimits.rules) break;
      if (name !== undefined && name !== init) streams.set(init, (streams.get(init) ?? new Set()).add(name));
    }
  }
  return [...streams].map(([init, names]) => ({ init, names }));
}

type Attributes = Readonly<Record<string, string>>;

/** Attributes of a period, adaptation set or representation, inherited by its children. */
interface DashLevel {
  element: string;
  template: Attributes;
  /** Init segment of a `SegmentList`. */
  init?: string | undefined;
  of?: Attributes;
}

/**
 * ISO/IEC 23009-1 §5.3.9: templates and lists of segments. With a `BaseURL` the names belong to another folder, so the
 * manifest is ignored.
 */
export function parseDash(text: string): Stream[] {
  if (/<BaseURL[\s>]/.test(text)) return [];
  const dash = new DashParser();
  let rules = 0;
  for (const [, close, element = '', written = '', empty] of text.matchAll(TAG)) {
    rules += 1;
    if (rules > streamLimits.rules) break;
    if (close === '') dash.begin(element, parseAttributes(written));
    if (LEVELS.has(element) && (close !== '' || empty !== '')) dash.end();
  }
  return dash.streams;
}

/** Collects the streams of a DASH manifest from its elements in order. */
class DashParser {
  readonly #templates: Stream[] = [];
  readonly #lists = new Map<string, Set<string>>();
  readonly #levels: DashLevel[] = [];

  begin(element: string, attributes: Attributes): void {
    const level = this.#levels.at(-1);
    if (LEVELS.has(element)) {
      this.#levels.push({ element, template: level?.template ?? {}, of: attributes });
      return;
    }
    if (level === undefined) return;
    if (element === 'SegmentTemplate') level.template = { ...level.template, ...attributes };
    if (element === 'Initialization') level.init = localName(attributes['sourceURL'] ?? '');
    if (element === 'SegmentURL') this.#listed(level, localName(attributes['media'] ?? ''));
  }

  end(): void {
    const ended = this.#levels.pop();
    if (ended?.element === 'Representation') this.#templates.push(...streamsOfTemplate(ended));
  }

  #listed({ init }: DashLevel, name: string | undefined): void {
    if (init === undefined || name === undefined) return;
    this.#lists.set(init, (this.#lists.get(init) ?? new Set()).add(name));
  }

  get streams(): Stream[] {
    return [...this.#templates, ...[...this.#lists].map(([init, names]) => ({ init, names }))];
  }
}

/** The attributes match lazily, so that the closing slash is not part of them. */
const TAG = /<(\/?)([A-Za-z][\w.-]{0,63})((?:\s[^<>]{0,4096}?)?)(\/?)>/g;
const LEVELS: ReadonlySet<string> = new Set(['Period', 'AdaptationSet', 'Representation']);

function parseAttributes(written: string): Attributes {
  const found = [...written.matchAll(/([\w:.-]{1,64})\s{0,8}=\s{0,8}"([^"]{0,2048})"/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]));
}

/**
 * ISO/IEC 23009-1 §5.3.9.4.4: `$RepresentationID$`, `$Bandwidth$`, `$Number%05d$`, `$Time$`, and `$$` for a dollar
 * sign.
 */
function streamsOfTemplate({ template, of = {} }: DashLevel): Stream[] {
  const fixed = (text: string) =>
    text.replaceAll('$RepresentationID$', of['id'] ?? '').replaceAll('$Bandwidth$', of['bandwidth'] ?? '');
  const init = localName(fixed(template['initialization'] ?? ''));
  const media = localName(fixed(template['media'] ?? '').replaceAll(/%0\d{1,2}d\$/g, '$'));
  if (init === undefined || media === undefined) return [];
  const pieces = media.split(/\$(?:Number|Time)\$/);
  if (pieces.length - 1 > streamLimits.numbers || pieces.length < 2) return [];
  const pattern = pieces
    .map((piece) => piece.replaceAll('$$', '$').replace(REGEXP_SPECIAL, '\\$&'))
    .join('\\d{1,20}');
  return [{ init, names: new Set(), pattern: new RegExp(`^${pattern}$`) }];
}

const REGEXP_SPECIAL = /[.*+?^${}()|[\]\\]/g;
