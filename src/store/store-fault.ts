import { type Said, said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';

/**
 * What keeps a database from its work, whatever it was asked. `store.full`: it has no room. `store.away`: it does not
 * answer, others hold it, or it cannot be written to; in a moment all may be well again.
 */
export class StoreFault extends SaidError {
  override name = 'StoreFault';
  constructor(
    readonly code: 'store.full' | 'store.away',
    what: Said,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

/** SQLite's own words, of which there are longer forms (SQLITE_IOERR_WRITE). */
const SQLITE_AWAY = /^SQLITE_(BUSY|LOCKED|IOERR|CANTOPEN|READONLY|PROTOCOL)/;
/**
 * PostgreSQL's SQLSTATEs, appendix A: 08 connections, 53 resources, 57P it ends or starts, 58 the system's errors,
 * 25006 a copy that only reads.
 */
const POSTGRES_AWAY = /^(08...|53...|57P..|58...|25006)$/;
/** SQLite's, PostgreSQL's, and the system's where SQLite's log is brought to the disk. */
const FULL: ReadonlySet<string> = new Set(['SQLITE_FULL', '53100', 'ENOSPC', 'EDQUOT']);
/** The driver's, which have no code. */
const DRIVER_AWAY =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/;

/** The same error where it is about what was asked. `connecting`: then whatever went wrong, it is not there. */
export function storeFault(error: unknown, { connecting = false } = {}): unknown {
  if (!(error instanceof Error) || error instanceof StoreFault) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (FULL.has(code)) {
    return new StoreFault('store.full', said('error.store.full'), { cause: error });
  }
  const away =
    connecting ||
    // Of the socket under it.
    'syscall' in error ||
    SQLITE_AWAY.test(code) ||
    POSTGRES_AWAY.test(code) ||
    (code === '' && DRIVER_AWAY.test(error.message));
  return away
    ? new StoreFault('store.away', said('error.store.away', { why: error.message }), { cause: error })
    : error;
}
