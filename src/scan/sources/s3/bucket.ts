import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { AddressPolicy } from '../../../base/net/address-check.js';
import { guardedAgent } from '../../../base/net/guarded-connect.js';
import { lookupTable } from '../../../base/table.js';
import { type Message, message } from '../../../i18n/message.js';
import { type LostEntryCode, SourceError } from '../entry.js';
import type { ObjectAddress } from './address.js';
import { BandwidthLimiter } from './bandwidth.js';

/** Other settings and secrets are read by the library from the environment, its files or the machine's role. */
export interface S3Settings {
  /** Bytes per second for all fetches together; unlimited by default. */
  bandwidth?: number;
  /** Server other than Amazon's; its buckets are addressed by path. */
  endpoint?: string;
  region?: string;
  /** Networks in which the store must not be. */
  denied?: readonly string[];
}

export interface ObjectFacts {
  key: string;
  bytes: number;
  /** Milliseconds since 1970. */
  modified: number;
  etag?: string;
}

/** Byte range of an object; `until` is exclusive. */
export interface ObjectRange {
  from: number;
  until: number;
  /** ETag of the state that was listed. */
  etag?: string;
  /** Aborts when the bytes are no longer wanted. */
  given?: AbortSignal;
}

const PAGE_KEYS = 1_000;
const ETAG_CHARACTERS = 160;
const CONNECT_MILLIS = 10_000;
/** More connections than are ever used at once, because the time spent waiting for one is not reported. */
const MAX_CONNECTIONS = 512;
/** Time without a byte after which a connection is closed. */
const SILENT_MILLIS = 60_000;

const CONNECTIONS = { keepAlive: true, maxSockets: MAX_CONNECTIONS } as const;

/** Read-only requests to a store: lists, facts of an object, and its bytes by range. */
export class BucketClient {
  readonly #client: S3Client;
  readonly #interrupted: AbortSignal;
  readonly #bandwidth: BandwidthLimiter;

