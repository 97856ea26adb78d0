import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { table } from '../core/ground/table.js';
import { VERSION } from '../core/ground/version.js';
import type { Connect } from '../guarded/guarded-connect.js';
import { bytesSaid } from '../say/amounts.js';
import { said } from '../say/said.js';
import { fetchLimits as limits } from './fetch-limits.js';
import type { Exchange, ExchangeResponse } from './fetched.js';
import { Refusal } from './refusal.js';
import { Written } from './written.js';

/** What of an answer is taken, decided once its head is there. */
export interface Room {
  /** As it comes. */
  bytes: number;
  /** Of a body that comes packed: what it unpacks to. Left out: it is not unpacked. */
  unpackedBytes?: number;
  /** What goes beyond is left there, and is no reason to refuse. */
  cuts?: boolean;
}

export interface Asking {
  url: URL;
  purpose: Exchange['purpose'];
  connect: Connect;
  signal: AbortSignal;
  /** Without a byte. */
  idleMillis: number;
  /** A path of ours that nothing is at; what is unpacked gets `.unpacked` behind it. */
  path: string;
  room(head: Head): Room;
}

export interface Head {
  status: number;
  headers: IncomingHttpHeaders;
}

export interface Answer extends Head {
  /** RFC 3339, when the head was there. */
  at: string;
  address?: string;
  /** Unpacked where it came packed. */
  body: { path: string; bytes: number };
  isLengthUnknown?: true;
}

/** Whoever reads a server's log sees what asked, and that it is no crawler. */
export const USER_AGENT = `Assay/${VERSION} (one address, given by a person)`;

/** Went quiet for too long. */
export class Idle extends Error {}

class TooMuch extends Error {}

/**
 * One request on a connection of its own: no cookie, no referrer, no credential, nothing packed asked for. What is asked
 * and answered is kept in `exchanges`, however it ends. Rejects with a `Refusal` where the answer is no good as such, else
 * with what the system says.
 */
export async function ask(asking: Asking, exchanges: Exchange[]): Promise<Answer> {
  const { url, purpose, connect, signal } = asking;
  const exchange: Exchange = { url: url.href, purpose, at: new Date().toISOString() };
  exchanges.push(exchange);
  const socket = await connect(url, signal);
  const { remoteAddress: address } = socket;
  if (address !== undefined) exchange.address = address;
  let idle: Idle | undefined;
  socket.setTimeout(asking.idleMillis, () => {
    idle = new Idle('nothing came');
    socket.destroy(idle);
  });
  try {
    const incoming = await headOf(socket, asking, exchange);
    const at = new Date().toISOString();
    const head = { status: incoming.statusCode ?? 0, headers: incoming.headers };
    const response: ExchangeResponse = {
      status: head.status,
      head: headText(incoming),
      body: { path: asking.path, bytes: 0, sha256: '' },
    };
    const body = await bodyOf(incoming, asking, response)
      .catch((error: unknown) => {
        response.truncated ??= idle !== undefined || signal.aborted ? 'time' : 'disconnect';
        throw error;
      })
      .finally(() => {
        // Where not even its file could be made there is no body to tell of.
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
    throw error instanceof Refusal ? error : (idle ?? error);
  } finally {
    socket.destroy();
  }
}

function headOf(socket: Socket, { url, signal }: Asking, exchange: Exchange): Promise<IncomingMessage> {
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
      // Said here, so that a switch in somebody's shell does not reach this.
      insecureHTTPParser: false,
      signal,
    });
    // All that `maxHeaderSize` has room for: Node leaves out what stands behind the two thousandth, without a word.
    asking.maxHeadersCount = 0;
    asking.on('error', reject);
    asking.on('response', (incoming) => {
      // Before anybody reads it, too; that it is not whole is seen where it is read.
      incoming.on('error', () => undefined);
      resolve(incoming);
    });
    asking.on('close', () => reject(closed()));
    asking.end();
  });
}

/** As Node says it of most that end so; it says nothing of who was asked to go over to another protocol. */
const closed = () => Object.assign(new Error('closed without an answer'), { code: 'ECONNRESET' });

