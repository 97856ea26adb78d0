import { again, hasKey, isRepeatable, type Retries } from './again.js';
import {
  type Batch,
  type Inspection,
  OPERATIONS,
  type Operations,
  type Rejudgement,
  type Report,
} from './api.js';
import { batchResults } from './batch.js';
import type { Answer, Arguments, Ask, Caller, How, OperationId } from './calls.js';
import { errorOf, secondsIn } from './error.js';
import { pause, within } from './pause.js';
import { idIn, type UploadOptions, upload } from './upload.js';

export type RejudgementChange = NonNullable<Rejudgement['changes']>[number];

export interface ClientOptions {
  /** Address of the service with its base path: `http://127.0.0.1:8080`. */
  url: string;
  /** API key, `assay_…`; omit it if the service requires none. */
  key?: string;
  /** Default: the platform's `fetch`. */
  fetch?: typeof fetch;
  /** Attempts for requests that the service refused for lack of capacity. */
  retries?: Retries;
}

type FormFields = Extract<Operations['createInspection']['body'], { file: Blob }>;
type UploadFields = Extract<Operations['createInspection']['body'], { upload: string }>;
type BatchFields = Operations['createBatch']['body'];

interface Once extends How {
  /** A request repeated with the same key has no second effect. Default: a new key for each call. */
  idempotencyKey?: string;
}

export interface InspectOptions extends Once {
  /** Name of the file in the Report. */
  name: string;
  /** Answers at once, and lets a worker inspect the file. */
  later?: boolean;
  fields?: Omit<FormFields, 'file'>;
}

export interface InspectUploadOptions extends Once {
  fields?: Omit<UploadFields, 'upload'>;
}

export interface BatchOptions extends Once {
  /** Options that apply to all files of the batch. */
  fields?: Omit<BatchFields, 'items'>;
}

export interface WaitOptions {
  /** If it has not ended by then, the call rejects with a `TimeoutError`. Default: 600. */
  withinSeconds?: number;
  signal?: AbortSignal;
}

/** Result for a file: its Report, or the address of its inspection. */
export type Inspected = { id: string; report: Report } | { id: string; inspection: Inspection };

const USUAL_PAUSE_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 600;
/** Asks the service to hold its answer back for up to this many seconds until there is a result. */
const WAITS = { Prefer: 'wait=20' };

