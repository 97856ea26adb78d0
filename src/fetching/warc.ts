import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { VERSION } from '../core/ground/version.js';
import type { Exchange, ExchangeResponse } from './fetched.js';

export interface WarcOptions {
  /**
   * Bodies that are kept elsewhere as they came, by their paths: of these the head alone and the digest of the body, as a
   * `revisit`.
   */
  without?: readonly string[];
}

/**
 * What was exchanged, as WARC/1.1 (ISO 28500:2017): one gzip member a record, so that each can be read by itself. Into a
 * file that is not there yet (else `EEXIST`), whole or not at all. Bodies are read from where they were written, and never
 * held. `bytes` and `sha256` (lower-case hexadecimal) are of the file.
 */
export async function writeWarc(
  exchanges: readonly Exchange[],
  path: string,
  { without = [] }: WarcOptions = {},
): Promise<{ bytes: number; sha256: string }> {
  const draft = `${path}.${randomUUID()}.partial`;
  const out = new Out(await open(draft, 'wx', 0o600));
  try {
    const info = newId();
    await out.record(
      {
        'WARC-Type': 'warcinfo',
        'WARC-Record-ID': info,
        'WARC-Date': exchanges[0]?.at ?? new Date().toISOString(),
        'Content-Type': 'application/warc-fields',
      },
      INFO,
    );
    for (const exchange of exchanges) await write(exchange, info, out, without);
    const done = await out.end();
    // Unlike a rename it takes nobody's file away.
    await link(draft, path);
    return done;
  } finally {
    await out.close();
    await rm(draft, { force: true });
  }
}

const INFO = [
  `software: Assay/${VERSION}`,
  'format: WARC File Format 1.1',
  'conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
  // What a reader would otherwise look for in vain.
  'description: One link, given by a person, and what it led to. Bodies stand as they came, without the frame of chunks.',
  '',
].join('\r\n');

async function write(
  { url, at, address, request, response }: Exchange,
  info: string,
  out: Out,
  without: readonly string[],
): Promise<void> {
  const common = {
    'WARC-Target-URI': url,
    'WARC-Date': at,
    'WARC-Warcinfo-ID': info,
    ...(address === undefined ? {} : { 'WARC-IP-Address': address }),
  };
  const first = newId();
  if (response === undefined)
    await out.record(
      {
        'WARC-Type': 'metadata',
        'WARC-Record-ID': first,
        ...common,
        'Content-Type': 'application/warc-fields',
      },
      `outcome: ${request === undefined ? 'no connection' : 'no answer'}\r\n`,
    );
  else if (without.includes(response.body.path))
    await out.record(
      {
        'WARC-Type': 'revisit',
        'WARC-Record-ID': first,
        ...common,
        'WARC-Profile': 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest',
        'WARC-Payload-Digest': `sha256:${response.body.sha256}`,
        ...RESPONSE,
      },
      response.head,
    );
  else
    await out.record(
      {
        'WARC-Type': 'response',
        'WARC-Record-ID': first,
        ...common,
        'WARC-Payload-Digest': `sha256:${response.body.sha256}`,
        ...(response.truncated === undefined ? {} : { 'WARC-Truncated': response.truncated }),
        ...RESPONSE,
      },
      response.head,
      response.body,
    );
  if (request === undefined) return;
  await out.record(
    {
      'WARC-Type': 'request',
      'WARC-Record-ID': newId(),
      'WARC-Concurrent-To': first,
      ...common,
      'Content-Type': 'application/http;msgtype=request',
    },
    request,
  );
}

const RESPONSE = { 'Content-Type': 'application/http;msgtype=response' } as const;

const newId = () => `<urn:uuid:${randomUUID()}>`;

class Out {
  readonly #file: FileHandle;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #isOpen = true;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** `text` in latin1, and behind it a body from its file. */
  async record(
    fields: Readonly<Record<string, string>>,
    text: string,
    body?: ExchangeResponse['body'],
  ): Promise<void> {
    const head = Buffer.from(text, 'latin1');
    const digest = createHash('sha256').update(head);
    if (body !== undefined) for await (const chunk of createReadStream(body.path)) digest.update(chunk);
    const all = {
      ...fields,
      'WARC-Block-Digest': `sha256:${digest.digest('hex')}`,
      'Content-Length': String(head.length + (body?.bytes ?? 0)),
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    await pipeline(
      async function* () {
        yield Buffer.from(`WARC/1.1\r\n${lines.join('')}\r\n`);
        yield head;
        if (body !== undefined) yield* createReadStream(body.path);
        yield Buffer.from('\r\n\r\n');
      },
      createGzip(),
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) {
          this.#hash.update(chunk);
          this.#bytes += chunk.length;
          await this.#file.writeFile(chunk);
        }
      },
    );
  }

  async end(): Promise<{ bytes: number; sha256: string }> {
    await this.#file.sync();
    await this.close();
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }

  async close(): Promise<void> {
    if (this.#isOpen) await this.#file.close();
    this.#isOpen = false;
  }
}