/**
 * Status line and fields as they came. How a chunked body was framed is not kept, and so its field is renamed as other
 * makers of WARC do: whoever reads the record would look for chunks.
 */
function headText({ httpVersion, statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/${httpVersion} ${statusCode} ${statusMessage}`];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    lines.push(`${/^transfer-encoding$/i.test(name) ? `x-orig-${name}` : name}: ${rawHeaders[at + 1]}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

const UNPACKERS = table({
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
});

async function bodyOf(
  incoming: IncomingMessage,
  { path, room: roomFor }: Asking,
  response: ExchangeResponse,
): Promise<Answer['body']> {
  const head = { status: incoming.statusCode ?? 0, headers: incoming.headers };
  const room = roomFor(head);
  const raw = await Written.open(path);
  let unpacked: Written | undefined;
  try {
    const packing = (incoming.headers['content-encoding'] ?? '').trim().toLowerCase();
    const { unpackedBytes } = room;
    const isPacked = packing !== '' && packing !== 'identity' && unpackedBytes !== undefined;
    // Kept as it came, and held as that: names and comments of gzip make any amount of what unpacks to nothing.
    const most = isPacked ? Math.min(room.bytes, unpackedBytes) : room.bytes;
    const unpacker = isPacked ? UNPACKERS[packing] : undefined;
    if (isPacked && unpacker === undefined) {
      response.truncated = 'unspecified';
      throw badPacking(packing);
    }
    const stated = Number(incoming.headers['content-length'] ?? 0);
    if (!room.cuts && stated > most) throw tooLarge(most, response, 'other');
    const fits = async (chunk: Buffer) => {
      if (await raw.take(chunk, most)) return true;
      if (!room.cuts) throw tooLarge(most, response, 'other');
      response.truncated = 'length';
      return false;
    };
    if (unpacker === undefined) {
      for await (const chunk of incoming) if (!(await fits(chunk))) break;
    } else {
      unpacked = await Written.open(`${path}.unpacked`);
      await unpack(incoming, unpacker(), { fits, into: unpacked, room, response, packing });
    }
    if (response.truncated === undefined && !incoming.complete) throw closed();
    const { path: at, bytes } = unpacked ?? raw;
    return { path: at, bytes };
  } finally {
    incoming.destroy();
    response.body = { path, bytes: raw.bytes, sha256: await raw.end() };
    await unpacked?.end();
  }
}

interface Unpacking {
  fits(chunk: Buffer): Promise<boolean>;
  into: Written;
  room: Room;
  response: ExchangeResponse;
  packing: string;
}

async function unpack(
  incoming: IncomingMessage,
  unpacker: ReturnType<typeof createGunzip | typeof createBrotliDecompress>,
  { fits, into, room, response, packing }: Unpacking,
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
        for await (const chunk of chunks) if (!(await into.take(chunk, most))) throw new TooMuch();
      },
    );
  } catch (error) {
    if (error instanceof TooMuch) {
      if (room.cuts) response.truncated = 'length';
      else throw tooLarge(most, response, 'packed');
    } else if (isUnpacking(error)) {
      // What was cut by us ends in the middle of its packing.
      if (!(room.cuts && response.truncated === 'length')) throw badPacking(packing, error);
    } else throw error;
  }
}

/** zlib's own codes; those of Brotli have a name and two underscores. */
const isUnpacking = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(Z_|ERR__|ERR_BROTLI|ERR_PADDING)/.test(String(error.code));

function tooLarge(most: number, response: ExchangeResponse, what: 'packed' | 'other'): Refusal {
  response.truncated = 'length';
  return largerThan(most, what);
}

export const largerThan = (most: number, what: 'packed' | 'other' = 'other') =>
  new Refusal('fetch.tooLarge', said('fetching.refused.tooLarge', { what, most: bytesSaid(most) }));

const badPacking = (encoding: string, cause?: unknown) =>
  new Refusal(
    'fetch.encoding',
    said('fetching.refused.encoding', {
      what: cause === undefined ? 'other' : 'broken',
      encoding: encoding.slice(0, 40),
    }),
    { cause },
  );
