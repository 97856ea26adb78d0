import type { FastifyRequest } from 'fastify';

/** Fields of the form whose values can be shown in it again; a browser lets nobody put a file back. */
const KEPT = ['asOf', 'jurisdiction', 'rulebooks', 'deep'] as const;
export type KeptField = (typeof KEPT)[number];

const LONGEST = 200;
const values = new WeakMap<FastifyRequest, Map<KeptField, string>>();

/** As it came, before anybody looks whether it can be used. */
export function noteChosen(request: FastifyRequest, name: string, value: unknown): void {
  const kept = KEPT.find((one) => one === name);
  if (kept === undefined || typeof value !== 'string' || value.length > LONGEST) return;
  const all = values.get(request) ?? new Map<KeptField, string>();
  values.set(request, all.set(kept, value));
}

export const chosenOf = (request: FastifyRequest): ReadonlyMap<KeptField, string> =>
  values.get(request) ?? new Map();
