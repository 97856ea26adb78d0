import { accessSync, constants, statSync } from 'node:fs';
import type { Config } from '../config.js';
import { bytesOfPath } from '../core/ground/path-text.js';
import { asksLaw } from '../question/asked-law.js';
import { said } from '../say/said.js';
import { packingOfName } from '../scan/compressed.js';
import { asksRules } from '../scan/conditions.js';
import { isObjectPath } from '../scan/s3/address.js';
import { UsageError } from './exit-codes.js';
import type { Io } from './io.js';
import type { ScanOptions } from './scan-asked.js';

/** Options that need or forbid each other. Throws a UsageError. */
export function checkTogether(paths: string[], options: ScanOptions, presets: Config['lawDefaults']): void {
  if (paths.length === 0 && options.filesFrom === undefined && options.inventory === undefined) {
    throw new UsageError(said('cli.scan.usage.nothing'));
  }
  if (options.nul && options.filesFrom === undefined) throw new UsageError(said('cli.scan.usage.nul'));
  checkList(options.filesFrom);
  checkWithOut(options);
  checkBeside(options);
  checkKept(options);
  if (options.columns !== undefined && options.format !== 'csv') {
    throw new UsageError(said('cli.columns.format'));
  }
  if (options.out !== undefined && options.format === 'ndjson' && packingOfName(options.out) !== undefined)
    throw new UsageError(said('cli.scan.usage.packed', { path: options.out }));
  if (options.resume && options.format !== 'ndjson') {
    throw new UsageError(said('cli.scan.usage.resumeFormat', { format: options.format }));
  }
  if (options.resume && options.overwrite)
    throw new UsageError(said('cli.mistake.either', { one: '--resume', other: '--overwrite' }));
  if (options.byContent && !options.resume)
    throw new UsageError(said('cli.mistake.goesWith', { option: '--by-content', other: '--resume' }));
  if (options.recheck && !options.resume)
    throw new UsageError(said('cli.mistake.goesWith', { option: '--recheck', other: '--resume' }));
  const asksNone = !asksLaw(options) && Object.keys(presets).length === 0;
  if (options.recheck?.includes('rulebooks') && asksNone) {
    throw new UsageError(said('cli.scan.usage.recheckRulebooks'));
  }
  if (options.failOn?.some(asksRules) && asksNone) {
    throw new UsageError(said('cli.scan.usage.failOnRulebooks'));
  }
}

/** Of runs that follow one another. Throws a UsageError. */
export async function checkLater(options: ScanOptions, io: Pick<Io, 'env'>): Promise<void> {
  const { watch, every, webhook, out, format, store, filesFrom } = options;
  if (every !== undefined && !watch)
    throw new UsageError(said('cli.mistake.goesWith', { option: '--every', other: '--watch' }));
  const goesOn = (out !== undefined && format === 'ndjson') || store === true;
  if (watch && (!goesOn || filesFrom === '-' || options.dryRun))
    throw new UsageError(said('cli.scan.usage.watchNeeds'));
  if (webhook === undefined) return;
  if (!watch && !options.resume && options.scan === undefined)
    throw new UsageError(said('cli.scan.usage.webhookNeeds'));
  (await import('./scan-webhook.js')).checkWebhook(webhook, io.env);
}

/** Before the first record is written: a name mistyped is to leave nothing behind. */
function checkList(list: string | undefined): void {
  if (list === undefined || list === '-' || isObjectPath(list)) return;
  try {
    accessSync(bytesOfPath(list), constants.R_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = code === 'ENOENT' ? said('error.not-found') : said('scan.lost.unread', { code });
    throw new UsageError(said('cli.scan.usage.list', { list, why }), { cause: error });
  }
  if (statSync(bytesOfPath(list)).isDirectory()) {
    throw new UsageError(said('cli.scan.usage.listFolder', { list }));
  }
}

/** What results in a file alone can do. */
function checkWithOut(options: ScanOptions): void {
  const needOut = (['resume', 'overwrite', 'byContent', 'recheck'] as const).find((name) => options[name]);
  if (needOut !== undefined && options.out === undefined) {
    const name = `--${needOut === 'byContent' ? 'by-content' : needOut}`;
    if (!options.store && !options.distributed)
      throw new UsageError(said('cli.mistake.goesWith', { option: name, other: '--out' }));
    throw new UsageError(said('cli.scan.usage.needsFile', { option: name }));
  }
}

/** Pictures and manifest stores are kept beside fingerprints, and where records are. */
function checkBeside({
  previews,
  keepManifests,
  fingerprints,
  out,
  format,
  store,
  distributed,
}: ScanOptions): void {
  const option = previews ? '--previews' : keepManifests ? '--keep-manifests' : undefined;
  if (option === undefined) return;
  if (!fingerprints) throw new UsageError(said('cli.mistake.goesWith', { option, other: '--fingerprints' }));
  const isKept = store || distributed || (out !== undefined && format === 'ndjson');
  if (!isKept) throw new UsageError(said('cli.scan.usage.besideWhere', { option }));
}

/** What each machine that reads is told by itself. */
const OF_WORKERS = {
  prefetch: ['--prefetch', 'ASSAY_SCAN_PREFETCH'],
  prefetchBytes: ['--prefetch-bytes', 'ASSAY_SCAN_PREFETCH_BYTES'],
  bandwidth: ['--bandwidth', 'ASSAY_SCAN_BANDWIDTH'],
  hours: ['--hours', 'ASSAY_SCAN_HOURS'],
} as const;

function checkKept(options: ScanOptions): void {
  const { store, distributed, scan: id, out, format, wait, failOn } = options;
  if (store && distributed)
    throw new UsageError(said('cli.mistake.either', { one: '--store', other: '--distributed' }));
  if (!store && !distributed) {
    if (id !== undefined) throw new UsageError(said('cli.scan.usage.scanId'));
    if (options.tenant !== undefined) throw new UsageError(said('cli.scan.usage.needsTenant'));
    if (wait)
      throw new UsageError(said('cli.mistake.goesWith', { option: '--wait', other: '--distributed' }));
    return;
  }
  if (out !== undefined || format !== 'ndjson') {
    throw new UsageError(said('cli.scan.usage.databaseForm'));
  }
  if (options.sidecars)
    throw new UsageError(said('cli.scan.usage.sidecars', { option: store ? '--store' : '--distributed' }));
  const ofWorkers = (['prefetch', 'prefetchBytes', 'bandwidth', 'hours'] as const).find(
    (name) => options[name] !== undefined,
  );
  if (distributed && ofWorkers !== undefined) {
    const [option, variable] = OF_WORKERS[ofWorkers];
    throw new UsageError(said('cli.scan.usage.ofWorkers', { option, variable }));
  }
  if (distributed && failOn) throw new UsageError(said('cli.scan.usage.failOnDistributed'));
}
