import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import type { Io } from './io.js';

export interface ServeOptions {
  host?: string;
  port?: number;
}

/** Until it is interrupted. Everything the server needs is loaded here and not by the other commands. */
export async function serve(options: ServeOptions, io: Io): Promise<ExitCode> {
  const [{ readConfig }, { startServer }, { createInspector }] = await Promise.all([
    import('../config.js'),
    import('../server.js'),
    import('../isolation/pool.js'),
  ]);
  const config = readConfig({
    ...io.env,
    ...(options.host !== undefined && { ASSAY_HOST: options.host }),
    ...(options.port !== undefined && { ASSAY_PORT: String(options.port) }),
  });
  const inspector = createInspector({ jobs: config.jobs, trustDir: config.trustDir });
  try {
    const server = await startServer(config, inspector);
    await interruption(io.interrupted);
    await server.stop();
    return EXIT.done;
  } catch (error) {
    throw cannotListen(error)
      ? new UsageError(`cannot listen on ${config.host}:${config.port}: ${cannotListen(error)}`, {
          cause: error,
        })
      : error;
  } finally {
    await inspector.close();
  }
}

function interruption(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}

const LISTEN_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else listens there already',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'that needs more rights',
  ENOTFOUND: 'there is no such host',
};

function cannotListen(error: unknown): string | undefined {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return undefined;
  const { syscall, code } = error;
  return syscall === 'listen' || syscall === 'getaddrinfo' ? LISTEN_FAULTS[String(code)] : undefined;
}
