import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { freePort } from './ports.js';

const START_MILLIS = 200_000;
const PUTS_AT_ONCE = 8;

/** Environment that lets a command reach the server. */
export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
};

/** A real S3 server, in memory, on a free port of loopback. */
export interface Moto {
  endpoint: string;
  port: number;
  /** Stores objects, and creates the bucket if it is new. */
  put(bucket: string, objects: Iterable<[key: string, bytes: Buffer]>): Promise<void>;
  stop(): Promise<void>;
}

/** `program` is the path of `moto_server`, as describeWith gives it. */
export async function startMoto(program: string): Promise<Moto> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env: { PATH: process.env['PATH'] },
  });
  for (const until = Date.now() + START_MILLIS; ; ) {
    const up = await fetch(`${endpoint}/moto-api/`).then(
      () => true,
      () => false,
    );
    if (up) break;
    if (Date.now() > until || server.exitCode !== null) throw new Error('moto_server does not answer');
    await delay(100);
  }
  const client = new S3Client({
    endpoint,
    region: CREDENTIALS.AWS_REGION,
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const buckets = new Set<string>();
  return {
    endpoint,
    port,
    put: async (bucket, objects) => {
      if (!buckets.has(bucket)) await client.send(new CreateBucketCommand({ Bucket: bucket }));
      buckets.add(bucket);
      const waiting = [...objects];
      const work = async () => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
          await client.send(new PutObjectCommand({ Bucket: bucket, Key: next[0], Body: next[1] }));
        }
      };
      await Promise.all(Array.from({ length: PUTS_AT_ONCE }, work));
    },
    stop: async () => {
      client.destroy();
      await ended(server);
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Failure of one request; `undefined` lets it through. `cut` sends half of the bytes and closes the connection. */
export type Fault = { status: number; code: string } | 'cut' | undefined;

export interface FaultProxy {
  endpoint: string;
  stop(): Promise<void>;
}

/** Passes requests on to the server, except for those that `faultOf` breaks. */
export async function startProxy(
  target: number,
  faultOf: (method: string, url: string) => Fault,
  passedAs: (url: string) => string = (url) => url,
  /** A request is passed on once this promise has settled. */
  held: (method: string, url: string) => Promise<void> | undefined = () => undefined,
): Promise<FaultProxy> {
  const server: Server = createServer(async (asked, answer) => {
    const { method = '', url = '', headers } = asked;
    const holding = held(method, url);
    if (holding !== undefined) await holding;
    const fault = faultOf(method, url);
    if (typeof fault === 'object') {
      asked.resume();
      answer.writeHead(fault.status, { 'content-type': 'application/xml' });
      answer.end(method === 'HEAD' ? undefined : `<Error><Code>${fault.code}</Code></Error>`);
      return;
    }
    const passed = request(
      { host: '127.0.0.1', port: target, method, path: passedAs(url), headers },
      (got) => {
        answer.writeHead(got.statusCode ?? 500, got.headers);
        if (fault === undefined) got.pipe(answer);
        else {
          const pieces: Buffer[] = [];
          got.on('data', (piece: Buffer) => pieces.push(piece));
          got.on('end', () => {
            const whole = Buffer.concat(pieces);
            answer.write(whole.subarray(0, Math.floor(whole.length / 2)), () => answer.destroy());
          });
        }
      },
    );
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
