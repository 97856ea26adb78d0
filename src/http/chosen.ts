import type { FastifyRequest } from 'fastify';
import { membersAt, type NameAt, type NameOf, rowOf } from '../question/members.js';

export type PageField = NameAt<'page'>;
/** Fields of the form whose values can be shown in it again; a browser lets nobody put a file back. */
export type KeptField = Exclude<PageField, NameOf<'file'>>;
const KEPT = membersAt('page').filter((name): name is KeptField => rowOf(name).takes !== 'file');

const LONGEST = 200;
const links = new WeakMap<FastifyRequest, string>();
const values = new WeakMap<FastifyRequest, Map<KeptField, string>>();

/** As it came, before anybody looks whether it can be used. */
export function noteChosen(request: FastifyRequest, name: string, value: unknown): void {
  const kept = KEPT.find((one) => one === name);
  if (kept === undefined || typeof value !== 'string' || value.length > LONGEST) return;
  const all = values.get(request) ?? new Map<KeptField, string>();
  const before = rowOf(kept).takes === 'words' ? all.get(kept) : undefined;
  values.set(request, all.set(kept, before ? `${before},${value}` : value));
}

/** The link that came in place of a file, to be shown again. */
export function noteLink(request: FastifyRequest, url: string): void {
  links.set(request, url);
}
export const linkOf = (request: FastifyRequest): string | undefined => links.get(request);

export const chosenOf = (request: FastifyRequest): ReadonlyMap<KeptField, string> =>
  values.get(request) ?? new Map();
