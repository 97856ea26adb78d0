import { pauseAfter } from './again.js';
import type { Caller } from './calls.js';
import { AssayError } from './error.js';
import { pause } from './pause.js';

export interface UploadOptions {
  /** Name of the file in the Report. */
  name?: string;
  /** Id of an interrupted upload, which is resumed where it ended. */
  resume?: string;
  /** Bytes per request. Default: 8 MiB. A broken connection costs at most this much. */
  partBytes?: number;
  /** Called with the id once it exists, so that another process can resume the upload. */
  onBegun?(id: string): void;
  /** Called after each part with the number of bytes that have arrived. */
  onProgress?(sentBytes: number, allBytes: number): void;
  signal?: AbortSignal;
}

const TUS = { 'Tus-Resumable': '1.0.0' } as const;
const PART_BYTES = 8 * 1024 ** 2;
/** Consecutive failures without any progress. */
const MOST_FAILURES = 6;
const LONGEST_PAUSE_SECONDS = 60;

/** Uploads a file in parts (tus 1.0), resumes after broken connections, and returns the id of the finished upload. */
export async function upload(client: Caller, file: Blob, options: UploadOptions = {}): Promise<string> {
  const { partBytes = PART_BYTES, onProgress, signal } = options;
  const how = signal === undefined ? {} : { signal };
  const id = options.resume ?? (await begin(client, file, options));
  options.onBegun?.(id);
  let at = options.resume === undefined ? 0 : await offsetOf(client, id, how);
  for (let failures = 0; at < file.size; ) {
    try {
      const { headers } = await client.call(
        'appendToUpload',
        { path: { id }, headers: { ...TUS, 'Upload-Offset': at }, body: file.slice(at, at + partBytes) },
        how,
      );
      at = offsetIn(headers);
      failures = 0;
      onProgress?.(at, file.size);
    } catch (error) {
      const seconds = failures >= MOST_FAILURES || signal?.aborted ? undefined : afterPart(error, failures);
      if (seconds === undefined || seconds > LONGEST_PAUSE_SECONDS) throw error;
      failures += 1;
      await pause(seconds, signal);
      const arrived = await offsetOf(client, id, how);
      if (arrived > at) failures = 0;
      at = arrived;
    }
  }
  return id;
}

/** The server knows how much of a part arrived, so asking for the offset and resuming is right after any of these. */
function afterPart(error: unknown, failures: number): number | undefined {
  const elsewhere = error instanceof AssayError && error.status === 409;
  return elsewhere ? (error.retryAfterSeconds ?? 0) : pauseAfter(error, failures);
}

async function begin(client: Caller, file: Blob, { name, signal }: UploadOptions): Promise<string> {
  const words = Object.entries({ filename: name, filetype: file.type || undefined }).flatMap(
    ([word, text]) => (text === undefined ? [] : [`${word} ${base64(text)}`]),
  );
  const { headers } = await client.call(
    'createUpload',
    {
      headers: {
        ...TUS,
        'Upload-Length': file.size,
        ...(words.length === 0 ? {} : { 'Upload-Metadata': words.join(',') }),
      },
      // Creation could carry data, but if the connection broke then, the upload's address would be unknown.
      body: new Blob([]),
    },
    signal === undefined ? {} : { signal },
  );
  return idIn(headers);
}

async function offsetOf(client: Caller, id: string, how: { signal?: AbortSignal }): Promise<number> {
  const { headers } = await client.call('getUploadOffset', { path: { id }, headers: TUS }, how);
  return offsetIn(headers);
}

function offsetIn(headers: Headers): number {
  const offset = Number(headers.get('upload-offset') ?? Number.NaN);
  if (!Number.isSafeInteger(offset)) throw new Error('the service does not say how much arrived');
  return offset;
}

/** Returns the id of a created resource from its address. */
export function idIn(headers: Headers): string {
  const id = headers.get('location')?.split('/').at(-1);
  if (id === undefined || id === '') throw new Error('the service does not say what it made');
  return id;
}

/** Encodes the UTF-8 bytes of the text in base64. */
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
