import { basename } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { limits } from '../core/ground/limits.js';
import { pathOfBytes, textOfPath } from '../core/ground/path-text.js';
import { type Said, said } from '../say/said.js';
import { newInspectionId } from '../store/inspection-id.js';
import type { NewInspection } from '../store/inspections.js';
import { expiryOf } from '../worker/expiry.js';
import { tenantOf } from './access.js';
import { askedInQuery } from './asked-query.js';
import type { BatchAsk, BatchItemAsk } from './batch-schemas.js';
import { boundSaid } from './format-bytes.js';
import { takingUploads, wholeUpload } from './incoming-file.js';
import { newInspection } from './new-inspection.js';
import { badField, Problem } from './problem.js';
import type { Services } from './services.js';
import { fieldsOf, type UploadFields } from './upload-fields.js';
import { uploadName } from './upload-name.js';

/** One item that was found good: its inspection, and how its files come to lie where a worker looks for them. */
interface Item {
  news: NewInspection;
  uploads: { id: string; to: string }[];
}

/** Every item is looked at before anything is made: a batch is made whole or not at all. */
export async function makeBatch(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  { items: asked, ...rest }: BatchAsk,
  services: Services,
): Promise<void> {
  const { stores, uploads, incomingFiles, config } = services;
  const tenant = tenantOf(request);
  const fields = fieldsOf(rest, services.rulebooks, askedInQuery(request, services));
  const items: Item[] = [];
  for (const [index, item] of asked.entries()) {
    items.push(await itemOf(request, id, item, index, fields, services));
  }
  const used = items.flatMap((item) => item.uploads);
  refuseTwice(used.map((upload) => upload.id));
  await services.quota.spend(request, reply, { inspections: items.length - 1, bytes: 0 });
  const placed: string[] = [];
  await takingUploads(
    tenant,
    used.map((upload) => upload.id),
    services,
    async () => {
      let made = false;
      try {
        for (const { id: upload, to } of used) {
          await uploads.adopt(incomingFiles.file(upload), to);
          placed.push(to);
        }
        await uploads.toDisk(placed);
        await stores.batches.create({
          ...{ id, tenant, createdAt: new Date().toISOString(), tags: fields.tags ?? [] },
          ...(fields.caseRef === undefined ? {} : { caseRef: fields.caseRef }),
          ...expiryOf(config),
          inspections: items.map(({ news }) => news),
          uploads: used.map((upload) => upload.id),
        });
        made = true;
      } finally {
        if (!made) for (const path of placed) await uploads.remove(path);
      }
      return { result: undefined, used: true };
    },
  );
  services.wake();
}

async function itemOf(
  request: FastifyRequest,
  batchId: string,
  item: BatchItemAsk,
  index: number,
  fields: UploadFields,
  services: Services,
): Promise<Item> {
  const { uploads, allowedPaths } = services;
  const id = newInspectionId();
  const ask = (file: Parameters<typeof newInspection>[2]): NewInspection => ({
    ...newInspection(request, id, file, fields, services),
    batchId,
    batchItem: index + 1,
  });
  const path = pathIn(item);
  if (path !== undefined) {
    const found = await allowedPaths.find(path);
    if (found === undefined) {
      throw badItem(index, 'path' in item ? 'path' : 'pathBytes', said('problem.field.path'));
    }
    const name = uploadName(textOfPath(basename(path)));
    // By its real place: that is what is asked about, and looked for again before it is read.
    return { news: ask({ name, bytes: found.bytes, hasSidecar: false, path: found.path }), uploads: [] };
  }
  if (!('upload' in item)) throw new Error('an item that is neither a path nor an upload');
  const file = await whole(request, index, 'upload', item.upload, services);
  const used = [{ id: file.id, to: uploads.file(id) }];
  for (const name of ['sidecar', 'init'] as const) {
    const asked = item[name];
    if (asked === undefined) continue;
    const beside = await whole(request, index, name, asked, services);
    const most = name === 'init' ? limits.initSegmentBytes : limits.sidecarBytes;
    if (beside.bytes > most)
      throw badItem(index, name, said('problem.field.size', { most: boundSaid(most) }));
    used.push({ id: beside.id, to: uploads[name](id) });
  }
  const hasSidecar = item.sidecar !== undefined;
  return { news: ask({ ...file, hasSidecar, hasInit: item.init !== undefined }), uploads: used };
}

/** Undefined of an upload. */
function pathIn(item: BatchItemAsk): string | undefined {
  if ('upload' in item) return undefined;
  return 'path' in item ? item.path : pathOfBytes(Buffer.from(item.pathBytes, 'base64'));
}

/** What is wrong with one upload is said of its item. */
async function whole(request: FastifyRequest, index: number, member: string, id: string, services: Services) {
  try {
    return await wholeUpload(tenantOf(request), id, services);
  } catch (error) {
    if (error instanceof Problem) throw badItem(index, member, said('problem.field.upload'));
    throw error;
  }
}

function badItem(index: number, member: string, detail: Said): Problem {
  return new Problem('bad-field', {
    detail: said('problem.field', { name: `items/${index}/${member}`, what: detail }),
    errors: [{ pointer: `/items/${index}/${member}`, detail }],
  });
}

function refuseTwice(ids: readonly string[]): void {
  if (new Set(ids).size < ids.length) throw badField('items', said('problem.field.uploadTwice'));
}
