import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Connect } from '../../base/net/guarded-connect.js';
import { lookupTable } from '../../base/table.js';
import { VERSION } from '../../base/version.js';
import { bytesMessage } from '../../i18n/amounts.js';
import { message } from '../../i18n/message.js';
import { fetchLimits as limits } from './fetch-limits.js';
import type { Exchange, ExchangeResponse } from './fetched.js';
import { BodyFile } from './file-writer.js';
import { FetchRefusalError } from './refusal.js';

/** Size limits of a response body, chosen once its head has arrived. */
export interface BodyLimits {
  /** Bytes on the wire. */
  bytes: number;
  /** Maximum bytes after decompression; if absent, the body is not decompressed. */
  unpackedBytes?: number;
  /** Truncates the body at the limit instead of refusing it. */
  truncates?: boolean;
}

export interface HttpRequest {
  url: URL;
  purpose: Exchange['purpose'];
  connect: Connect;
  signal: AbortSignal;
  /** Maximum time between two received bytes. */
  idleMillis: number;
  /** Unused path to write the body to; the decompressed body gets the suffix `.unpacked`. */
  path: string;
  limitsFor(head: ResponseHead): BodyLimits;
}

export interface ResponseHead {
  status: number;
  headers: IncomingHttpHeaders;
}

export interface HttpResponse extends ResponseHead {
  /** RFC 3339; time at which the head arrived. */
  at: string;
  address?: string;
  /** Decompressed if it came compressed. */
  body: { path: string; bytes: number };
  isLengthUnknown?: true;
}

/** Tells readers of a server's log which program sent the request, and that it is not a crawler. */
export const USER_AGENT = `Assay/${VERSION} (one address, given by a person)`;

/** No byte arrived within `idleMillis`. */
export class IdleTimeoutError extends Error {}

class BodyTooLargeError extends Error {}

/**
 * Sends one request on its own connection, without cookies, referrer or credentials, and without asking for
 * compression. Records request and response in `exchanges` whatever the outcome. Rejects with a `FetchRefusalError` if the
 * response itself is unacceptable, otherwise with the system's error.
 */
export async function sendRequest(asking: HttpRequest, exchanges: Exchange[]): Promise<HttpResponse> {
  const { url, purpose, connect, signal } = asking;
  const exchange: Exchange = { url: url.href, purpose, at: new Date().toISOString() };
  exchanges.push(exchange);
  const socket = await connect(url, signal);
  const { remoteAddress: address } = socket;
  if (address !== undefined) exchange.address = address;
  let idle: IdleTimeoutError | undefined;
  socket.setTimeout(asking.idleMillis, () => {
    idle = new IdleTimeoutError('nothing came');
    socket.destroy(idle);
  });
  try {
    const incoming = await readHead(socket, asking, exchange);
    const at = new Date().toISOString();
    const head = { status: incoming.statusCode ?? 0, headers: incoming.headers };
    const response: ExchangeResponse = {
      status: head.status,
      head: formatHead(incoming),
      body: { path: asking.path, bytes: 0, sha256: '' },
    };
    const body = await readBody(incoming, asking, response)
      .catch((error: unknown) => {
        response.truncated ??= idle !== undefined || signal.aborted ? 'time' : 'disconnect';
        throw error;
      })
      .finally(() => {
        // If the file could not be created, there is no body to record.
        if (response.body.sha256 !== '') exchange.response = response;
      });
    const { headers } = head;
    const isKnown =
      headers['content-length'] !== undefined || headers['transfer-encoding']?.includes('chunked');
    return {
      ...head,
      at,
      ...(address === undefined ? {} : { address }),
      body,
      ...(isKnown ? {} : { isLengthUnknown: true }),
    };
  } catch (error) {
    throw error instanceof FetchRefusalError ? error : (idle ?? error);
  } finally {
    socket.destroy();
  }
}

function readHead(
  socket: Socket,
  { url, signal }: HttpRequest,
  exchange: Exchange,
): Promise<IncomingMessage> {
  const fields = [
    ['Host', url.host],
    ['User-Agent', USER_AGENT],
    ['Accept', '*/*'],
    ['Accept-Encoding', 'identity'],
    ['Connection', 'close'],
  ];
  const path = `${url.pathname}${url.search}`;
  exchange.request = `GET ${path} HTTP/1.1\r\n${fields.map((field) => `${field.join(': ')}\r\n`).join('')}\r\n`;
  return new Promise((resolve, reject) => {
    const asking = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, {
      method: 'GET',
      path,
      headers: fields.flat(),
      createConnection: () => socket,
      maxHeaderSize: limits.headBytes,
      // Set explicitly, so that a Node option in the environment cannot change it.
      insecureHTTPParser: false,
      signal,
    });
    // Allows every field that fits in `maxHeaderSize`: by default Node silently drops those after the two thousandth.
    asking.maxHeadersCount = 0;
    asking.on('error', reject);
    asking.on('response', (incoming) => {
      // Handles errors that arrive before anybody reads; the reader detects that the body is incomplete.
      incoming.on('error', () => undefined);
      resolve(incoming);
    });
    asking.on('close', () => reject(closedError()));
    asking.end();
  });
}

