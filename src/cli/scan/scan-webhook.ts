import { setTimeout as delay } from 'node:timers/promises';
import { formatJson } from '../../base/json-line.js';
import { readConfig } from '../../config/settings.js';
import { message } from '../../i18n/message.js';
import type { RunChanges } from '../../scan/compare/run-changes.js';
import type { ChangeCounts, ChangeGroup } from '../../scan/records/change-groups.js';
import { WebhookSender } from '../../service/webhooks/send.js';
import { parseTarget, TargetFault } from '../../service/webhooks/target.js';
import { webhookLimits } from '../../service/webhooks/webhook-limits.js';
import { UsageError } from '../shared/exit-codes.js';
import { type Io, printMessage } from '../shared/io.js';

/** Variable with the secret that signs messages to `--webhook`, which have the format of the service's webhooks. */

const SECRET_VARIABLE = 'ASSAY_SCAN_WEBHOOK_SECRET';
const SECRET_FORMAT = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;
/**
 * Pauses before the second and third attempt. A finished scan is not delayed longer, since its results contain the same
 * changes.
 */
const PAUSES_MILLIS = [2_000, 10_000];
/** Groups whose file names are included. */
const NAMED_GROUPS = [
  'newlyAi',
  'newlyAltered',
  'newlyUnread',
  'gone',
] as const satisfies readonly ChangeGroup[];

export interface ScanDelta {
  /** Id of the scan; `run` is the number of its run. */
  scan: string;
  run: number;
  changes: RunChanges;
}

/** Throws `UsageError` if the address or its secret is invalid. Called before any file is read. */
export function checkWebhook(url: string, env: Io['env']): void {
  if (!SECRET_FORMAT.test(env[SECRET_VARIABLE]?.trim() ?? ''))
    throw new UsageError(message('cli.scan.usage.webhookSecret'));
  try {
    const config = readConfig(env);
    parseTarget(url, config.webhookAllowedHosts, config.fetch.denied);
  } catch (error) {
    if (error instanceof TargetFault)
      throw new UsageError(
        message('cli.mistake.value', {
          name: '--webhook <url>',
          value: withoutQuery(url),
          why: error.userMessage,
        }),
        {
          cause: error,
        },
      );
    throw error;
  }
}

/** Sends the changes. A failed delivery is only printed on stderr, because the results are stored anyway. */
export async function sendDelta(url: string, delta: ScanDelta, io: Io): Promise<void> {
  const config = readConfig(io.env);
  const sender = new WebhookSender(config.webhookAllowedHosts, config.fetch.denied);
  const secret = io.env[SECRET_VARIABLE]?.trim() ?? '';
  const delivery = {
    // The id is the same in every attempt, so that receivers recognise repetitions.
    id: `${delta.scan}.${delta.run}`,
    url,
    secrets: [secret],
    body: deltaBody(delta, new Date().toISOString()),
  };
  for (let attempt = 0; ; attempt += 1) {
    const ended = await sender.send(delivery, new Date(), io.interrupted);
    if (ended.outcome === 'delivered') return;
    const pause = PAUSES_MILLIS[attempt];
    if (ended.outcome === 'gone' || pause === undefined || io.interrupted?.aborted) {
      const code = 'status' in ended ? String(ended.status) : ended.code;
      printMessage(io, message('cli.scan.webhookFailed', { url: withoutQuery(url), code }));
      return;
    }
    await delay(pause, undefined, io.interrupted ? { signal: io.interrupted } : {}).catch(() => {});
  }
}

/** Removes the query, which often contains a key. */
const withoutQuery = (url: string): string => url.replace(/\?.*$/s, '?…');

interface DeltaData {
  id: string;
  run: number;
  changes: ChangeCounts;
  names?: Partial<Record<ChangeGroup, readonly string[]>>;
}

/** Returns the body: counts, and the first names of groups an operator should look at, if they fit. */
export function deltaBody({ scan, run, changes }: ScanDelta, timestamp: string): string {
  const data: DeltaData = { id: scan, run, changes: changes.counts };
  const names = Object.fromEntries(NAMED_GROUPS.map((group) => [group, changes.names(group)]));
  const whole = formatJson({ type: 'scan.delta', timestamp, data: { ...data, names } });
  return Buffer.byteLength(whole) <= webhookLimits.bodyBytes
    ? whole
    : formatJson({ type: 'scan.delta', timestamp, data });
}
