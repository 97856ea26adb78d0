import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { message } from '../../../i18n/message.js';
import { badField } from '../problems/problem.js';

/** Parameters of one page of a list, and the link to the next. */
export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 200;

const limitSchema = (defaultSize: number, maxSize: number) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: maxSize, description: `Default: ${defaultSize}.` }));
const CURSOR = 'Value of `next` from the previous page.';

export const pageProperties = (defaultSize = DEFAULT_PAGE_SIZE, maxSize = MAX_PAGE_SIZE) => ({
  limit: limitSchema(defaultSize, maxSize),
  cursor: Type.Optional(Type.String({ maxLength: 200, description: CURSOR })),
});
export const PageProperties = pageProperties();
/** Page parameters of a list that is ordered by number; the cursor is that number. */
export const numberedPageProperties = (defaultSize: number, maxSize: number) => ({
  limit: limitSchema(defaultSize, maxSize),
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$', description: CURSOR })),
});

/**
 * Page size of lists that were unpaged in earlier versions: larger than any such list seen in practice, so they still
 * come whole by default.
 */
export const UNPAGED_SIZE = 1_000;

export const NEXT = { next: Type.Optional(Type.String({ description: '`cursor` of the next page.' })) };
export const NEXT_LINK = {
  Link: Type.Optional(Type.String({ description: 'The next page, `rel="next"`.' })),
};

export const parsePage = ({ limit = DEFAULT_PAGE_SIZE, cursor }: { limit?: number; cursor?: string }) => ({
  limit,
  ...(cursor === undefined ? {} : { cursor }),
});

/** Sets the `Link` header of the next page (RFC 8288) and returns the member `next` of the answer. */
export function linkNextPage(
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

/** Returns one page of a list that is whole in memory; `nameOf`: a unique key of each element. */
export function slicePage<T>(
  items: readonly T[],
  { limit = UNPAGED_SIZE, cursor }: { limit?: number; cursor?: string },
  nameOf: (item: T) => string,
): { items: T[]; next?: string } {
  const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const from = cursor === undefined ? 0 : items.findIndex((item) => nameOf(item) === after) + 1;
  if (cursor !== undefined && from === 0) throw badField('cursor', message('problem.field.cursor'));
  const page = items.slice(from, from + limit);
  const last = page.at(-1);
  const isMore = last !== undefined && from + limit < items.length;
  return { items: page, ...(isMore ? { next: Buffer.from(nameOf(last)).toString('base64url') } : {}) };
}