/**
 * Node reports most connections that end this way with `ECONNRESET`, but reports nothing if the response asks to switch
 * protocols.
 */
const closedError = () => Object.assign(new Error('closed without an answer'), { code: 'ECONNRESET' });

/**
 * Status line and fields as received. The chunked framing is not stored, so its field is renamed as other WARC writers
 * do; otherwise readers of the record would expect chunks.
 */
function formatHead({ httpVersion, statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/${httpVersion} ${statusCode} ${statusMessage}`];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    lines.push(`${/^transfer-encoding$/i.test(name) ? `x-orig-${name}` : name}: ${rawHeaders[at + 1]}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

const UNPACKERS = lookupTable({
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
});

async function readBody(
  incoming: IncomingMessage,
  { path, limitsFor: roomFor }: HttpRequest,
  response: ExchangeResponse,
): Promise<HttpResponse['body']> {
  const head = { status: incoming.statusCode ?? 0, headers: incoming.headers };
  const room = roomFor(head);
  const raw = await BodyFile.open(path);
  let unpacked: BodyFile | undefined;
  try {
    const packing = (incoming.headers['content-encoding'] ?? '').trim().toLowerCase();
    const { unpackedBytes } = room;
    const isPacked = packing !== '' && packing !== 'identity' && unpackedBytes !== undefined;
    // The compressed body is stored as received and limited as well: names and comments in gzip can have any size and
    // decompress to nothing.
    const most = isPacked ? Math.min(room.bytes, unpackedBytes) : room.bytes;
    const unpacker = isPacked ? UNPACKERS[packing] : undefined;
    if (isPacked && unpacker === undefined) {
      response.truncated = 'unspecified';
      throw badEncodingRefusal(packing);
    }
    const stated = Number(incoming.headers['content-length'] ?? 0);
    if (!room.truncates && stated > most) throw truncatedTooLarge(most, response, 'other');
    const fits = async (chunk: Buffer) => {
      if (await raw.append(chunk, most)) return true;
      if (!room.truncates) throw truncatedTooLarge(most, response, 'other');
      response.truncated = 'length';
      return false;
    };
    if (unpacker === undefined) {
      for await (const chunk of incoming) if (!(await fits(chunk))) break;
    } else {
      unpacked = await BodyFile.open(`${path}.unpacked`);
      await decompress(incoming, unpacker(), { fits, into: unpacked, room, response, packing });
    }
    if (response.truncated === undefined && !incoming.complete) throw closedError();
    const { path: at, bytes } = unpacked ?? raw;
    return { path: at, bytes };
  } finally {
    incoming.destroy();
    response.body = { path, bytes: raw.bytes, sha256: await raw.end() };
    await unpacked?.end();
  }
}

interface Decompression {
  fits(chunk: Buffer): Promise<boolean>;
  into: BodyFile;
  room: BodyLimits;
  response: ExchangeResponse;
  packing: string;
}

async function decompress(
  incoming: IncomingMessage,
  unpacker: ReturnType<typeof createGunzip | typeof createBrotliDecompress>,
  { fits, into, room, response, packing }: Decompression,
): Promise<void> {
  const most = room.unpackedBytes ?? 0;
  try {
    await pipeline(
      incoming,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          if (!(await fits(chunk))) return;
          yield chunk;
        }
      },
      unpacker,
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks)
          if (!(await into.append(chunk, most))) throw new BodyTooLargeError();
      },
    );
  } catch (error) {
    if (error instanceof BodyTooLargeError) {
      if (room.truncates) response.truncated = 'length';
      else throw truncatedTooLarge(most, response, 'packed');
    } else if (isDecompressionError(error)) {
      // A body that was truncated here ends in the middle of its compressed data.
      if (!(room.truncates && response.truncated === 'length')) throw badEncodingRefusal(packing, error);
    } else throw error;
  }
}

/** Error codes of zlib; Brotli's contain a name and two underscores. */
const isDecompressionError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(Z_|ERR__|ERR_BROTLI|ERR_PADDING)/.test(String(error.code));

function truncatedTooLarge(
  most: number,
  response: ExchangeResponse,
  what: 'packed' | 'other',
): FetchRefusalError {
  response.truncated = 'length';
  return tooLargeRefusal(most, what);
}

export const tooLargeRefusal = (most: number, what: 'packed' | 'other' = 'other') =>
  new FetchRefusalError(
    'fetch.tooLarge',
    message('fetching.refused.tooLarge', { what, most: bytesMessage(most) }),
  );

const badEncodingRefusal = (encoding: string, cause?: unknown) =>
  new FetchRefusalError(
    'fetch.encoding',
    message('fetching.refused.encoding', {
      what: cause === undefined ? 'other' : 'broken',
      encoding: encoding.slice(0, 40),
    }),
    { cause },
  );
