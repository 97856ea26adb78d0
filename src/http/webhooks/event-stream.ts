import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatJson } from '../../base/json-line.js';
import { callerIfKnown } from '../contract/access.js';
import { httpLimits } from '../contract/limits.js';
import { Problem } from '../contract/problems/problem.js';

/**
 * Server-Sent Events of a state that changes until it is final: each state once, as fast as the client reads. The
 * states are polled from the store, since another machine may do the work; a client that reconnects gets the present
 * state.
 */
export interface EventStreamSource {
  /** Returns the present state as the event's name and data; `undefined` if it does not exist (any more). */
  readState(): Promise<{ event: string; data: unknown; last: boolean } | undefined>;
  /** Aborted when the server shuts down: clients reconnect, to another one. */
  shuttingDown: AbortSignal;
  /** Seconds after which the client wants the stream to end; left out: the maximum duration of a stream. */
  wait?: number | undefined;
}

let open = 0;
/** Open streams by key, so that one key cannot take all of them. Without keys callers are not distinguished. */
const openByKey = new Map<string, number>();

export function sendEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  watched: EventStreamSource,
): FastifyReply {
  const headers = { 'retry-after': String(httpLimits.retryAfterSeconds) };
  if (open >= httpLimits.eventStreams) throw new Problem('too-many-streams', { headers });
  const leave = takeStreamSlot(callerIfKnown(request)?.keyId);
  if (leave === undefined) throw new Problem('too-many-open-streams', { headers });
  open += 1;
  const stream = new PassThrough();
  stream.once('close', () => {
    open -= 1;
    leave();
  });
  // Listens on the answer, not on the request: a request is closed as soon as it has been read.
  reply.raw.once('close', () => stream.destroy());
  void writeStates(stream, watched).catch((error: unknown) => {
    request.log.error({ err: error }, 'a stream of events was broken off');
    stream.destroy();
  });
  return (
    reply
      .header('cache-control', 'no-store')
      // Keeps buffering proxies from holding back events.
      .header('x-accel-buffering', 'no')
      .type('text/event-stream; charset=utf-8')
      .send(stream)
  );
}

/** Returns the function that releases the stream's slot; `undefined` if the key has no slot left. */
function takeStreamSlot(key: string | undefined): (() => void) | undefined {
  if (key === undefined) return () => undefined;
  const own = openByKey.get(key) ?? 0;
  if (own >= httpLimits.eventStreamsPerKey) return undefined;
  openByKey.set(key, own + 1);
  return () => {
    const left = (openByKey.get(key) ?? 1) - 1;
    if (left === 0) openByKey.delete(key);
    else openByKey.set(key, left);
  };
}

async function writeStates(
  stream: PassThrough,
  { readState: look, shuttingDown: leaving, wait }: EventStreamSource,
): Promise<void> {
  const lasting = wait === undefined ? httpLimits.eventStreamMillis : wait * 1_000;
  const until = Date.now() + lasting;
  let told: string | undefined;
  let spokenAt = Date.now();
  stream.write(`retry: ${httpLimits.retryAfterSeconds * 100}\n\n`);
  while (!stream.destroyed && !leaving.aborted) {
    const state = await look();
    if (state === undefined) break;
    // The data is one line: JSON escapes line breaks inside strings and has no others.
    const text = `event: ${state.event}\ndata: ${formatJson(state.data)}\n\n`;
    if (text !== told) {
      stream.write(text);
      spokenAt = Date.now();
    } else if (Date.now() - spokenAt > httpLimits.heartbeatMillis) {
      stream.write(': still here\n\n');
      spokenAt = Date.now();
    }
    told = text;
    if (state.last || Date.now() >= until) break;
    await delay(Math.min(httpLimits.pollMillis, Math.max(1, until - Date.now())));
  }
  stream.end();
}
