import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';
import type { JobUploads } from '../../../service/inspections/upload-files.js';
import { assertPrecondition } from '../../../storage/engine/assert-precondition.js';
import type { Precondition } from '../../../storage/engine/precondition.js';
import type {
  ResumableUpload,
  UploadLimits,
  UploadRepository,
} from '../../../storage/inspections/uploads.js';
import { Problem } from '../../contract/problems/problem.js';
import type { DiskQuota } from '../../services/disk-quota.js';

export interface TenantUploadOptions {
  tenant: string;
  incoming: UploadRepository;
  incomingFiles: JobUploads;
  room: Pick<DiskQuota, 'check'>;
  bounds: UploadLimits;
  /** Lifetime from creation on, whether finished or not. */
  expiryMillis: number;
  now: () => Date;
  /**
   * Precondition of a removal; if it fails, the removal rejects with `store.changed`. Left out: the upload is always
   * removed.
   */
  precondition?: Precondition<IncomingState> | undefined;
}

/** Progress of an upload: everything about it that can change. */
export interface IncomingState {
  id: string;
  /** Size of the whole file; `undefined` until the client declares it. */
  sizeBytes: number | undefined;
  /** Bytes that have arrived. */
  offset: number;
}

/** Adapts one tenant's uploads to the tus library; those of others do not exist for it. */
export class TenantUploads extends DataStore {
  readonly #parts: TenantUploadOptions;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(parts: TenantUploadOptions) {
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

  /** Writes as far as the bytes come: what arrived before a connection broke stays, and the client resumes from there. */
  override write(source: Readable, id: string, offset: number): Promise<number> {
    const writing = this.#write(source, id, offset);
    this.#writing = writing.catch(() => undefined);
    return writing;
  }

  /** Waits for the last chunk: after a broken connection the library goes on before it is written. */
  async waitForWrites(): Promise<void> {
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
    const { tenant, incoming, incomingFiles, precondition: holds } = this.#parts;
    const { upload, bytes } = await this.#find(id);
    assertPrecondition(holds, { id, sizeBytes: upload.sizeBytes, offset: bytes });
    await incoming.delete(tenant, id);
    await incomingFiles.removeOf(id);
  }

  override getExpiration(): number {
    return this.#parts.expiryMillis;
  }

  async #find(id: string): Promise<{ upload: ResumableUpload; bytes: number }> {
    const { tenant, incoming, incomingFiles, now } = this.#parts;
    const upload = await incoming.get(tenant, id, now());
    const bytes = upload && (await incomingFiles.sizeOf(id));
    if (upload === undefined || bytes === undefined) throw ERRORS.FILE_NOT_FOUND;
    return { upload, bytes };
  }
}
