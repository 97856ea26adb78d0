import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { said } from '../say/said.js';
import { badField } from './problem.js';

/** What asks for one page of a list, and leads to the next. */
export const USUAL_PAGE = 50;
export const MOST_PAGE = 200;

const limitOf = (usual: number, most: number) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: most, description: `Left out: ${usual}.` }));
const CURSOR = '`next` of the page before.';

export const pageProperties = (usual = USUAL_PAGE, most = MOST_PAGE) => ({
  limit: limitOf(usual, most),
  cursor: Type.Optional(Type.String({ maxLength: 200, description: CURSOR })),
});
export const PageProperties = pageProperties();
/** Page parameters of a list that is ordered by number, where the cursor is that number. */
export const numberedPageProperties = (usual: number, most: number) => ({
  limit: limitOf(usual, most),
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$', description: CURSOR })),
});

/** Lists that had no pages once are still told whole where nobody asks otherwise, as far as anybody has seen one. */
export const MOST_KNOWN = 1_000;

export const NEXT = { next: Type.Optional(Type.String({ description: '`cursor` of the next page.' })) };
export const NEXT_LINK = {
  Link: Type.Optional(Type.String({ description: 'The next page, `rel="next"`.' })),
};

export const pageIn = ({ limit = USUAL_PAGE, cursor }: { limit?: number; cursor?: string }) => ({
  limit,
  ...(cursor === undefined ? {} : { cursor }),
});

/** The member `next` of an answer; the same stands in `Link` (RFC 8288). */
export function nextPage(
  request: FastifyRequest,
  reply: FastifyReply,
  next: string | undefined,
): { next?: string } {
  if (next === undefined) return {};
  const { pathname, searchParams } = new URL(request.url, 'http://local');
  searchParams.set('cursor', next);
  reply.header('link', `<${pathname}?${searchParams}>; rel="next"`);
  return { next };
}

/** One page of a list that is whole in memory; `nameOf`: what tells each from all others. */
export function pageWithin<T>(
  items: readonly T[],
  { limit = MOST_KNOWN, cursor }: { limit?: number; cursor?: string },
  nameOf: (item: T) => string,
): { items: T[]; next?: string } {
  const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const from = cursor === undefined ? 0 : items.findIndex((item) => nameOf(item) === after) + 1;
  if (cursor !== undefined && from === 0) throw badField('cursor', said('problem.field.cursor'));
  const page = items.slice(from, from + limit);
  const last = page.at(-1);
  const isMore = last !== undefined && from + limit < items.length;
  return { items: page, ...(isMore ? { next: Buffer.from(nameOf(last)).toString('base64url') } : {}) };
}
