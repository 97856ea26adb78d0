import { table } from '../core/ground/table.js';
import { type PlainId, type Said, said } from '../say/said.js';

const LISTEN_FAULTS: Readonly<Record<string, PlainId>> = table({
  EADDRINUSE: 'cli.listen.taken',
  EADDRNOTAVAIL: 'cli.listen.noAddress',
  EACCES: 'cli.listen.noRight',
  ENOTFOUND: 'cli.listen.noHost',
});

/** What to say where a port cannot be had; undefined where that is not what went wrong. */
export function cannotListen(error: unknown, host: string, port: number | undefined): Said | undefined {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return undefined;
  const { syscall, code } = error;
  const why = syscall === 'listen' || syscall === 'getaddrinfo' ? LISTEN_FAULTS[String(code)] : undefined;
  return why && said('cli.listen.cannot', { host, port: String(port), why: said(why) });
}
