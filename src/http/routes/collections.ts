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
import { newInspectionId } from '../../store/inspection-id.js';
import { itemIds } from '../../store/kysely-collections.js';
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
import { honoursKey, once } from '../once.js';
import { NEXT, NEXT_LINK, nextPage, PageProperties, pageIn } from '../paging.js';
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
  ifMatchOf,
  PRECONDITION_PROBLEM,
  sendWithState,
  withTag,
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

function collections(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { stores, now } = services;

  app.route({
    method: 'POST',
    url: '/v1/collections',
    config: { ...requireScope('inspect'), ...honoursKey },
    schema: {
      operationId: 'createCollection',
      tags,
      summary: 'Begin a collection',
      description:
        'Pictures of a newsroom’s own, with what people found out about them. Items are put in afterwards.',
      body: NewCollectionSchema,
      response: {
        201: jsonAnswer('The collection, empty.', CollectionSchema, {
          Location: Type.String({ description: '`/v1/collections/<id>`' }),
        }),
        ...problemAnswers({ ...BAD_BODY, 409: 'There are as many as there may be.' }),
      },
    },
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      const { made } = await once(request, services, {
        id: newInspectionId(),
        of: request.body,
        make: (id) => told(stores.collections.create(tenant, compact(request.body), now().toISOString(), id)),
        statusOf: () => 201,
        again: (id) => stores.collections.get(tenant, id),
      });
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
      description: 'Newest first, without their items.',
      querystring: Type.Object(PageProperties, { additionalProperties: false }),
      response: {
        200: jsonAnswer(
          'One page, the newest first.',
          Type.Object({ collections: Type.Array(CollectionSchema), ...NEXT }),
          NEXT_LINK,
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
        ...nextPage(request, reply, next),
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
      description: 'What it is called, what people say of all of it, and how many items it has.',
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
      description: 'Members that are left out stay as they are; a `finding` of null is taken away.',
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
        await told(
          stores.collections.patch(tenantOf(request), id, patch, at, ifMatchOf(request, stateOfCollection)),
        ),
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
      description:
        'With the fingerprints and small pictures of its items. Webhooks that were told of matches are told nothing.',
      headers: IfMatchHeadersSchema,
      params: IdParamsSchema,
      response: {
        204: { description: 'It is deleted.', type: 'null' },
        ...problemAnswers({ ...NotFound, ...PRECONDITION_PROBLEM }),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      if (!(await stores.collections.delete(tenantOf(request), id, ifMatchOf(request, stateOfCollection))))
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
    config: { ...requireScope('inspect'), ...honoursKey },
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
      const { id } = request.params;
      const { items: asked } = request.body;
      if (!services.matching.on) throw new Problem('matches-off');
      const { made } = await once(request, services, {
        id: newInspectionId(),
        of: asked,
        make: async (from) => {
          const news: NewCollectionItem[] = [];
          for (const [index, item] of asked.entries())
            news.push(await newItem(tenant, item, index, services));
          const ids = await told(stores.collections.putItems(tenant, id, news, now().toISOString(), from));
          if (ids === undefined) throw new Problem('collection-not-found');
          return ids;
        },
        statusOf: () => 201,
        again: async (from, status) => {
          // Put in twice under the same ids they stand there once.
          if (status === undefined) return undefined;
          const ids = itemIds(asked, from);
          return (await stores.collections.having(tenant, id, ids)).size > 0 ? ids : undefined;
        },
      });
      return sendPrivate(reply)
        .code(201)
        .send({ items: made.map((item) => ({ id: item })) });
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
      description: 'In the order of their ids, each with an `etag` for `If-Match`.',
      params: IdParamsSchema,
      querystring: Type.Object(
        { ...PageProperties, ...LanguageSchema.properties },
        { additionalProperties: false },
      ),
      response: {
        200: jsonAnswer('One page.', Type.Object({ items: Type.Array(ItemSchema), ...NEXT }), NEXT_LINK),
        ...problemAnswers({ ...NotFound, ...BAD_QUERY }),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const page = await told(stores.collections.items(tenantOf(request), id, pageIn(request.query)));
      if (page === undefined) throw new Problem('collection-not-found');
      const speech = askedSpeech(request);
      return sendPrivate(reply).send({
        items: page.items.map((one: CollectionItem) => {
          const { hasPreview, missing, ...item } = one;
          const shownItem = {
            ...item,
            missing: missing.map((reason: NotMade) => reasonTold(reason, speech)),
            ...(hasPreview ? { preview: `/v1/collections/${id}/items/${item.id}/preview` } : {}),
          };
          return withTag(shownItem, stateOfItem(one));
        }),
        ...nextPage(request, reply, page.next),
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
      description: 'Nothing finds it any more. Inspections that matched it stay as they are.',
      headers: IfMatchHeadersSchema,
      params: ItemParamsSchema,
      response: {
        204: { description: 'It is gone, with its fingerprint.', type: 'null' },
        ...problemAnswers({ ...NotFound, ...PRECONDITION_PROBLEM }),
      },
    },
    handler: async (request, reply) => {
      const { id, item } = request.params;
      const holds = ifMatchOf(request, stateOfItem);
      if (!(await stores.collections.removeItem(tenantOf(request), id, item, holds)))
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
      description: 'In WebP. Of an item that is a hash alone there is none.',
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

/** Its fingerprint is made of the same bytes as before, whenever it comes. */
const stateOfItem = ({ id, at, name, note, finding }: CollectionItem) => ({ id, at, name, note, finding });

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
