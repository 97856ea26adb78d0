import { asRecord } from '../../base/json-shape.js';
import { readSources, type TrustSource } from '../../core/trust/lists/trust-sources.js';

/** Editable form of `sources.json`; entries of other files are preserved. */
export class SourcesFile {
  readonly #entries: Map<string, unknown>;
  readonly #sources: ReadonlyMap<string, TrustSource>;

  private constructor(entries: Map<string, unknown>, sources: ReadonlyMap<string, TrustSource>) {
    this.#entries = entries;
    this.#sources = sources;
  }

  /** An unreadable file describes nothing, so replacing it loses nothing. */
  static read(bytes: Buffer | undefined): SourcesFile {
    const answer = bytes && readSources(bytes);
    if (!bytes || !answer || 'fault' in answer) return new SourcesFile(new Map(), new Map());
    const record = asRecord(JSON.parse(bytes.toString('utf8'))) ?? {};
    return new SourcesFile(new Map(Object.entries(record)), answer.sources);
  }

  /** Returns the source of exactly these bytes under this name. */
  find(file: string, sha256: string): TrustSource | undefined {
    const source = this.#sources.get(file);
    return source?.sha256 === sha256 ? source : undefined;
  }

  /** Returns true if it records other bytes under this name: a truncated copy, or a list that was changed. */
  contradicts(file: string, sha256: string): boolean {
    const named = this.#sources.get(file)?.sha256;
    return named !== undefined && named !== sha256;
  }

  /** If both describe the same bytes, members that the new entry lacks are preserved, and the later fetch date wins. */
  describe(file: string, sha256: string, source: TrustSource): void {
    const before = this.find(file, sha256);
    const later = [before?.fetchedAt, source.fetchedAt]
      .filter((time) => time !== undefined)
      .sort((a, b) => Date.parse(a) - Date.parse(b))
      .at(-1);
    this.#entries.set(file, {
      ...before,
      ...source,
      ...(later === undefined ? {} : { fetchedAt: later }),
      sha256,
    });
  }

  bytes(): Buffer {
    return Buffer.from(`${JSON.stringify(Object.fromEntries(this.#entries), null, 1)}\n`);
  }
}
