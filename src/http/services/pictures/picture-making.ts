import type { StoredReport } from '../../../core/report/report.js';
import type { CheckedPictures } from '../../../inspect/checks/pictures-check.js';
import type { PictureMaker } from '../../../inspect/makers/pictures.js';
import type { InspectRequest } from '../../../inspect/pool/inspector.js';
import type { FingerprintKind, Fingerprints } from '../../../matching/fingerprint.js';
import {
  copyExistingFingerprints,
  type FingerprintExpiry,
  fingerprintKindOf,
  hasFingerprints,
  makeFingerprints,
  makePicturesAndFingerprints,
  sharesDecode,
  toNewFingerprints,
} from '../../../service/inspections/fingerprints.js';
import { canHavePictures, makePictures } from '../../../service/inspections/pictures.js';
import { toThumbnails } from '../../../service/inspections/thumbnails.js';
import type { FingerprintRepository } from '../../../storage/fingerprints/kysely-fingerprints.js';
import type { InspectionRepository } from '../../../storage/inspections/kysely-inspections.js';
import { Problem } from '../../contract/problems/problem.js';
import type { AfterResponseTasks } from '../after-responses.js';

type File = Pick<InspectRequest, 'path' | 'sidecarPath' | 'tenant'>;
type Of = { tenant: string; id: string };

interface Makers {
  /** Left out: no pictures are made. */
  pictures: PictureMaker | undefined;
  /** Left out: nothing is compared. */
  fingerprints: PictureMaker | undefined;
}

/**
 * Makes the pictures and fingerprints of files that are inspected at once. A person who waits for a page gets the
 * pictures with it; everything else is made after the answer, while the file is kept a moment longer.
 */
export class PictureScheduler {
  readonly #makers: Makers;
  readonly #inspections: InspectionRepository;
  readonly #fingerprints: Pick<FingerprintRepository, 'put' | 'listIds' | 'findOwners' | 'copy'>;
  readonly #tasks: AfterResponseTasks;
  readonly #onError: (error: unknown) => void;
  readonly #expiryOf: FingerprintExpiry;
  readonly #compared = new Set<string>();

  constructor(
    makers: Makers,
    { inspections, fingerprints }: { inspections: InspectionRepository; fingerprints: FingerprintRepository },
    after: AfterResponseTasks,
    onError: (error: unknown) => void,
    expiryOf: FingerprintExpiry,
  ) {
    this.#expiryOf = expiryOf;
    this.#makers = makers;
    this.#inspections = inspections;
    this.#fingerprints = fingerprints;
    this.#tasks = after;
    this.#onError = onError;
  }

  /** Returns whether this process is about to store the file's fingerprints. */
  isComparing(id: string): boolean {
    return this.#compared.has(id);
  }

  /** Makes the pictures in parallel with the inspection. Never rejects: a report matters more than its pictures. */
  async makePictures(file: File): Promise<CheckedPictures | undefined> {
    const maker = this.#makers.pictures;
    if (maker === undefined) return undefined;
    return makePictures(file, maker, { soon: true }).catch((error: unknown) => {
      if (!this.#tasks.isClosed) this.#onError(error);
      return undefined;
    });
  }

  /** Makes the fingerprints of a file that is searched with and not stored. Its bytes decide its kind. */
  async makeFingerprints(file: Pick<File, 'path' | 'tenant'>): Promise<Fingerprints> {
    const maker = this.#makers.fingerprints;
    if (maker === undefined) throw new Problem('matches-off');
    return makeFingerprints(file, 'picture', maker, { soon: true });
  }

  /**
   * Makes what is not stored yet, after the answer. `pictured`: the pictures exist. `from`: the inspection of the same
   * bytes whose cached answer is reused; left out: the answer is new, so nothing can be stored yet and the store is not
   * queried.
   */
  schedule(
    of: Of,
    file: File,
    report: StoredReport,
    { pictured = false, from }: { pictured?: boolean; from?: string } = {},
  ): void {
    const { pictures, fingerprints } = this.#makers;
    const wantsPictures = pictures !== undefined && !pictured && canHavePictures(report);
    const kind = fingerprints === undefined ? undefined : fingerprintKindOf(report);
    if (!wantsPictures && kind === undefined) return;
    if (kind !== undefined) this.#compared.add(of.id);
    this.#tasks.begin(of.id, async () => {
      try {
        await this.#make(of, file, report, { wantsPictures, kind, from });
      } finally {
        this.#compared.delete(of.id);
      }
    });
    // `begin` did nothing if the server is closing.
    if (this.#tasks.isClosed) this.#compared.delete(of.id);
  }

  async #make(
    of: Of,
    file: File,
    report: StoredReport,
    {
      wantsPictures,
      kind,
      from,
    }: { wantsPictures: boolean; kind: FingerprintKind | undefined; from: string | undefined },
  ): Promise<void> {
    const { tenant, id } = of;
    const [hasPictures, hasOne] =
      from === undefined
        ? [!wantsPictures, kind === undefined]
        : await Promise.all([
            wantsPictures ? this.#inspections.getDerivative(tenant, id, 'pictures') : true,
            kind === undefined || this.#hasFingerprints(of, from),
          ]);
    const maker = this.#makers.fingerprints;
    if (!hasPictures && !hasOne && kind !== undefined && maker !== undefined && sharesDecode(kind)) {
      const { pictures, fingerprints } = await makePicturesAndFingerprints(file, kind, maker);
      await Promise.all([
        this.#storePictures(of, report, pictures),
        this.#storeFingerprints(of, fingerprints),
      ]);
      return;
    }
    if (!hasPictures && this.#makers.pictures !== undefined)
      await this.#storePictures(of, report, await makePictures(file, this.#makers.pictures));
    if (!hasOne && kind !== undefined && maker !== undefined)
      await this.#storeFingerprints(of, await makeFingerprints(file, kind, maker));
  }

  async #hasFingerprints({ tenant, id }: Of, from: string): Promise<boolean> {
    if (await hasFingerprints(this.#fingerprints, tenant, id)) return true;
    return copyExistingFingerprints(this.#fingerprints, tenant, from, id);
  }

  #storePictures({ tenant, id }: Of, report: StoredReport, pictures: CheckedPictures): Promise<void> {
    return this.#inspections.putDerivatives(tenant, id, toThumbnails(report, pictures));
  }

  #storeFingerprints(of: Of, fingerprints: Fingerprints): Promise<void> {
    return this.#fingerprints.put(
      toNewFingerprints(of, fingerprints, new Date().toISOString(), this.#expiryOf),
    );
  }

  /** Aborts those under way. */
  async close(): Promise<void> {
    const { pictures, fingerprints } = this.#makers;
    await Promise.all([...new Set([pictures, fingerprints])].map((maker) => maker?.close()));
  }
}
