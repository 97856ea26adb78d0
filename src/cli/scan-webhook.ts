import { setTimeout as delay } from 'node:timers/promises';
import { readConfig } from '../config.js';
import { jsonText } from '../core/ground/json-line.js';
import { said } from '../say/said.js';
import type { ChangeCounts, ChangeGroup } from '../scan/change-groups.js';
import type { RunChanges } from '../scan/run-changes.js';
import { WebhookSender } from '../webhooks/send.js';
import { TargetFault, targetOf } from '../webhooks/target.js';
import { webhookLimits } from '../webhooks/webhook-limits.js';
import { UsageError } from './exit-codes.js';
import { type Io, tell } from './io.js';

/** Who is told of what a run has changed, by a message as the service's webhooks send it. */

const SECRET = 'ASSAY_SCAN_WEBHOOK_SECRET';
const SECRET_FORM = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;
/** Before the second and third attempt: a scan that ends is not held up for days, and its results say the same. */
const PAUSES_MILLIS = [2_000, 10_000];
/** Of which names go along. */
const NAMED = ['newlyAi', 'newlyAltered', 'newlyUnread', 'gone'] as const satisfies readonly ChangeGroup[];

export interface ScanDelta {
  /** Of the scan, and which of its runs. */
  scan: string;
  run: number;
  changes: RunChanges;
}

/** Before anything is read. Throws a UsageError. */
export function checkWebhook(url: string, env: Io['env']): void {
  if (!SECRET_FORM.test(env[SECRET]?.trim() ?? ''))
    throw new UsageError(said('cli.scan.usage.webhookSecret'));
  try {
    const config = readConfig(env);
    targetOf(url, config.webhookAllowedHosts, config.fetch.denied);
  } catch (error) {
    if (error instanceof TargetFault)
      throw new UsageError(
        said('cli.mistake.value', { name: '--webhook <url>', value: withoutQuery(url), why: error.said }),
        {
          cause: error,
        },
      );
    throw error;
  }
}

/** Told on standard error where it could not be delivered: results stand all the same. */
export async function sendDelta(url: string, delta: ScanDelta, io: Io): Promise<void> {
  const config = readConfig(io.env);
  const sender = new WebhookSender(config.webhookAllowedHosts, config.fetch.denied);
  const secret = io.env[SECRET]?.trim() ?? '';
  const message = {
    // The same in every attempt: receivers know by it what they have had.
    id: `${delta.scan}.${delta.run}`,
    url,
    secrets: [secret],
    body: bodyOf(delta, new Date().toISOString()),
  };
  for (let attempt = 0; ; attempt += 1) {
    const ended = await sender.send(message, new Date(), io.interrupted);
    if (ended.outcome === 'delivered') return;
    const pause = PAUSES_MILLIS[attempt];
    if (ended.outcome === 'gone' || pause === undefined || io.interrupted?.aborted) {
      const code = 'status' in ended ? String(ended.status) : ended.code;
      tell(io, said('cli.scan.webhookFailed', { url: withoutQuery(url), code }));
      return;
    }
    await delay(pause, undefined, io.interrupted ? { signal: io.interrupted } : {}).catch(() => {});
  }
}

/** What stands behind the path is often a key. */
const withoutQuery = (url: string): string => url.replace(/\?.*$/s, '?…');

interface Told {
  id: string;
  run: number;
  changes: ChangeCounts;
  names?: Partial<Record<ChangeGroup, readonly string[]>>;
}

/** Thin: counts, and the first names of what an operator has to look at, where there is room for them. */
export function bodyOf({ scan, run, changes }: ScanDelta, timestamp: string): string {
  const data: Told = { id: scan, run, changes: changes.counts };
  const names = Object.fromEntries(NAMED.map((group) => [group, changes.names(group)]));
  const whole = jsonText({ type: 'scan.delta', timestamp, data: { ...data, names } });
  return Buffer.byteLength(whole) <= webhookLimits.bodyBytes
    ? whole
    : jsonText({ type: 'scan.delta', timestamp, data });
}
