import { tmpdir } from 'node:os';
import { ObjectSource } from './s3/source.js';
import { Scratch } from './scratch.js';

export interface Surroundings {
  /** As Amazon's own tools read it. */
  env: Readonly<Record<string, string | undefined>>;
  /** Nothing more is fetched once it aborts. */
  interrupted?: AbortSignal;
  /** Bytes a second that are fetched, all together. */
  bandwidth?: number | undefined;
  /** Bytes that are held here at a time, fetched and not yet read. */
  mostBytes?: number | undefined;
  /** Networks that no store may be in (`ASSAY_FETCH_DENY`). */
  denied: readonly string[];
}

/** Objects that are fetched or wait to be read, beside the files that are being read. */
export const USUAL_PREFETCH = 32;
export const USUAL_PREFETCH_BYTES = 512 * 1024 ** 2;

/** Bytes that a scan has to bring here before they can be read, and the room for them, made on first use. */
export class Elsewhere {
  readonly source: ObjectSource;
  readonly #mostBytes: number;
  #scratch: Scratch | undefined;

  constructor({
    env,
    interrupted = new AbortController().signal,
    bandwidth,
    mostBytes = USUAL_PREFETCH_BYTES,
    denied,
  }: Surroundings) {
    this.#mostBytes = mostBytes;
    const endpoint = env['AWS_ENDPOINT_URL_S3'] || env['AWS_ENDPOINT_URL'];
    const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
    this.source = new ObjectSource(
      { ...(endpoint && { endpoint }), ...(region && { region }), ...(bandwidth && { bandwidth }), denied },
      () => this.scratch,
      interrupted,
    );
  }

  readonly objects: ObjectSource['objectsAt'] = (path, options) => this.source.objectsAt(path, options);

  get scratch(): Scratch {
    this.#scratch ??= Scratch.begin(tmpdir(), { mostBytes: this.#mostBytes });
    return this.#scratch;
  }

  end(): void {
    this.source.end();
    this.#scratch?.end();
  }
}
