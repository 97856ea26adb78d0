import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** A local server for links; it counts its requests. */
export interface Served {
  /** `127.0.0.1:PORT`, as an operator configures it. */
  host: string;
  at(path: string): string;
  /** Requested paths in order. */
  asked: string[];
  /** Returns the number of requests that ended before their answer did. */
  left(): number;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const send =
  (type: string, body: string | Buffer, status = 200): Answer =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': type }).end(body);

export const PICTURE_BYTES = Buffer.from('some bytes of a picture');

/** A page like those of news sites. It contains the address of another server, which must not be contacted. */
export const STORY = (elsewhere = 'http://192.0.2.1') => `<!doctype html><html><head><title>A “story”</title>
<meta property="og:image" content="/photo.png?who=secret"><meta name="twitter:image" content="${elsewhere}/other.jpg">
</head><body><img srcset="/small.png 320w, /large.png 1280w" alt="A street"><script src="/script.js"></script>
<link rel="stylesheet" href="/style.css"></body></html>`;

/** One route for each refusal, and routes that lead to a file. */
const ANSWERS: Record<string, Answer> = {
  '/photo.png': send('image/png', PICTURE_BYTES),
  '/story': send('text/html; charset=utf-8', STORY()),
  '/bare': send('text/html', '<!doctype html><title>Nothing</title><p>words'),
  '/gone': send('text/plain', 'not here', 410),
  '/login': send('text/plain', 'who are you', 403),
  '/status': send('text/plain', 'sorry', 500),
  '/large.png': send('image/png', Buffer.alloc(4_000)),
  '/redirected': (_request, response) => void response.writeHead(302, { location: '/photo.png' }).end(),
  '/loop': (_request, response) => void response.writeHead(302, { location: '/loop' }).end(),
  '/packed.png': (_request, response) =>
    void response.writeHead(200, { 'content-type': 'image/png', 'content-encoding': 'own' }).end('x'),
  // This answer never ends.
  '/slow.png': (_request, response) =>
    void response.writeHead(200, { 'content-type': 'image/png' }).write('first'),
};

export async function served(more: Record<string, Answer> = {}): Promise<Served> {
  const asked: string[] = [];
  let left = 0;
  const answer: RequestListener = (request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    asked.push(request.url ?? '');
    response.once('close', () => {
      if (!response.writableFinished) left += 1;
    });
    const known = { ...ANSWERS, ...more };
    const found = Object.hasOwn(known, path) ? known[path] : undefined;
    if (found === undefined) response.writeHead(404).end();
    else found(request, response);
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const place = server.address();
  const host = `127.0.0.1:${typeof place === 'object' && place !== null ? place.port : 0}`;
  return { host, at: (path) => `http://${host}${path}`, asked, left: () => left };
}

/** Environment of a service that may fetch from this server. */
export const following = ({ host }: Served, mode: 'hosts' | 'all' = 'hosts'): Record<string, string> => ({
  ASSAY_FETCH: mode === 'all' ? `all,${host}` : host,
});
