import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { compact } from '../../core/ground/json-shape.js';
import { type Said, said } from '../../say/said.js';
import {
  COLLECTION_BOUNDS as bounds,
  CollectionError,
  type CollectionItem,
  type CollectionPatch,
  type KeptCollection,
  type NewCollectionItem,
} from '../../store/collections.js';
import type { NotMade } from '../../store/fingerprints.js';
import { requireScope, tenantOf } from '../access.js';
import {
  CollectionChangesSchema,
  CollectionSchema,
  ItemSchema,
  NewCollectionSchema,
  type NewItem,
  NewItemsSchema,
} from '../collection-schemas.js';
import { readsJson } from '../json-body.js';
import { askedSpeech, LanguageSchema } from '../language.js';
import { httpLimits } from '../limits.js';
import { reasonTold } from '../matches-told.js';
import { NEXT, PageProperties, pageIn } from '../paging.js';
import { hashGiven } from '../pdq-hash.js';
import { pictureHeaders } from '../picture-headers.js';
import { badField, Problem } from '../problem.js';
import {
  BAD_BODY,
  BAD_QUERY,
  IdParamsSchema,
  IfNoneMatchHeadersSchema,
  jsonAnswer,
  problemAnswers,
  type TypeBoxProvider,
  taggedAnswers,
} from '../schemas.js';
import { sendPrivate, sendTagged } from '../send-inspection.js';
import type { Services } from '../services.js';
import {
  ETAG_HEADER,
  IfMatchHeadersSchema,
  ifMatch,
  PRECONDITION_PROBLEM,
  sendWithState,
  stateOf,
} from '../state-tag.js';

const tags = ['matches'];
const NotFound = { 404: 'There is no such collection or item, or no longer.' };
const ItemParamsSchema = Type.Object({ ...IdParamsSchema.properties, item: Type.String() });

/** Pictures of a newsroom’s own, with what people found out about them. It stands here as theirs. */
export function collectionRoutes(instance: FastifyInstance, services: Services): void {
  instance.register(async (scope) => {
    readsJson(scope, httpLimits.collectionBodyBytes);
    collections(scope, services);
    items(scope, services);
  });
}

