import type { FastifyLoggerOptions, FastifyRequest } from 'fastify';
import { escapeJson } from '../../base/json-line.js';
import type { LogLevel } from '../../config/settings.js';

export interface LogStream {
  write(line: string): void;
}

/** The multipart plugin traces its options, which include all headers of the request. */
const silenced = { busboyOptions: () => undefined };

/**
 * Bounds what a log line holds: no file name, no body, no client address, and of a URL only the route, because the
 * whole one contains a report's id, which is its secret.
 */
export function loggerOptions(
  level: LogLevel,
  stream: LogStream,
): FastifyLoggerOptions & { stream: LogStream } {
  return {
    level,
    // JSON lines, escaped because they may be read in a terminal.
    stream: { write: (line) => stream.write(escapeJson(line)) },
    serializers: {
      req: (request: FastifyRequest) => ({
        method: request.method,
        route: request.routeOptions?.url ?? 'none',
      }),
      ...silenced,
      res: (reply) => ({ statusCode: reply.statusCode ?? 0 }),
    },
  };
}
