import { accessSync, constants, statSync } from 'node:fs';
import { asksRules } from '../scan/conditions.js';
import { UsageError } from './exit-codes.js';
import type { ScanOptions } from './scan.js';

/** Options that need or forbid each other. Throws a UsageError. */
export function checkTogether(paths: string[], options: ScanOptions): void {
  if (paths.length === 0 && options.filesFrom === undefined) {
    throw new UsageError('give what to scan: files, folders, or --files-from a list');
  }
  if (options.nul && options.filesFrom === undefined) throw new UsageError('-0 goes with --files-from');
  checkList(options.filesFrom);
  checkWithOut(options);
  checkKept(options);
  if (options.columns !== undefined && options.format !== 'csv') {
    throw new UsageError('--columns goes with --format csv');
  }
  if (options.resume && options.format !== 'ndjson') {
    throw new UsageError(
      `--resume needs records as lines: scan without --format ${options.format}; \`assay report\` makes tables of them`,
    );
  }
  if (options.resume && options.overwrite) throw new UsageError('either --resume or --overwrite');
  if (options.byContent && !options.resume) throw new UsageError('--by-content goes with --resume');
  if (options.recheck && !options.resume) throw new UsageError('--recheck goes with --resume');
  const asksNone = options.rulebooks === undefined && options.jurisdiction === undefined;
  if (options.recheck?.includes('rulebooks') && asksNone) {
    throw new UsageError('--recheck rulebooks needs --rulebooks or --jurisdiction: none is asked otherwise');
  }
  if (options.failOn?.some(asksRules) && asksNone) {
    throw new UsageError(
      'an outcome in --fail-on needs --rulebooks or --jurisdiction: none is asked otherwise',
    );
  }
}

/** Before the first record is written: a name mistyped is to leave nothing behind. */
function checkList(list: string | undefined): void {
  if (list === undefined || list === '-') return;
  try {
    accessSync(list, constants.R_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const words = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new UsageError(`--files-from ${list}: ${words}`, { cause: error });
  }
  if (statSync(list).isDirectory()) {
    throw new UsageError(`--files-from ${list}: it is a folder; name a folder to scan without --files-from`);
  }
}

/** What results in a file alone can do. */
function checkWithOut(options: ScanOptions): void {
  const needOut = (['resume', 'overwrite', 'byContent', 'recheck'] as const).find((name) => options[name]);
  if (needOut !== undefined && options.out === undefined) {
    const name = `--${needOut === 'byContent' ? 'by-content' : needOut}`;
    if (!options.store && !options.distributed) throw new UsageError(`${name} goes with --out`);
    throw new UsageError(
      `${name} is for records in a file (--out): in the database --scan ID goes on with a scan, and without it a new one begins`,
    );
  }
}

function checkKept(options: ScanOptions): void {
  const { store, distributed, scan: id, out, format, wait, failOn } = options;
  if (store && distributed) throw new UsageError('either --store or --distributed');
  if (!store && !distributed) {
    if (id !== undefined) throw new UsageError('--scan goes with --store or --distributed');
    if (wait) throw new UsageError('--wait goes with --distributed');
    return;
  }
  if (out !== undefined || format !== 'ndjson') {
    throw new UsageError('the database keeps the records: `assay scan export` writes them in any form');
  }
  if (distributed && failOn)
    throw new UsageError('--fail-on is asked where files are read: not with --distributed');
}
