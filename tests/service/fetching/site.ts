import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FetchMode } from '../../../src/config/fetch-settings.js';
import type { FetchOverrides } from '../../../src/service/fetching/address-policy.js';
import type { FetchLimits } from '../../../src/service/fetching/fetch-limits.js';
import { fetchLink } from '../../../src/service/fetching/fetch-link.js';
import type { FetchResult } from '../../../src/service/fetching/fetched.js';

export type Route = (request: IncomingMessage, response: ServerResponse) => unknown;
export type Routes = Record<string, Route>;

export interface Site {
  host: string;
  url: string;
  /** Requested paths in order. */
  asked: string[];
  requests: IncomingMessage[];
}

/** Starts a real web server on loopback; paths without a route are 404, including robots.txt. */
export async function site(routes: Routes, listensOn = '127.0.0.1'): Promise<Site> {
  const asked: string[] = [];
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const { url = '' } = request;
    asked.push(url);
    requests.push(request);
    const route = routes[url] ?? routes['*'];
    if (route === undefined || (url === '/robots.txt' && routes[url] === undefined))
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
    else route(request, response);
  });
  server.listen(0, listensOn);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `${listensOn}:${(server.address() as AddressInfo).port}`;
  return { host, url: `http://${host}`, asked, requests };
}

/** Starts a site that answers raw sockets without an HTTP server's conventions; `/robots.txt` is 404. */
export async function rawSite(answer: (socket: Socket, request: string) => void): Promise<Site> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .once('data', (bytes: Buffer) => {
        const request = bytes.toString('latin1');
        const path = request.split(' ')[1] ?? '';
        asked.push(path);
        if (path === '/robots.txt')
          socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
        else answer(socket, request);
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, url: `http://${host}`, asked, requests: [] };
}

export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-fetching-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Asked extends FetchOverrides {
  mode?: FetchMode;
  hosts?: readonly string[];
  denied?: readonly string[];
  limits?: Partial<FetchLimits>;
  signal?: AbortSignal;
  folder?: string;
}

export function fetched(
  link: string,
  {
    mode = 'hosts',
    hosts = [],
    denied = [],
    limits = {},
    signal,
    folder = ownFolder(),
    ...parts
  }: Asked = {},
): Promise<FetchResult> {
  const settings = { mode, hosts: new Set(hosts), denied };
  return fetchLink(link, { settings, limits, folder, ...(signal && { signal }) }, parts);
}

/** Returns the code, or the result if there is none. */
export async function codeOf(...asked: Parameters<typeof fetched>): Promise<string> {
  const done = await fetched(...asked);
  return done.kind === 'refused' ? done.code : done.kind;
}
