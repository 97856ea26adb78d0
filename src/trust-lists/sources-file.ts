import { asRecord } from '../core/ground/json-shape.js';
import { readSources, type TrustSource } from '../core/trust/trust-sources.js';

/** `sources.json` on its way to be written again: what it says of other files is kept as it was. */
export class SourcesFile {
  readonly #entries: Map<string, unknown>;
  readonly #sources: ReadonlyMap<string, TrustSource>;

  private constructor(entries: Map<string, unknown>, sources: ReadonlyMap<string, TrustSource>) {
    this.#entries = entries;
    this.#sources = sources;
  }

  /** One that cannot be read describes nothing, so nothing is lost by writing a new one. */
  static read(bytes: Buffer | undefined): SourcesFile {
    const answer = bytes && readSources(bytes);
    if (!bytes || !answer || 'fault' in answer) return new SourcesFile(new Map(), new Map());
    const record = asRecord(JSON.parse(bytes.toString('utf8'))) ?? {};
    return new SourcesFile(new Map(Object.entries(record)), answer.sources);
  }

  /** What is known of exactly these bytes under this name. */
  of(file: string, sha256: string): TrustSource | undefined {
    const source = this.#sources.get(file);
    return source?.sha256 === sha256 ? source : undefined;
  }

  /** It names other bytes under this name: a copy that broke off, or a list that somebody changed. */
  denies(file: string, sha256: string): boolean {
    const named = this.#sources.get(file)?.sha256;
    return named !== undefined && named !== sha256;
  }

  /** Both of the same bytes: what the new one does not know stays, and the last time they were fetched counts. */
  describe(file: string, sha256: string, source: TrustSource): void {
    const before = this.of(file, sha256);
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
