import { tmpdir } from 'node:os';
import { ObjectSource } from './s3/source.js';
import { Scratch } from './scratch.js';

export interface Surroundings {
  /** As Amazon's own tools read it. */
  env: Readonly<Record<string, string | undefined>>;
  /** Nothing more is fetched once it aborts. */
  interrupted?: AbortSignal;
}

/** Bytes that a scan has to bring here before they can be read, and the room for them, made on first use. */
export class Elsewhere {
  readonly source: ObjectSource;
  #scratch: Scratch | undefined;

  constructor({ env, interrupted = new AbortController().signal }: Surroundings) {
    const endpoint = env['AWS_ENDPOINT_URL_S3'] || env['AWS_ENDPOINT_URL'];
    const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
    this.source = new ObjectSource(
      { ...(endpoint && { endpoint }), ...(region && { region }) },
      () => this.scratch,
      interrupted,
    );
  }

  readonly objects: ObjectSource['objectsAt'] = (path, options) => this.source.objectsAt(path, options);

  get scratch(): Scratch {
    this.#scratch ??= Scratch.begin(tmpdir());
    return this.#scratch;
  }

  end(): void {
    this.source.end();
    this.#scratch?.end();
  }
}
