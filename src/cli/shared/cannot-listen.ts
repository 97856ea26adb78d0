import { lookupTable } from '../../base/table.js';
import { type Message, message, type PlainMessageId } from '../../i18n/message.js';

const LISTEN_ERROR_IDS: Readonly<Record<string, PlainMessageId>> = lookupTable({
  EADDRINUSE: 'cli.listen.taken',
  EADDRNOTAVAIL: 'cli.listen.noAddress',
  EACCES: 'cli.listen.noRight',
  ENOTFOUND: 'cli.listen.noHost',
});

/** Returns the message for a port that cannot be opened; `undefined` if the error has another cause. */
export function listenErrorMessage(
  error: unknown,
  host: string,
  port: number | undefined,
): Message | undefined {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return undefined;
  const { syscall, code } = error;
  const why = syscall === 'listen' || syscall === 'getaddrinfo' ? LISTEN_ERROR_IDS[String(code)] : undefined;
  return why && message('cli.listen.cannot', { host, port: String(port), why: message(why) });
}