  constructor({ endpoint, region, bandwidth, denied }: S3Settings, interrupted: AbortSignal) {
    this.#interrupted = interrupted;
    this.#bandwidth = new BandwidthLimiter(bandwidth);
    const own: S3ClientConfig =
      endpoint === undefined
        ? {}
        : { endpoint, forcePathStyle: !/\.amazonaws\.com(\.cn)?$/.test(hostNameOf(endpoint)) };
    const place = region ?? (endpoint === undefined ? undefined : 'us-east-1');
    // An answer of the store never selects a host: redirects are not followed, and another region only selects another
    // host name of Amazon's.
    const check = new AddressPolicy(denied);
    const agent = (protocol: string) =>
      guardedAgent(protocol, (host) => check.guardForNamed(host), CONNECTIONS);
    this.#client = new S3Client({
      ...own,
      ...(place === undefined ? {} : { region: place }),
      followRegionRedirects: true,
      // The adaptive mode slows down if the server asks for it.
      retryMode: 'adaptive',
      maxAttempts: 6,
      requestHandler: {
        connectionTimeout: CONNECT_MILLIS,
        requestTimeout: SILENT_MILLIS,
        httpAgent: agent('http:'),
        httpsAgent: agent('https:'),
      },
    });
  }

  /** Yields objects in the order of keys; each page is requested only when needed. */
  async *list({ bucket, key }: ObjectAddress): AsyncGenerator<ObjectFacts> {
    let token: string | undefined;
    do {
      const page = await this.#client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: key,
          MaxKeys: PAGE_KEYS,
          // Keys may contain characters that XML cannot represent.
          EncodingType: 'url',
          ...(token === undefined ? {} : { ContinuationToken: token }),
        }),
        { abortSignal: this.#interrupted },
      );
      for (const { Key, Size, LastModified, ETag } of page.Contents ?? []) {
        if (Key === undefined) continue;
        yield {
          key: decodeListedKey(Key, page.EncodingType),
          bytes: Size ?? 0,
          modified: LastModified?.getTime() ?? 0,
          ...etagMember(ETag),
        };
      }
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  /** Returns `undefined` if no object has exactly this key. */
  async facts({ bucket, key }: ObjectAddress): Promise<ObjectFacts | undefined> {
    try {
      const head = await this.#client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      const { ContentLength, LastModified, ETag } = head;
      return {
        key,
        bytes: ContentLength ?? 0,
        modified: LastModified?.getTime() ?? 0,
        ...etagMember(ETag),
      };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  /**
   * Passes the bytes of the range to `take` as they arrive, including those before an error. Rejects if the object no
   * longer has this `etag`, or if `given` aborts.
   */
  async read(
    { bucket, key }: ObjectAddress,
    { from, until, etag, given }: ObjectRange,
    take: (bytes: Uint8Array) => Promise<void>,
  ): Promise<void> {
    if (this.#interrupted.aborted) throw new SourceError('not-checked', message('scan.s3.interrupted'));
    const silence = new AbortController();
    const answer = await this.#client.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        Range: `bytes=${from}-${until - 1}`,
        ...(etag === undefined ? {} : { IfMatch: etag }),
      }),
      { abortSignal: AbortSignal.any([silence.signal, this.#interrupted, ...(given ? [given] : [])]) },
    );
    let left = until - from;
    let timer = setTimeout(() => silence.abort(), SILENT_MILLIS);
    try {
      for await (const chunk of answer.Body as AsyncIterable<Uint8Array>) {
        // Time spent on the bandwidth limit does not count as silence of the store.
        clearTimeout(timer);
        await this.#bandwidth.take(chunk.length, this.#interrupted);
        timer = setTimeout(() => silence.abort(), SILENT_MILLIS);
        // A server may send more than requested; the excess is dropped.
        const wanted = chunk.subarray(0, left);
        left -= wanted.length;
        if (wanted.length > 0) await take(wanted);
        if (left === 0) break;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#client.destroy();
  }
}

/** ETags that are too long are ignored, because no store produces them. */
const etagMember = (etag: string | undefined): { etag?: string } =>
  etag === undefined || etag.length > ETAG_CHARACTERS ? {} : { etag };

const hostNameOf = (endpoint: string): string => (URL.canParse(endpoint) ? new URL(endpoint).hostname : '');

const decodeListedKey = (key: string, encoding: string | undefined): string =>
  encoding === 'url' ? decodeKey(key) : key;

/** Decodes a key as stores encode it in lists; an invalid encoding is taken literally. */
export function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

/** Returns the HTTP status of an error of the library; `undefined` if there was no answer. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const metadata: unknown = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/** Returns whether another attempt may succeed. */
export function isTransient(error: unknown): boolean {
  if (error instanceof SourceError || (error instanceof Error && Object.hasOwn(ERRORS_BY_NAME, error.name)))
    return false;
  const status = statusOf(error);
  return status === undefined || status >= 500 || status === 429 || status === 206 || status === 200;
}

const ERRORS_BY_NAME: Readonly<Record<string, [LostEntryCode, Message]>> = lookupTable({
  NoSuchBucket: ['not-found', message('scan.s3.noBucket')],
  InvalidObjectState: ['not-readable', message('scan.s3.archived')],
  FetchFault: ['not-readable', message('scan.s3.denied')],
  CredentialsProviderError: ['not-readable', message('scan.s3.noCredentials')],
});

/**
 * Converts an error of the store to a message for the user; the store's own text is not used, since it may contain
 * anything.
 */
export function toSourceError(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const name = error instanceof Error ? error.name : '';
  const [code, why] = ERRORS_BY_NAME[name] ?? errorByStatus(statusOf(error));
  return new SourceError(code, why, { cause: error });
}

function errorByStatus(status: number | undefined): [LostEntryCode, Message] {
  switch (status) {
    case 401:
    case 403:
      return ['not-readable', message('scan.s3.notPermitted')];
    case 404:
      return ['not-found', message('scan.s3.gone')];
    case 412:
      return ['changed-while-reading', message('scan.s3.replaced')];
    case 429:
    case 503:
      return ['not-readable', message('scan.s3.slow')];
    case undefined:
      return ['not-readable', message('scan.s3.silent')];
    default:
      return ['not-readable', message('scan.s3.status', { status: String(status) })];
  }
}
