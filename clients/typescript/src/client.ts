import { type Inspection, OPERATIONS, type Operations, type Report } from './api.js';
import { errorOf, secondsIn } from './error.js';

export type OperationId = keyof Operations;

/** What an operation is asked with: the parts of its description, and how it is sent. */
export type Ask<Id extends OperationId> = Omit<Operations[Id], 'answers'>;

/** One of the answers that are described, by status; `A` is the media type that was asked for. */
export type Answer<Id extends OperationId, A extends string = 'application/json'> = {
  [Status in keyof Operations[Id]['answers']]: {
    status: Status extends `${infer Code extends number}` ? Code : never;
    headers: Headers;
    body: BodyOf<Operations[Id]['answers'][Status], A>;
  };
}[keyof Operations[Id]['answers']];

/** Where the form that was asked for is not offered, there is one form alone. */
type BodyOf<Forms, A extends string> = keyof Forms extends never
  ? undefined
  : A extends keyof Forms
    ? Forms[A]
    : Forms[keyof Forms];

/** Where nothing has to be said, nothing needs to be. */
type Arguments<Id extends OperationId, A extends string> =
  Record<never, never> extends Ask<Id> ? [ask?: Ask<Id>, how?: How<A>] : [ask: Ask<Id>, how?: How<A>];

export interface How<A extends string = string> {
  /** Media type; left out: JSON where there is any. */
  accept?: A;
  /** Further headers, as `Prefer`. */
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

export interface ClientOptions {
  /** Where the service is, with its base path: `http://127.0.0.1:8080`. */
  url: string;
  /** `assay_…`; left out: the service asks for none. */
  key?: string;
  /** Left out: the one of the platform. */
  fetch?: typeof fetch;
}

export interface InspectOptions extends How {
  /** What the file is called in the Report. */
  name: string;
  /** Answered at once, and inspected by a worker. */
  later?: boolean;
  fields?: Omit<Extract<Operations['createInspection']['body'], { file: Blob }>, 'file'>;
  /** Sent again with the same word, the request has no second effect. */
  idempotencyKey?: string;
}

const USUAL_WAIT_SECONDS = 2;

/** Asks an Assay service. Rejects with an AssayError where it refuses. */
export class AssayClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = { ...options, url: options.url.replace(/\/+$/, '') };
  }

  /** Any operation of the API, by its id. */
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

  /** One file in; its Report, or where its inspection stands. */
  async inspect(
    file: Blob,
    { name, later = false, fields = {}, idempotencyKey, headers = {}, ...how }: InspectOptions,
  ): Promise<{ id: string; report: Report } | { id: string; inspection: Inspection }> {
    const answer = await this.call(
      'createInspection',
      {
        body: { file: new File([file], name, { type: file.type }), ...fields },
        ...(idempotencyKey === undefined ? {} : { headers: { 'Idempotency-Key': idempotencyKey } }),
      },
      {
        ...how,
        accept: 'application/json',
        headers: { ...headers, ...(later ? { Prefer: 'respond-async' } : {}) },
      },
    );
    const id = answer.headers.get('location')?.split('/').at(-1) ?? '';
    const { report } = answer.body;
    return answer.status === 201 && report !== undefined ? { id, report } : { id, inspection: answer.body };
  }

  /** Waits until an inspection has ended, and says how: `done` with its Report, `failed` or `cancelled`. */
  async ended(id: string, { signal }: Pick<How, 'signal'> = {}): Promise<Inspection> {
    for (;;) {
      const { status, headers, body } = await this.call(
        'getInspection',
        { path: { id } },
        signal === undefined ? {} : { signal },
      );
      if (status === 200) return body;
      await pause(secondsIn(headers) ?? USUAL_WAIT_SECONDS, signal);
    }
  }

  /** Every inspection that fits, newest first, page after page. */
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

  async #send(id: OperationId, parts: Parts, { accept, headers, signal }: How): Promise<Response> {
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
        ...headers,
      },
      // A key is for this service and nobody it may lead to.
      redirect: 'error',
      ...(content === undefined ? {} : { body: content }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (response.ok) return response;
    throw await errorOf(response);
  }
}

/** An ask without its types: the compiler has seen to them. */
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

/** A form where there is something in it that JSON cannot hold. */
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

function pause(seconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, seconds * 1_000);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
