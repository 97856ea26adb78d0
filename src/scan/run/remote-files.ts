import { tmpdir } from 'node:os';
import { ObjectSource } from '../sources/s3/source.js';
import { TempSpace } from '../sources/scratch.js';

export interface RemoteFileOptions {
  /** Environment as read by Amazon's own tools. */
  env: Readonly<Record<string, string | undefined>>;
  /** Stops fetching when it aborts. */
  interrupted?: AbortSignal;
  /** Bytes per second for all fetches together. */
  bandwidth?: number | undefined;
  /** Networks in which no store may be (`ASSAY_FETCH_DENY`). */
  denied: readonly string[];
}

/** Bytes of fetched objects that are not yet read. */
const PREFETCH_BYTES = 512 * 1024 ** 2;

/** Remote files of a scan and the temporary space for them, created on first use. */
export class RemoteFiles {
  readonly source: ObjectSource;
  #scratch: TempSpace | undefined;

  constructor({ env, interrupted = new AbortController().signal, bandwidth, denied }: RemoteFileOptions) {
    const endpoint = env['AWS_ENDPOINT_URL_S3'] || env['AWS_ENDPOINT_URL'];
    const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
    this.source = new ObjectSource(
      { ...(endpoint && { endpoint }), ...(region && { region }), ...(bandwidth && { bandwidth }), denied },
      () => this.scratch,
      interrupted,
    );
  }

  readonly objects: ObjectSource['findObjects'] = (path, options) => this.source.findObjects(path, options);

  get scratch(): TempSpace {
    this.#scratch ??= TempSpace.begin(tmpdir(), { mostBytes: PREFETCH_BYTES });
    return this.#scratch;
  }

  end(): void {
    this.source.end();
    this.#scratch?.end();
  }
}
