import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { VERSION } from '../../base/version.js';
import type { Exchange, ExchangeResponse } from './fetched.js';

export interface WarcOptions {
  /**
   * Paths of bodies that are stored elsewhere as received: only their heads and digests are written, as `revisit`
   * records.
   */
  omittedBodies?: readonly string[];
}

/**
 * Writes the exchanges as WARC/1.1 (ISO 28500:2017), with one gzip member per record so that each can be read alone.
 * The file must not exist (`EEXIST`) and appears complete or not at all. Streams bodies from their files. The returned
 * `bytes` and `sha256` (lower-case hexadecimal) are those of the file.
 */
export async function writeWarc(
  exchanges: readonly Exchange[],
  path: string,
  { omittedBodies: without = [] }: WarcOptions = {},
): Promise<{ bytes: number; sha256: string }> {
  const draft = `${path}.${randomUUID()}.partial`;
  const out = new WarcOutput(await open(draft, 'wx', 0o600));
  try {
    const info = newId();
    await out.writeRecord(
      {
        'WARC-Type': 'warcinfo',
        'WARC-Record-ID': info,
        'WARC-Date': exchanges[0]?.at ?? new Date().toISOString(),
        'Content-Type': 'application/warc-fields',
      },
      INFO,
    );
    for (const exchange of exchanges) await writeExchange(exchange, info, out, without);
    const done = await out.end();
    // Unlike a rename, a link does not replace an existing file.
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
  // Explains what a reader would otherwise miss.
  'description: One link, given by a person, and what it led to. Bodies stand as they came, without the frame of chunks.',
  '',
].join('\r\n');

async function writeExchange(
  { url, at, address, request, response }: Exchange,
  info: string,
  out: WarcOutput,
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
    await out.writeRecord(
      {
        'WARC-Type': 'metadata',
        'WARC-Record-ID': first,
        ...common,
        'Content-Type': 'application/warc-fields',
      },
      `outcome: ${request === undefined ? 'no connection' : 'no answer'}\r\n`,
    );
  else if (without.includes(response.body.path))
    await out.writeRecord(
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
    await out.writeRecord(
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
  await out.writeRecord(
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

class WarcOutput {
  readonly #file: FileHandle;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #isOpen = true;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Writes `text` in latin1, followed by a body from its file. */
  async writeRecord(
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
