import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { table } from '../../core/ground/table.js';
import { AddressCheck } from '../../guarded/address-check.js';
import { guardedAgent } from '../../guarded/guarded-connect.js';
import { type Said, said } from '../../say/said.js';
import { type LostCode, SourceError } from '../entry.js';
import type { Address } from './address.js';
import { Bandwidth } from './bandwidth.js';

/** Names and secrets beyond these the library reads itself: from the environment, its files, or the machine's role. */
export interface S3Settings {
  /** Bytes a second, of all that is fetched together; left out: as fast as they come. */
  bandwidth?: number;
  /** A server other than Amazon's; its buckets are addressed by path. */
  endpoint?: string;
  region?: string;
  /** Networks that not even the store may be in. */
  denied?: readonly string[];
}

export interface ObjectFacts {
  key: string;
  bytes: number;
  /** Milliseconds since 1970. */
  modified: number;
  etag?: string;
}

/** Of an object: from, and up to (not with) a byte. */
export interface Range {
  from: number;
  until: number;
  /** What the store called the state that was listed. */
  etag?: string;
  /** Not wanted any more. */
  given?: AbortSignal;
}

const PAGE_KEYS = 1_000;
const ETAG_CHARACTERS = 160;
const CONNECT_MILLIS = 10_000;
/** More than are ever asked at once: who waits for a connection waits for nothing that is told. */
const MOST_CONNECTIONS = 512;
/** Without a byte for so long a connection is given up. */
const SILENT_MILLIS = 60_000;

const CONNECTIONS = { keepAlive: true, maxSockets: MOST_CONNECTIONS } as const;

/** The requests that a scan makes: lists, facts of an object, its bytes by range. It never writes. */
export class Buckets {
  readonly #client: S3Client;
  readonly #interrupted: AbortSignal;
  readonly #bandwidth: Bandwidth;

  constructor({ endpoint, region, bandwidth, denied }: S3Settings, interrupted: AbortSignal) {
    this.#interrupted = interrupted;
    this.#bandwidth = new Bandwidth(bandwidth);
    const own: S3ClientConfig =
      endpoint === undefined
        ? {}
        : { endpoint, forcePathStyle: !/\.amazonaws\.com(\.cn)?$/.test(hostOf(endpoint)) };
    const place = region ?? (endpoint === undefined ? undefined : 'us-east-1');
    // No answer of a store chooses a host: redirects are not followed, and another region is another name of Amazon's.
    const check = new AddressCheck(denied);
    const agent = (protocol: string) => guardedAgent(protocol, (host) => check.named(host), CONNECTIONS);
    this.#client = new S3Client({
      ...own,
      ...(place === undefined ? {} : { region: place }),
      followRegionRedirects: true,
      // Slows down by itself where the server asks for it.
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

  /** In the order of keys, a page at a time; what the next page takes is asked for when it is wanted. */
  async *list({ bucket, key }: Address): AsyncGenerator<ObjectFacts> {
    let token: string | undefined;
    do {
      const page = await this.#client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: key,
          MaxKeys: PAGE_KEYS,
          // Keys may hold characters that XML cannot.
          EncodingType: 'url',
          ...(token === undefined ? {} : { ContinuationToken: token }),
        }),
        { abortSignal: this.#interrupted },
      );
      for (const { Key, Size, LastModified, ETag } of page.Contents ?? []) {
        if (Key === undefined) continue;
        yield {
          key: decoded(Key, page.EncodingType),
          bytes: Size ?? 0,
          modified: LastModified?.getTime() ?? 0,
          ...versionOf(ETag),
        };
      }
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  /** Undefined where there is no object of this very name. */
  async facts({ bucket, key }: Address): Promise<ObjectFacts | undefined> {
    try {
      const head = await this.#client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      const { ContentLength, LastModified, ETag } = head;
      return {
        key,
        bytes: ContentLength ?? 0,
        modified: LastModified?.getTime() ?? 0,
        ...versionOf(ETag),
      };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  /**
   * Gives bytes to `take` as they come, from `from` up to `until`; those that came before an error have been given.
   * Rejects where the object is no longer what `etag` says, and where `given` is given up.
   */
  async read(
    { bucket, key }: Address,
    { from, until, etag, given }: Range,
    take: (bytes: Uint8Array) => Promise<void>,
  ): Promise<void> {
    if (this.#interrupted.aborted) throw new SourceError('not-checked', said('scan.s3.interrupted'));
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
        // What is held back here, the store is not silent for.
        clearTimeout(timer);
        await this.#bandwidth.take(chunk.length, this.#interrupted);
        timer = setTimeout(() => silence.abort(), SILENT_MILLIS);
        // A server that answers with more than was asked for is not believed.
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

/** A name that no store gives is no name to ask by. */
const versionOf = (etag: string | undefined): { etag?: string } =>
  etag === undefined || etag.length > ETAG_CHARACTERS ? {} : { etag };

const hostOf = (endpoint: string): string => (URL.canParse(endpoint) ? new URL(endpoint).hostname : '');

const decoded = (key: string, encoding: string | undefined): string =>
  encoding === 'url' ? decodedKey(key) : key;

/** As stores write keys in lists; what is no such writing is taken as it is. */
export function decodedKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

/** HTTP status of what the library threw; undefined where there was no answer. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const metadata: unknown = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/** Another attempt may fare better. */
export function isPassing(error: unknown): boolean {
  if (error instanceof SourceError || (error instanceof Error && Object.hasOwn(NAMED, error.name)))
    return false;
  const status = statusOf(error);
  return status === undefined || status >= 500 || status === 429 || status === 206 || status === 200;
}

const NAMED: Readonly<Record<string, [LostCode, Said]>> = table({
  NoSuchBucket: ['not-found', said('scan.s3.noBucket')],
  InvalidObjectState: ['not-readable', said('scan.s3.archived')],
  FetchFault: ['not-readable', said('scan.s3.denied')],
  CredentialsProviderError: ['not-readable', said('scan.s3.noCredentials')],
});

/** What an error of the store means for whoever started the scan; the store's own words may hold anything. */
export function sourceErrorOf(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const name = error instanceof Error ? error.name : '';
  const [code, why] = NAMED[name] ?? byStatus(statusOf(error));
  return new SourceError(code, why, { cause: error });
}

function byStatus(status: number | undefined): [LostCode, Said] {
  switch (status) {
    case 401:
    case 403:
      return ['not-readable', said('scan.s3.notPermitted')];
    case 404:
      return ['not-found', said('scan.s3.gone')];
    case 412:
      return ['changed-while-reading', said('scan.s3.replaced')];
    case 429:
    case 503:
      return ['not-readable', said('scan.s3.slow')];
    case undefined:
      return ['not-readable', said('scan.s3.silent')];
    default:
      return ['not-readable', said('scan.s3.status', { status: String(status) })];
  }
}
