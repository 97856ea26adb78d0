import type { FastifyReply, FastifyRequest } from 'fastify';
import { compact } from '../../base/json-shape.js';
import type { Amount, UsageRepository } from '../../storage/access/usage.js';
import { callerOf } from '../contract/access.js';
import { Problem } from '../contract/problems/problem.js';

const DAY_SECONDS = 86_400;

export interface DailyQuota {
  admit(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Takes what a request needs beyond the amount taken at its start; throws `Problem` if the day has too little left. */
  spend(request: FastifyRequest, reply: FastifyReply, amount: Amount): Promise<void>;
  /**
   * Counts bytes that have already arrived, whatever becomes of the request: even beyond the quota of the day, and
   * never refunded.
   */
  charge(request: FastifyRequest, bytes: number): Promise<void>;
}

interface QuotaParts {
  usage: UsageRepository;
  /** Maximum number of concurrent uploads of one key. */
  maxConcurrent: number;
  now: () => Date;
}

/** Enforces, on routes that take a file (`metered`), what a key may send in a day and how many uploads run at once. */
export function createDailyQuota({ usage, maxConcurrent: mostAtOnce, now }: QuotaParts): DailyQuota {
  const underWay = new Map<string, number>();

  const atDoor = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { keyId, limits } = callerOf(request);
    if (keyId === undefined) return;
    const inside = underWay.get(keyId) ?? 0;
    if (inside >= mostAtOnce) throw new Problem('too-many-uploads', { headers: { 'retry-after': '10' } });
    underWay.set(keyId, inside + 1);
    reply.raw.once('close', () => leave(keyId));

    const { dailyBytes } = limits;
    const length = request.headers['content-length'];
    if (dailyBytes !== undefined && length === undefined) throw new Problem('length-required');
    const inspections = request.routeOptions.config.metered === 'bytes' ? 0 : 1;
    await spend(request, reply, { inspections, bytes: Number(length ?? 0) });
  };

  const spend = async (request: FastifyRequest, reply: FastifyReply, amount: Amount): Promise<void> => {
    const { keyId, limits } = callerOf(request);
    const { dailyInspections, dailyBytes } = limits;
    if (keyId === undefined || (dailyInspections === undefined && dailyBytes === undefined)) return;
    const day = now().toISOString().slice(0, 10);
    const { allowed, used } = await usage.take(keyId, day, amount, {
      ...compact({ dailyInspections, dailyBytes }),
    });
    const left = secondsLeft(now());
    const policies = [
      { name: 'inspections', most: dailyInspections, spent: used.inspections, unit: '' },
      { name: 'bytes', most: dailyBytes, spent: used.bytes, unit: ';qu="content-bytes"' },
    ];
    for (const { name, most, spent, unit } of policies) {
      if (most === undefined) continue;
      replacePolicyItem(reply, 'ratelimit-policy', name, `"${name}";q=${most};w=${DAY_SECONDS}${unit}`);
      replacePolicyItem(reply, 'ratelimit', name, `"${name}";r=${Math.max(0, most - spent)};t=${left}`);
    }
    if (!allowed) throw new Problem('quota-used-up', { headers: { 'retry-after': String(left) } });
    reply.raw.once('close', () => {
      // A request that was refused, or aborted by its client, is refunded.
      if (reply.raw.statusCode < 400 && reply.raw.writableEnded) return;
      usage
        .refund(keyId, day, amount)
        .catch((err) => request.log.error({ err }, 'a quota could not be given back'));
    });
  };

  const charge = async (request: FastifyRequest, bytes: number): Promise<void> => {
    const { keyId, limits } = callerOf(request);
    const isBounded = limits.dailyBytes !== undefined;
    if (keyId === undefined || !isBounded || bytes === 0) return;
    await usage.take(keyId, now().toISOString().slice(0, 10), { inspections: 0, bytes }, {});
  };

  return { admit: atDoor, spend, charge };

  function leave(keyId: string): void {
    const inside = (underWay.get(keyId) ?? 1) - 1;
    if (inside === 0) underWay.delete(keyId);
    else underWay.set(keyId, inside);
  }
}

/** Replaces an earlier item of the same policy. */
function replacePolicyItem(reply: FastifyReply, header: string, policy: string, item: string): void {
  const before = String(reply.getHeader(header) ?? '').split(', ');
  const others = before.filter((one) => one !== '' && !one.startsWith(`"${policy}"`));
  reply.header(header, [...others, item].join(', '));
}

const secondsLeft = (now: Date): number => DAY_SECONDS - (Math.floor(now.getTime() / 1000) % DAY_SECONDS);
