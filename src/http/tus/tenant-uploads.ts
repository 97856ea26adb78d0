import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';
import type { Holds } from '../../store/holds.js';
import { assertHolds } from '../../store/still.js';
import type { Upload as KeptUpload, UploadBounds, Uploads } from '../../store/uploads.js';
import type { JobFiles } from '../../worker/job-files.js';
import { Problem } from '../problem.js';
import type { Room } from '../room.js';

export interface TenantParts {
  tenant: string;
  incoming: Uploads;
  incomingFiles: JobFiles;
  room: Pick<Room, 'check'>;
  bounds: UploadBounds;
  /** From creation on; finished or not. */
  expiryMillis: number;
  now: () => Date;
  /** Asked before one is removed; where it says no, that rejects (`store.changed`). Left out: it is removed. */
  holds?: Holds<IncomingState> | undefined;
}

/** How far an upload has come: all that can change of it. */
export interface IncomingState {
  id: string;
  /** Size of the whole file; undefined while the client has not said it. */
  sizeBytes: number | undefined;
  /** Bytes that have arrived. */
  offset: number;
}

/** One tenant's uploads as the tus library wants to see them: others are not there. */
export class TenantUploads extends DataStore {
  readonly #parts: TenantParts;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(parts: TenantParts) {
    super();
    this.#parts = parts;
    this.extensions = [
      'creation',
      'creation-with-upload',
      'creation-defer-length',
      'termination',
      'expiration',
    ];
  }

  override async create(upload: Upload): Promise<Upload> {
    const { tenant, incoming, incomingFiles, room, bounds, expiryMillis, now } = this.#parts;
    const createdAt = now();
    room.check(upload.size ?? 0);
    const made = await incoming.create(
      {
        id: upload.id,
        tenant,
        createdAt: createdAt.toISOString(),
        expiresAt: new Date(createdAt.getTime() + expiryMillis).toISOString(),
        metadata: upload.metadata ?? {},
        ...(upload.size === undefined ? {} : { sizeBytes: upload.size }),
      },
      bounds,
    );
    if (!made) throw new Problem('too-many-open-uploads');
    try {
      await incomingFiles.prepare();
      const file = await open(incomingFiles.file(upload.id), 'wx', 0o600);
      await file.close();
    } catch (error) {
      await incoming.delete(tenant, upload.id);
      throw error;
    }
    upload.creation_date = createdAt.toISOString();
    return upload;
  }

  /** Up to where it got: what was written before a connection broke is kept, and the client goes on from there. */
  override write(source: Readable, id: string, offset: number): Promise<number> {
    const writing = this.#write(source, id, offset);
    this.#writing = writing.catch(() => undefined);
    return writing;
  }

  /** Where a connection breaks, the library goes on before the last piece stands in the file; this waits for it. */
  async written(): Promise<void> {
    await this.#writing;
  }

  async #write(source: Readable, id: string, offset: number): Promise<number> {
    const file = await open(this.#parts.incomingFiles.file(id), 'r+');
    let at = offset;
    try {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        let from = 0;
        while (from < chunk.length) {
          const { bytesWritten } = await file.write(chunk, from, chunk.length - from, at);
          from += bytesWritten;
          at += bytesWritten;
        }
      }
    } finally {
      await file.close();
    }
    return at;
  }

  override async getUpload(id: string): Promise<Upload> {
    const { upload, bytes } = await this.#find(id);
    return new Upload({
      id,
      offset: bytes,
      creation_date: upload.createdAt,
      ...(upload.sizeBytes === undefined ? {} : { size: upload.sizeBytes }),
      ...(Object.keys(upload.metadata).length === 0 ? {} : { metadata: { ...upload.metadata } }),
    });
  }

  override async declareUploadLength(id: string, size: number): Promise<void> {
    await this.#parts.incoming.declareSize(this.#parts.tenant, id, size);
  }

  override async remove(id: string): Promise<void> {
    const { tenant, incoming, incomingFiles, holds } = this.#parts;
    const { upload, bytes } = await this.#find(id);
    assertHolds(holds, { id, sizeBytes: upload.sizeBytes, offset: bytes });
    await incoming.delete(tenant, id);
    await incomingFiles.removeOf(id);
  }

  override getExpiration(): number {
    return this.#parts.expiryMillis;
  }

  async #find(id: string): Promise<{ upload: KeptUpload; bytes: number }> {
    const { tenant, incoming, incomingFiles, now } = this.#parts;
    const upload = await incoming.get(tenant, id, now());
    const bytes = upload && (await incomingFiles.sizeOf(id));
    if (upload === undefined || bytes === undefined) throw ERRORS.FILE_NOT_FOUND;
    return { upload, bytes };
  }
}
