import { once } from 'node:events';
import { Agent, request } from 'node:http';

/**
 * Sends requests to one server over keep-alive connections, with at most this many at once; the body of an answer is
 * read and discarded.
 */
export function askerOf(address, connections) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections });
  return {
    async ask({ method, path, headers = {}, body }) {
      const asking = request(new URL(path, address), { agent, method, headers });
      asking.end(body);
      const [answer] = await once(asking, 'response');
      answer.resume();
      await once(answer, 'end');
      return { status: answer.statusCode, headers: answer.headers };
    },
    close: () => agent.destroy(),
  };
}