/** Client of an Assay service. Rejects with an AssayError if the service refuses. */
export class AssayClient implements Caller {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = { ...options, url: options.url.replace(/\/+$/, '') };
  }

  /** Calls any operation of the API by its id. */
  async call<Id extends OperationId, A extends string = 'application/json'>(
    id: Id,
    ...[ask, how = {}]: Arguments<Id, A>
  ): Promise<Answer<Id, A>> {
    const response = await this.#send(id, (ask ?? {}) as Parts, how);
    return {
      status: response.status,
      headers: response.headers,
      body: await bodyOf(response),
    } as Answer<Id, A>;
  }

  /** Inspects one file and returns its Report, or its unfinished inspection. */
  async inspect(file: Blob, options: InspectOptions): Promise<Inspected> {
    const { name, later = false, fields = {}, idempotencyKey, headers = {}, ...how } = options;
    const answer = await this.call(
      'createInspection',
      {
        body: { file: new File([file], name, { type: file.type }), ...fields },
        headers: onceWith(idempotencyKey),
      },
      {
        ...how,
        accept: 'application/json',
        headers: { ...headers, ...(later ? { Prefer: 'respond-async' } : {}) },
      },
    );
    return inspected(answer);
  }

  /** Uploads a large file in parts, resumes after broken connections, and returns the id of the upload. */
  upload(file: Blob, options: UploadOptions = {}): Promise<string> {
    return upload(this, file, options);
  }

  /** Inspects a finished resumable upload, which is consumed by the call. */
  async inspectUpload(id: string, options: InspectUploadOptions = {}): Promise<Inspected> {
    const { fields = {}, idempotencyKey, ...how } = options;
    const answer = await this.call(
      'createInspection',
      { body: { upload: id, ...fields }, headers: onceWith(idempotencyKey) },
      { ...how, accept: 'application/json' },
    );
    return inspected(answer);
  }

  /** Inspects many files with the same options. */
  async batch(items: BatchFields['items'], options: BatchOptions = {}): Promise<Batch> {
    const { fields = {}, idempotencyKey, ...how } = options;
    const { body } = await this.call(
      'createBatch',
      { body: { items, ...fields }, headers: onceWith(idempotencyKey) },
      { ...how, accept: 'application/json' },
    );
    return body;
  }

  /** Yields the inspections of a batch, in the order of its items, with their Reports; returns the batch. */
  batchResults(id: string, { signal }: Pick<How, 'signal'> = {}): AsyncGenerator<Inspection, Batch> {
    return batchResults(this, id, signal);
  }

  /** Waits until an inspection has ended, and returns it: `done` with its Report, `failed` or `cancelled`. */
  async ended(id: string, options: WaitOptions = {}): Promise<Inspection> {
    return this.#until(options, async (signal) => {
      const ask = { path: { id } };
      const { status, headers, body } = await this.call('getInspection', ask, { signal, headers: WAITS });
      return status === 200 ? { end: body } : { pauseSeconds: secondsIn(headers) };
    });
  }

  /** Waits until no inspection of a batch waits or runs any more. */
  async batchEnded(id: string, options: WaitOptions = {}): Promise<Batch> {
    return this.#until(options, async (signal) => {
      const { headers, body } = await this.call('getBatch', { path: { id } }, { signal, headers: WAITS });
      return body.status === 'running' ? { pauseSeconds: secondsIn(headers) } : { end: body };
    });
  }

  async #until<T>(
    { withinSeconds = LONGEST_WAIT_SECONDS, signal }: WaitOptions,
    look: (signal: AbortSignal) => Promise<{ end: T } | { pauseSeconds: number | undefined }>,
  ): Promise<T> {
    const end = within(withinSeconds, signal);
    for (;;) {
      const seen = await look(end);
      if ('end' in seen) return seen.end;
      await pause(seen.pauseSeconds ?? USUAL_PAUSE_SECONDS, end);
    }
  }

  /** Yields, page by page and oldest first, how other laws change stored Reports. */
  async *rejudged(
    id: string,
    query: Operations['getRejudgement']['query'] = {},
  ): AsyncGenerator<RejudgementChange> {
    for (let cursor = query.cursor; ; ) {
      const { body } = await this.call('getRejudgement', {
        path: { id },
        query: { ...query, ...(cursor === undefined ? {} : { cursor }) },
      });
      yield* body.changes ?? [];
      if (body.next === undefined) return;
      cursor = body.next;
    }
  }

  /** Yields every matching inspection, newest first, page after page. */
  async *inspections(query: Operations['listInspections']['query'] = {}): AsyncGenerator<Inspection> {
    for (let cursor = query.cursor; ; ) {
      const { body } = await this.call('listInspections', {
        query: { ...query, ...(cursor === undefined ? {} : { cursor }) },
      });
      yield* body.inspections;
      if (body.next === undefined) return;
      cursor = body.next;
    }
  }

  /** Returns the raw response, for bodies that are too large to buffer. */
  async open<Id extends OperationId>(id: Id, ask: Ask<Id>, signal?: AbortSignal): Promise<Response> {
    return this.#send(id, ask as Parts, signal === undefined ? {} : { signal });
  }

  async #send(id: OperationId, parts: Parts, how: How): Promise<Response> {
    const given = { ...parts.headers, ...how.headers };
    const isMissing = OPERATIONS[id].takesKey && !hasKey(given);
    const headers = isMissing ? { ...given, ...onceWith(crypto.randomUUID()) } : given;
    const attempt = () => this.#attempt(id, { ...parts, headers }, how);
    if (!isRepeatable(OPERATIONS[id].method, headers)) return attempt();
    return again(attempt, this.#options.retries ?? {}, how.signal);
  }

  async #attempt(id: OperationId, parts: Parts, { accept, signal }: How): Promise<Response> {
    const { method, path, bodies } = OPERATIONS[id];
    const { key, url, fetch: ask = fetch } = this.#options;
    const { content, type } = encoded(parts.body, bodies);
    const response = await ask(`${url}${filled(path, parts.path)}${search(parts.query)}`, {
      method,
      headers: {
        accept: accept ?? 'application/json, */*;q=0.5',
        ...(type === undefined ? {} : { 'content-type': type }),
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...parts.headers,
      },
      // The key must not be sent to other hosts, so a redirect is reported as a refusal.
      redirect: 'manual',
      ...(content === undefined ? {} : { body: content }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (response.ok) return response;
    throw await errorOf(response);
  }
}

/** If undefined, `#send` gives the request a key of its own. */
const onceWith = (key: string | undefined) => (key === undefined ? {} : { 'Idempotency-Key': key });

function inspected(answer: Answer<'createInspection'>): Inspected {
  const id = idIn(answer.headers);
  const { report } = answer.body;
  return answer.status === 201 && report !== undefined ? { id, report } : { id, inspection: answer.body };
}

/** An untyped request; the compiler has already checked its types. */
interface Parts {
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, unknown>>;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
}

function filled(path: string, values: Parts['path'] = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(values[name] ?? ''));
}

function search(query: Parts['query'] = {}): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) asked.set(name, String(value));
  }
  return asked.size === 0 ? '' : `?${asked}`;
}

/** Encodes as a form if the body contains something that JSON cannot hold. */
function encoded(
  body: unknown,
  bodies: readonly string[],
): { content?: string | FormData | Blob; type?: string } {
  if (body === undefined) return {};
  if (body instanceof Blob) return { content: body, type: bodies[0] ?? body.type };
  const members = Object.entries(body as Record<string, unknown>);
  const asForm =
    bodies.includes('multipart/form-data') &&
    (bodies.length === 1 || members.some(([, value]) => value instanceof Blob));
  if (!asForm) return { content: JSON.stringify(body), type: 'application/json' };
  const form = new FormData();
  for (const [name, value] of members) {
    if (value !== undefined) form.append(name, value instanceof Blob ? value : String(value));
  }
  return { content: form };
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const type = response.headers.get('content-type') ?? '';
  if (/^application\/(json|problem\+json)\b/.test(type)) return response.json();
  if (/^text\/|ndjson/.test(type)) return response.text();
  return response.blob();
}
