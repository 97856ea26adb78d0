import { accessSync, constants, statSync } from 'node:fs';
import { encodePath } from '../../base/path-text.js';
import type { Config } from '../../config/settings.js';
import { message } from '../../i18n/message.js';
import { hasLawSelection } from '../../inspect/options/resolved-law.js';
import { compressionOfName } from '../../scan/lines/compressed.js';
import { needsRules } from '../../scan/run/conditions.js';
import { isObjectPath } from '../../scan/sources/s3/address.js';
import { UsageError } from '../shared/exit-codes.js';
import type { Io } from '../shared/io.js';
import type { ScanOptions } from './scan-arguments.js';

/** Throws `UsageError` if options need or forbid each other. */
export function checkScanOptions(
  paths: string[],
  options: ScanOptions,
  lawDefaults: Config['lawDefaults'],
): void {
  if (paths.length === 0 && options.filesFrom === undefined) {
    throw new UsageError(message('cli.scan.usage.nothing'));
  }
  checkList(options.filesFrom);
  checkFileResults(options);
  checkAttachments(options);
  checkStored(options);
  if (
    options.out !== undefined &&
    options.format === 'ndjson' &&
    compressionOfName(options.out) !== undefined
  )
    throw new UsageError(message('cli.scan.usage.packed', { path: options.out }));
  if (options.resume && options.format !== 'ndjson') {
    throw new UsageError(message('cli.scan.usage.resumeFormat', { format: options.format }));
  }
  if (options.resume && options.overwrite)
    throw new UsageError(message('cli.mistake.either', { one: '--resume', other: '--overwrite' }));
  if (options.recheck && !options.resume)
    throw new UsageError(message('cli.mistake.goesWith', { option: '--recheck', other: '--resume' }));
  const hasNoLaw = !hasLawSelection(options) && Object.keys(lawDefaults).length === 0;
  if (options.recheck?.includes('rulebooks') && hasNoLaw) {
    throw new UsageError(message('cli.scan.usage.recheckRulebooks'));
  }
  if (options.failOn?.some(needsRules) && hasNoLaw) {
    throw new UsageError(message('cli.scan.usage.failOnRulebooks'));
  }
}

/** Throws `UsageError` if options for repeated runs do not fit together. */
export async function checkRepeatedRuns(options: ScanOptions, io: Pick<Io, 'env'>): Promise<void> {
  const { watch, webhook, out, format, store, filesFrom } = options;
  const canContinue = (out !== undefined && format === 'ndjson') || store === true;
  if (watch && (!canContinue || filesFrom === '-' || options.dryRun))
    throw new UsageError(message('cli.scan.usage.watchNeeds'));
  if (webhook === undefined) return;
  if (!watch && !options.resume && options.scan === undefined)
    throw new UsageError(message('cli.scan.usage.webhookNeeds'));
  (await import('./scan-webhook.js')).checkWebhook(webhook, io.env);
}

/** Checks the list before the first record is written, so that a mistyped name leaves nothing behind. */
function checkList(list: string | undefined): void {
  if (list === undefined || list === '-' || isObjectPath(list)) return;
  try {
    accessSync(encodePath(list), constants.R_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = code === 'ENOENT' ? message('error.not-found') : message('scan.lost.unread', { code });
    throw new UsageError(message('cli.scan.usage.list', { list, why }), { cause: error });
  }
  if (statSync(encodePath(list)).isDirectory()) {
    throw new UsageError(message('cli.scan.usage.listFolder', { list }));
  }
}

/** Checks the options that only work with results in a file. */
function checkFileResults(options: ScanOptions): void {
  const needOut = (['resume', 'overwrite', 'recheck'] as const).find((name) => options[name]);
  if (needOut !== undefined && options.out === undefined) {
    const name = `--${needOut}`;
    if (!options.store && !options.distributed)
      throw new UsageError(message('cli.mistake.goesWith', { option: name, other: '--out' }));
    throw new UsageError(message('cli.scan.usage.needsFile', { option: name }));
  }
}

/** Pictures and manifest stores need a place where records are stored. */
function checkAttachments({ keep, out, format, store, distributed }: ScanOptions): void {
  const kind = keep?.find((one) => one !== 'fingerprints');
  if (kind === undefined) return;
  const option = `--keep ${kind}`;
  const hasStorage = store || distributed || (out !== undefined && format === 'ndjson');
  if (!hasStorage) throw new UsageError(message('cli.scan.usage.attachedWhere', { option }));
}

function checkStored(options: ScanOptions): void {
  const { store, distributed, scan: id, out, format, wait, failOn } = options;
  if (store && distributed)
    throw new UsageError(message('cli.mistake.either', { one: '--store', other: '--distributed' }));
  if (!store && !distributed) {
    if (id !== undefined) throw new UsageError(message('cli.scan.usage.scanId'));
    if (options.tenant !== undefined) throw new UsageError(message('cli.scan.usage.needsTenant'));
    if (wait)
      throw new UsageError(message('cli.mistake.goesWith', { option: '--wait', other: '--distributed' }));
    return;
  }
  if (out !== undefined || format !== 'ndjson') {
    throw new UsageError(message('cli.scan.usage.databaseForm'));
  }
  if (options.sidecars)
    throw new UsageError(message('cli.scan.usage.sidecars', { option: store ? '--store' : '--distributed' }));
  if (distributed && options.bandwidth !== undefined)
    throw new UsageError(message('cli.mistake.either', { one: '--bandwidth', other: '--distributed' }));
  if (distributed && failOn) throw new UsageError(message('cli.scan.usage.failOnDistributed'));
}
