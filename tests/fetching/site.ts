import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FetchBounds } from '../../src/fetching/fetch-limits.js';
import { fetchLink } from '../../src/fetching/fetch-link.js';
import type { FetchMode } from '../../src/fetching/fetch-settings.js';
import type { Fetched } from '../../src/fetching/fetched.js';
import type { Parts } from '../../src/fetching/judge.js';

export type Route = (request: IncomingMessage, response: ServerResponse) => unknown;
export type Routes = Record<string, Route>;

export interface Site {
  host: string;
  url: string;
  /** Paths asked for, in their order. */
  asked: string[];
  requests: IncomingMessage[];
}

/** A real web server on loopback; what it has no route for is 404, its robots.txt too. */
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

/** The same at a socket, with no program's manners; `/robots.txt` is 404. */
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

export interface Asked extends Parts {
  mode?: FetchMode;
  hosts?: readonly string[];
  denied?: readonly string[];
  limits?: Partial<FetchBounds>;
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
): Promise<Fetched> {
  const settings = { mode, hosts: new Set(hosts), denied };
  return fetchLink(link, { settings, limits, folder, ...(signal && { signal }) }, parts);
}

/** The code alone, or what came instead. */
export async function codeOf(...asked: Parameters<typeof fetched>): Promise<string> {
  const done = await fetched(...asked);
  return done.kind === 'refused' ? done.code : done.kind;
}
