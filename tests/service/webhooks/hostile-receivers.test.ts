import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { guardedConnect } from '../../../src/base/net/guarded-connect.js';
import { sendPost } from '../../../src/service/webhooks/post.js';
import { createSecret } from '../../../src/service/webhooks/secret.js';
import { WebhookSender } from '../../../src/service/webhooks/send.js';
import { webhookLimits as limits } from '../../../src/service/webhooks/webhook-limits.js';
import { httpsServer } from '../trust/https-server.js';

const KIB = 1_024;
const HEAD = 'HTTP/1.1 200 OK\r\nConnection: close\r\n';
const DELIVERED = { outcome: 'delivered', status: 200 };

/** Starts a receiver that answers at a raw socket without an HTTP server's conventions. */
async function rawReceiver(answer: (socket: Socket) => void): Promise<{ host: string; server: Server }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('data', () => answer(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const message = (url: string) => ({ id: 'msg_1', url, secrets: [createSecret()], body: '{}' });

const sent = (host: string, signal?: AbortSignal) =>
  new WebhookSender(new Set([host])).send(message(`http://${host}/`), new Date(), signal);

const FRAMED = {
  'with its length': (body: string) => `${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`,
  'in one chunk': (body: string) =>
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  'up to the end': (body: string) => `${HEAD}\r\n${body}`,
  'cut off before its length': (body: string) => `${HEAD}Content-Length: ${2 * body.length}\r\n\r\n${body}`,
};

// An uncaught error in a socket event ends the process, and here the test: a client crashed if it paused while the end
// of the answer arrived.
describe.each(Object.entries(FRAMED))('an answer at once with its end, %s', (_name, framed) => {
  it.each([0, 4, 64, 65, 128, 4_096])('of %i KiB costs nothing but the connection', async (size) => {
    const whole = framed('a'.repeat(size * KIB));
    const atOnce = await rawReceiver((socket) => socket.end(whole));
    expect(await sent(atOnce.host)).toEqual(DELIVERED);
    const head = whole.indexOf('\r\n\r\n') + 4;
    const inTwo = await rawReceiver((socket) => {
      socket.write(whole.slice(0, head), () => setImmediate(() => socket.end(whole.slice(head))));
    });
    expect(await sent(inTwo.host)).toEqual(DELIVERED);
  });
});

describe('an endpoint with no manners', () => {
  it.each([
    ['ends without a word', '', 'ECONNRESET'],
    ['is no web server', 'SSH-2.0-OpenSSH_9.6\r\n', 'HPE_INVALID_CONSTANT'],
    ['says too much before its answer', `${HEAD}X: ${'a'.repeat(20 * KIB)}\r\n\r\n`, 'HPE_HEADER_OVERFLOW'],
    [
      'wants to speak something else',
      'HTTP/1.1 101 Go\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
      'ECONNRESET',
    ],
  ])('that %s is named by what the system says', async (_name, answer, code) => {
    const { host } = await rawReceiver((socket) => socket.end(answer));
    expect(await sent(host)).toEqual({ outcome: 'failed', code });
  });

  it('is done with once it has said enough, though it would never end', async () => {
    let closed: Promise<unknown> | undefined;
    const { host } = await rawReceiver((socket) => {
      closed = once(socket, 'close');
      socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
      const chunk = `400\r\n${'a'.repeat(KIB)}\r\n`;
      for (let bytes = 0; bytes <= limits.answerBytes; bytes += KIB) socket.write(chunk);
    });
    expect(await sent(host)).toEqual(DELIVERED);
    await closed;
  });

  it('had the message where it answered, though we gave up on the rest', async () => {
    const { host } = await rawReceiver((socket) => socket.write(`${HEAD}Content-Length: 10\r\n\r\n`));
    const url = new URL(`http://${host}/`);
    const stop = new AbortController();
    const socket = await guardedConnect(() => () => true)(url, stop.signal);
    socket.once('data', () => setImmediate(() => stop.abort()));
    expect(await sendPost(socket, url, {}, '{}', stop.signal)).toEqual({
      status: 200,
      retryAfter: undefined,
    });
    expect(socket.destroyed).toBe(true);
  });

  it('is let go when the sender is closed', async () => {
    let asked = () => {};
    const got = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const { host } = await rawReceiver(() => asked());
    const sender = new WebhookSender(new Set([host]));
    const attempt = sender.send(message(`http://${host}/`), new Date());
    await got;
    sender.close();
    expect(await attempt).toEqual({ outcome: 'failed', code: 'failed' });
  });

  it('whose name leads nowhere is not waited for once the sender is closed', async () => {
    let asked = () => {};
    const got = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const sender = new WebhookSender(new Set(), [], { resolve: () => asked() });
    const attempt = sender.send(message('https://nowhere.example/'), new Date());
    await got;
    sender.close();
    expect(await attempt).toEqual({ outcome: 'failed', code: 'failed' });
  });
});

describe('over https', () => {
  it('delivers to whoever has a certificate for the name, and says nothing to others', async () => {
    const asked: string[] = [];
    const { host, ca, close } = await httpsServer((request, response) => {
      asked.push(request.url ?? '');
      request.resume().on('end', () => response.writeHead(204).end());
    });
    onTestFinished(close);
    const { address, family } = await lookup('localhost');
    const literal = host.replace('localhost', family === 6 ? `[${address}]` : address);
    const allowed = new Set([host, literal]);
    const to = (name: string, authority?: string) =>
      new WebhookSender(allowed, [], authority === undefined ? {} : { ca: authority }).send(
        message(`https://${name}/hook`),
        new Date(),
      );
    expect(await to(host, ca)).toEqual({ outcome: 'delivered', status: 204 });
    expect(await to(literal, ca)).toEqual({ outcome: 'failed', code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(await to(host)).toEqual({ outcome: 'failed', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect(asked).toEqual(['/hook']);
  });
});
