import { pauseAfter } from './again.js';
import type { AssayClient } from './client.js';
import { AssayError } from './error.js';
import { pause } from './pause.js';

export interface UploadOptions {
  /** What the file is called in the Report. */
  name?: string;
  /** The id of an upload that was begun before: it goes on where that one ended. */
  resume?: string;
  /** Sent at one go; left out: 8 MiB. A connection that breaks costs no more than this. */
  partBytes?: number;
  /** Told the id when there is one, so that the upload can be resumed by another process. */
  onBegun?(id: string): void;
  /** Told after each part how much has arrived. */
  onProgress?(sentBytes: number, allBytes: number): void;
  signal?: AbortSignal;
}

const TUS = { 'Tus-Resumable': '1.0.0' } as const;
const PART_BYTES = 8 * 1024 ** 2;
/** In a row, without that anything arrived. */
const MOST_FAILURES = 6;
const LONGEST_PAUSE_SECONDS = 60;

/** Sends a file in parts (tus 1.0), goes on where a connection broke, and gives the id of the upload that is whole. */
export async function upload(client: AssayClient, file: Blob, options: UploadOptions = {}): Promise<string> {
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

/** Of a part it is known how much arrived: to ask and go on is right after any of these. */
function afterPart(error: unknown, failures: number): number | undefined {
  const elsewhere = error instanceof AssayError && error.status === 409;
  return elsewhere ? (error.retryAfterSeconds ?? 0) : pauseAfter(error, failures);
}

async function begin(client: AssayClient, file: Blob, { name, signal }: UploadOptions): Promise<string> {
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
      // Bytes could come along; where the connection breaks then, nobody knows the upload's address.
      body: new Blob([]),
    },
    signal === undefined ? {} : { signal },
  );
  return idIn(headers);
}

async function offsetOf(client: AssayClient, id: string, how: { signal?: AbortSignal }): Promise<number> {
  const { headers } = await client.call('getUploadOffset', { path: { id }, headers: TUS }, how);
  return offsetIn(headers);
}

function offsetIn(headers: Headers): number {
  const offset = Number(headers.get('upload-offset') ?? Number.NaN);
  if (!Number.isSafeInteger(offset)) throw new Error('the service does not say how much arrived');
  return offset;
}

/** Of what was made, from its address. */
export function idIn(headers: Headers): string {
  const id = headers.get('location')?.split('/').at(-1);
  if (id === undefined || id === '') throw new Error('the service does not say what it made');
  return id;
}

/** Of the text's UTF-8. */
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
