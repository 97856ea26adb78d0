import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessSettings } from '../../config.js';
import { compact } from '../../core/ground/json-shape.js';
import type { Amount, Usage } from '../../store/usage.js';
import { callerOf } from '../access.js';
import { Problem } from '../problem.js';

const DAY_SECONDS = 86_400;

export interface DailyQuota {
  atDoor(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** What a request asks beyond what its door took; refuses where the day has not as much. */
  spend(request: FastifyRequest, reply: FastifyReply, amount: Amount): Promise<void>;
  /** Bytes that have come already, whatever becomes of the request: also beyond what the day has, and never given back. */
  charge(request: FastifyRequest, bytes: number): Promise<void>;
}

interface QuotaParts {
  settings: AccessSettings;
  usage: Usage;
  /** Uploads of one key at once. */
  mostAtOnce: number;
  now: () => Date;
}

/** For routes that take a file (`metered`): what a key may send in a day, and how much of it at the same time. */
export function dailyQuota({ settings, usage, mostAtOnce, now }: QuotaParts): DailyQuota {
  const underWay = new Map<string, number>();

  const atDoor = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { keyId, limits } = callerOf(request);
    if (keyId === undefined) return;
    const inside = underWay.get(keyId) ?? 0;
    if (inside >= mostAtOnce) throw new Problem('too-many-uploads', { headers: { 'retry-after': '10' } });
    underWay.set(keyId, inside + 1);
    reply.raw.once('close', () => leave(keyId));

    const { dailyBytes = settings.dailyBytes } = limits;
    const length = request.headers['content-length'];
    if (dailyBytes !== undefined && length === undefined) throw new Problem('length-required');
    const inspections = request.routeOptions.config.metered === 'bytes' ? 0 : 1;
    await spend(request, reply, { inspections, bytes: Number(length ?? 0) });
  };

  const spend = async (request: FastifyRequest, reply: FastifyReply, amount: Amount): Promise<void> => {
    const { keyId, limits } = callerOf(request);
    const { dailyInspections = settings.dailyInspections, dailyBytes = settings.dailyBytes } = limits;
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
      put(reply, 'ratelimit-policy', name, `"${name}";q=${most};w=${DAY_SECONDS}${unit}`);
      put(reply, 'ratelimit', name, `"${name}";r=${Math.max(0, most - spent)};t=${left}`);
    }
    if (!allowed) throw new Problem('quota-used-up', { headers: { 'retry-after': String(left) } });
    reply.raw.once('close', () => {
      // What was refused, or left by its client, has cost nothing.
      if (reply.raw.statusCode < 400 && reply.raw.writableEnded) return;
      usage
        .giveBack(keyId, day, amount)
        .catch((err) => request.log.error({ err }, 'a quota could not be given back'));
    });
  };

  const charge = async (request: FastifyRequest, bytes: number): Promise<void> => {
    const { keyId, limits } = callerOf(request);
    const isBounded = (limits.dailyBytes ?? settings.dailyBytes) !== undefined;
    if (keyId === undefined || !isBounded || bytes === 0) return;
    await usage.take(keyId, now().toISOString().slice(0, 10), { inspections: 0, bytes }, {});
  };

  return { atDoor, spend, charge };

  function leave(keyId: string): void {
    const inside = (underWay.get(keyId) ?? 1) - 1;
    if (inside === 0) underWay.delete(keyId);
    else underWay.set(keyId, inside);
  }
}

/** In place of what was said of this policy before. */
function put(reply: FastifyReply, header: string, policy: string, item: string): void {
  const before = String(reply.getHeader(header) ?? '').split(', ');
  const others = before.filter((one) => one !== '' && !one.startsWith(`"${policy}"`));
  reply.header(header, [...others, item].join(', '));
}

const secondsLeft = (now: Date): number => DAY_SECONDS - (Math.floor(now.getTime() / 1000) % DAY_SECONDS);