function collections(instance: FastifyInstance, { stores, now }: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();

  app.route({
    method: 'POST',
    url: '/v1/collections',
    config: requireScope('inspect'),
    schema: {
      operationId: 'createCollection',
      tags,
      summary: 'Begin a collection',
      body: NewCollectionSchema,
      response: {
        201: jsonAnswer('The collection, empty.', CollectionSchema, {
          Location: Type.String({ description: '`/v1/collections/<id>`' }),
        }),
        ...problemAnswers({ ...BAD_BODY, 409: 'There are as many as there may be.' }),
      },
    },
    handler: async (request, reply) => {
      const at = now().toISOString();
      const made = await told(stores.collections.create(tenantOf(request), compact(request.body), at));
      return reply.code(201).header('location', `/v1/collections/${made.id}`).send(shown(made));
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/collections',
    config: requireScope('read'),
    schema: {
      operationId: 'listCollections',
      tags,
      summary: 'List collections',
      querystring: Type.Object(PageProperties, { additionalProperties: false }),
      response: {
        200: jsonAnswer(
          'One page, the newest first.',
          Type.Object({ collections: Type.Array(CollectionSchema), ...NEXT }),
        ),
        ...problemAnswers(BAD_QUERY),
      },
    },
    handler: async (request, reply) => {
      const { items: all, next } = await told(
        stores.collections.list(tenantOf(request), pageIn(request.query)),
      );
      return sendPrivate(reply).send({
        collections: all.map(shown),
        ...(next === undefined ? {} : { next }),
      });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/collections/:id',
    config: requireScope('read'),
    schema: {
      operationId: 'getCollection',
      tags,
      summary: 'Read a collection',
      params: IdParamsSchema,
      response: {
        200: jsonAnswer('Without its items.', CollectionSchema, ETAG_HEADER),
        ...problemAnswers(NotFound),
      },
    },
    handler: async (request, reply) => {
      const collection = found(await stores.collections.get(tenantOf(request), request.params.id));
      return sendWithState(sendPrivate(reply), shown(collection), stateOfCollection(collection));
    },
  });

  app.route({
    method: 'PATCH',
    url: '/v1/collections/:id',
    config: requireScope('inspect'),
    schema: {
      operationId: 'updateCollection',
      tags,
      summary: 'Change a collection',
      headers: IfMatchHeadersSchema,
      params: IdParamsSchema,
      body: CollectionChangesSchema,
      response: {
        200: jsonAnswer('As it is now.', CollectionSchema, ETAG_HEADER),
        ...problemAnswers({ ...BAD_BODY, ...NotFound, ...PRECONDITION_PROBLEM }),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const at = now().toISOString();
      const patch: CollectionPatch = compact(request.body);
      const changed = found(
        await told(stores.collections.patch(tenantOf(request), id, patch, at, holdsOf(ifMatch(request)))),
      );
      return sendWithState(sendPrivate(reply), shown(changed), stateOfCollection(changed));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/collections/:id',
    config: requireScope('inspect'),
    schema: {
      operationId: 'deleteCollection',
      tags,
      summary: 'Delete a collection with its items',
      headers: IfMatchHeadersSchema,
      params: IdParamsSchema,
      response: {
        204: { description: 'It is deleted.', type: 'null' },
        ...problemAnswers({ ...NotFound, ...PRECONDITION_PROBLEM }),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      if (!(await stores.collections.delete(tenantOf(request), id, holdsOf(ifMatch(request)))))
        throw new Problem('collection-not-found');
      return reply.code(204).send();
    },
  });
}

function items(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { stores, now } = services;

  app.route({
    method: 'POST',
    url: '/v1/collections/:id/items',
    config: requireScope('inspect'),
    bodyLimit: httpLimits.collectionBodyBytes,
    schema: {
      operationId: 'addCollectionItems',
      tags,
      summary: 'Put items into a collection',
      description: 'All of them or none: by a PDQ hash, or with the fingerprint of an inspection.',
      params: IdParamsSchema,
      body: NewItemsSchema,
      response: {
        201: jsonAnswer(
          'Their ids, in the order given.',
          Type.Object({ items: Type.Array(Type.Object({ id: Type.String() })) }),
        ),
        ...problemAnswers({
          ...BAD_BODY,
          404: 'There is no such collection or inspection.',
          409: 'The collection is full, or fingerprints are switched off here.',
        }),
      },
    },
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      if (!services.matching.on) throw new Problem('matches-off');
      const news: NewCollectionItem[] = [];
      for (const [index, item] of request.body.items.entries())
        news.push(await newItem(tenant, item, index, services));
      const ids = await told(
        stores.collections.putItems(tenant, request.params.id, news, now().toISOString()),
      );
      if (ids === undefined) throw new Problem('collection-not-found');
      return sendPrivate(reply)
        .code(201)
        .send({ items: ids.map((id) => ({ id })) });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/collections/:id/items',
    config: requireScope('read'),
    schema: {
      operationId: 'listCollectionItems',
      tags,
      summary: 'List items of a collection',
      params: IdParamsSchema,
      querystring: Type.Object(
        { ...PageProperties, ...LanguageSchema.properties },
        { additionalProperties: false },
      ),
      response: {
        200: jsonAnswer('One page.', Type.Object({ items: Type.Array(ItemSchema), ...NEXT })),
        ...problemAnswers({ ...NotFound, ...BAD_QUERY }),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const page = await told(stores.collections.items(tenantOf(request), id, pageIn(request.query)));
      if (page === undefined) throw new Problem('collection-not-found');
      const speech = askedSpeech(request);
      return sendPrivate(reply).send({
        items: page.items.map(({ hasPreview, missing, ...item }: CollectionItem) => ({
          ...item,
          missing: missing.map((one: NotMade) => reasonTold(one, speech)),
          ...(hasPreview ? { preview: `/v1/collections/${id}/items/${item.id}/preview` } : {}),
        })),
        ...(page.next === undefined ? {} : { next: page.next }),
      });
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/collections/:id/items/:item',
    config: requireScope('inspect'),
    schema: {
      operationId: 'deleteCollectionItem',
      tags,
      summary: 'Take an item out of a collection',
      params: ItemParamsSchema,
      response: {
        204: { description: 'It is gone, with its fingerprint.', type: 'null' },
        ...problemAnswers(NotFound),
      },
    },
    handler: async (request, reply) => {
      const { id, item } = request.params;
      if (!(await stores.collections.removeItem(tenantOf(request), id, item)))
        throw new Problem('collection-not-found');
      return reply.code(204).send();
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/collections/:id/items/:item/preview',
    config: requireScope('read'),
    schema: {
      operationId: 'getCollectionItemPreview',
      tags,
      summary: 'A small picture of an item',
      params: ItemParamsSchema,
      headers: IfNoneMatchHeadersSchema,
      response: {
        ...taggedAnswers('The picture.', 'image/webp', Type.String({ format: 'binary' })),
        ...problemAnswers({ 404: 'There is no such item, or no picture of it is kept.' }),
      },
    },
    handler: async (request, reply) => {
      const { id, item } = request.params;
      const picture = await stores.collections.preview(tenantOf(request), id, item);
      if (picture === undefined) throw new Problem('picture-not-found');
      return sendTagged(request, sendPrivate(pictureHeaders(reply, 'preview')), 'image/webp', picture);
    },
  });
}

async function newItem(
  tenant: string,
  item: NewItem,
  index: number,
  { stores }: Pick<Services, 'stores'>,
): Promise<NewCollectionItem> {
  const { key, name, note, finding } = item;
  const words = compact({ key, name, note, finding: finding && compact(finding) });
  if ('hash' in item) {
    try {
      return { ...words, likenesses: hashGiven(item.hash) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { detail } = error;
      throw new Problem('hash-bad', { detail, errors: [{ pointer: `/items/${index}/hash`, detail }] });
    }
  }
  const { inspection } = item;
  const likenesses = await stores.fingerprints.likenessOf(tenant, { inspection });
  if (likenesses.made.length === 0) throw badItem(index, 'inspection', said('problem.field.noFingerprint'));
  // Its small picture goes along, so that the item is known by sight when the report is long gone.
  const preview = (await stores.inspections.getDerivative(tenant, inspection, 'preview'))?.content;
  const small = preview !== undefined && preview.length <= bounds.previewBytes;
  return { ...words, ...(small ? { preview } : {}), likenesses };
}

function badItem(index: number, member: string, detail: Said): Problem {
  const name = `items/${index}/${member}`;
  return new Problem('bad-field', {
    detail: said('problem.field', { name, what: detail }),
    errors: [{ pointer: `/${name}`, detail }],
  });
}

function found(collection: KeptCollection | undefined): KeptCollection {
  if (collection === undefined) throw new Problem('collection-not-found');
  return collection;
}

/** The tenant goes without saying: it is the asker's. */
const shown = ({ tenant: _tenant, ...collection }: KeptCollection): Omit<KeptCollection, 'tenant'> =>
  collection;

/** What of it a person changes. */
const stateOfCollection = ({ name, finding, watched }: KeptCollection) => ({ name, finding, watched });

const holdsOf = (matches: ((state: string) => boolean) | undefined) =>
  matches && ((one: KeptCollection) => matches(stateOf(stateOfCollection(one))));

/** What the store will not take is the client’s to mend. */
async function told<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    if (!(error instanceof CollectionError)) throw error;
    if (error.code === 'collection.full') throw new Problem('collection-full', { cause: error });
    if (error.code === 'collection.bad-cursor') throw badField('cursor', said('problem.field.cursor'));
    const { member = 'name', item } = error.place ?? {};
    const detail = said('problem.field.notTaken');
    throw item === undefined ? badField(member, detail) : badItem(item, member, detail);
  }
}
