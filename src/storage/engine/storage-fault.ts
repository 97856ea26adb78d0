import { type Message, message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';

/**
 * Error that prevents a database from working, regardless of the statement. `store.full`: no space is left.
 * `store.unavailable`: it does not respond, is locked by others or is not writable; it may recover at any moment.
 * `store.otherVersion`: another version of Assay has written it, and nothing converts it.
 */
export class StoreFault extends MessageError {
  override name = 'StoreFault';
  constructor(
    readonly code: 'store.full' | 'store.unavailable' | 'store.otherVersion',
    what: Message,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

/** Prefixes of SQLite's error codes, which have longer forms (SQLITE_IOERR_WRITE). */
const SQLITE_AWAY = /^SQLITE_(BUSY|LOCKED|IOERR|CANTOPEN|READONLY|PROTOCOL)/;
/**
 * PostgreSQL's SQLSTATEs, appendix A: 08 connections, 53 resources, 57P shutdown or startup, 58 system errors, 25006
 * read-only replica.
 */
const POSTGRES_AWAY = /^(08...|53...|57P..|58...|25006)$/;
/** Codes of SQLite, of PostgreSQL, and of the system when SQLite's log is synced. */
const FULL: ReadonlySet<string> = new Set(['SQLITE_FULL', '53100', 'ENOSPC', 'EDQUOT']);
/** Messages of the driver, which have no code. */
const DRIVER_AWAY =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/;

/**
 * Returns a `StoreFault` for such errors, and other errors unchanged. `connecting`: treats any error as an unavailable
 * database.
 */
export function toStoreFault(error: unknown, { connecting = false } = {}): unknown {
  if (!(error instanceof Error) || error instanceof StoreFault) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (FULL.has(code)) {
    return new StoreFault('store.full', message('error.store.full'), { cause: error });
  }
  const away =
    connecting ||
    // Error of the socket.
    'syscall' in error ||
    SQLITE_AWAY.test(code) ||
    POSTGRES_AWAY.test(code) ||
    (code === '' && DRIVER_AWAY.test(error.message));
  return away
    ? new StoreFault('store.unavailable', message('error.store.unavailable', { why: error.message }), {
        cause: error,
      })
    : error;
}
