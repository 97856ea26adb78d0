import type { FastifyLoggerOptions, FastifyRequest } from 'fastify';
import type { LogLevel } from '../config.js';
import { escapeJson } from '../core/ground/json-line.js';

export interface LogStream {
  write(line: string): void;
}

/** The multipart plugin traces its options, and with them all headers of the request. */
const silenced = { busboyOptions: () => undefined };

/**
 * What a log line may hold. No file name, no body, no address of a client, and of a URL only the route:
 * the whole one holds a report's id, which is its key.
 */
export function loggerOptions(
  level: LogLevel,
  stream: LogStream,
): FastifyLoggerOptions & { stream: LogStream } {
  return {
    level,
    // Lines of JSON, which somebody may look at in a terminal.
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
