import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jsonText } from '../core/ground/json-line.js';
import { callerIfKnown } from './access.js';
import { httpLimits } from './limits.js';
import { Problem } from './problem.js';

/**
 * Server-Sent Events of something that changes until it has ended: each state once, in the client's own time. The states
 * are asked of the store, since another machine may be at work; a client that comes again is told where it stands now.
 */
export interface Watched {
  /** What is told: an event's name and its data; undefined where there is nothing (any more). */
  look(): Promise<{ event: string; data: unknown; last: boolean } | undefined>;
  /** The server is ending: clients come again, to another one. */
  leaving: AbortSignal;
  /** Seconds after which the client would rather have an end; left out: as long as a stream may last. */
  wait?: number | undefined;
}

let open = 0;
/** By key, so that one alone cannot have them all. Where nobody has to show a key, nobody is told apart. */
const openOf = new Map<string, number>();

export function sendEvents(request: FastifyRequest, reply: FastifyReply, watched: Watched): FastifyReply {
  const headers = { 'retry-after': String(httpLimits.retryAfterSeconds) };
  if (open >= httpLimits.eventStreams) throw new Problem('too-many-streams', { headers });
  const leave = placeOf(callerIfKnown(request)?.keyId);
  if (leave === undefined) throw new Problem('too-many-open-streams', { headers });
  open += 1;
  const stream = new PassThrough();
  stream.once('close', () => {
    open -= 1;
    leave();
  });
  // Of the answer: a request is closed as soon as it has been read.
  reply.raw.once('close', () => stream.destroy());
  void tell(stream, watched).catch((error: unknown) => {
    request.log.error({ err: error }, 'a stream of events was broken off');
    stream.destroy();
  });
  return (
    reply
      .header('cache-control', 'no-store')
      // Proxies that gather an answer would hold back what is told.
      .header('x-accel-buffering', 'no')
      .type('text/event-stream; charset=utf-8')
      .send(stream)
  );
}

/** Undefined where the key has as many as it may; else what gives the place back. */
function placeOf(key: string | undefined): (() => void) | undefined {
  if (key === undefined) return () => undefined;
  const own = openOf.get(key) ?? 0;
  if (own >= httpLimits.eventStreamsPerKey) return undefined;
  openOf.set(key, own + 1);
  return () => {
    const left = (openOf.get(key) ?? 1) - 1;
    if (left === 0) openOf.delete(key);
    else openOf.set(key, left);
  };
}

async function tell(stream: PassThrough, { look, leaving, wait }: Watched): Promise<void> {
  const lasting = wait === undefined ? httpLimits.eventStreamMillis : wait * 1_000;
  const until = Date.now() + lasting;
  let told: string | undefined;
  let spokenAt = Date.now();
  stream.write(`retry: ${httpLimits.retryAfterSeconds * 100}\n\n`);
  while (!stream.destroyed && !leaving.aborted) {
    const state = await look();
    if (state === undefined) break;
    // One line: JSON has no line break of its own outside of texts, where it is escaped.
    const text = `event: ${state.event}\ndata: ${jsonText(state.data)}\n\n`;
    if (text !== told) {
      stream.write(text);
      spokenAt = Date.now();
    } else if (Date.now() - spokenAt > httpLimits.heartbeatMillis) {
      stream.write(': still here\n\n');
      spokenAt = Date.now();
    }
    told = text;
    if (state.last || Date.now() >= until) break;
    await delay(Math.min(httpLimits.lookMillis, Math.max(1, until - Date.now())));
  }
  stream.end();
}
