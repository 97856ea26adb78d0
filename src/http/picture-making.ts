import type { Likenesses, LikenessKind } from '../core/likeness/likeness.js';
import type { Report } from '../core/report/report.js';
import type { InspectRequest } from '../isolation/inspector.js';
import type { PictureMaker } from '../isolation/pictures.js';
import type { CheckedPictures } from '../isolation/pictures-check.js';
import type { KyselyFingerprints } from '../store/kysely-fingerprints.js';
import type { KyselyInspections } from '../store/kysely-inspections.js';
import { albumOf } from '../worker/album.js';
import {
  type ExpiryOf,
  fingerprintsOf,
  givenLikeness,
  hasLikeness,
  isOfOneDecode,
  likenessKind,
  makeBoth,
  makeLikeness,
} from '../worker/likenesses.js';
import { makePictures, mayHavePictures } from '../worker/pictures.js';
import type { AfterAnswers } from './after-answers.js';
import { Problem } from './problem.js';

type File = Pick<InspectRequest, 'path' | 'sidecarPath' | 'party'>;
type Of = { tenant: string; id: string };

interface Makers {
  /** Left out: no pictures are made. */
  pictures: PictureMaker | undefined;
  /** Left out: nothing is compared. */
  likenesses: PictureMaker | undefined;
}

/**
 * Pictures of what is answered at the door, and what it looks or sounds like. Whoever waits for a page gets the pictures with
 * it; all else is made while the file is held a moment longer, and nobody’s answer waits for it.
 */
export class PictureMaking {
  readonly #makers: Makers;
  readonly #inspections: KyselyInspections;
  readonly #fingerprints: Pick<KyselyFingerprints, 'put' | 'idsOf' | 'holders' | 'give'>;
  readonly #after: AfterAnswers;
  readonly #onError: (error: unknown) => void;
  readonly #expiryOf: ExpiryOf;
  readonly #compared = new Set<string>();

  constructor(
    makers: Makers,
    { inspections, fingerprints }: { inspections: KyselyInspections; fingerprints: KyselyFingerprints },
    after: AfterAnswers,
    onError: (error: unknown) => void,
    expiryOf: ExpiryOf,
  ) {
    this.#expiryOf = expiryOf;
    this.#makers = makers;
    this.#inspections = inspections;
    this.#fingerprints = fingerprints;
    this.#after = after;
    this.#onError = onError;
  }

  /** Whether this process is about to keep what it looks or sounds like. */
  isComparing(id: string): boolean {
    return this.#compared.has(id);
  }

  /** Beside the inspection. Never rejects: a report is worth more than its pictures. */
  async now(file: File): Promise<CheckedPictures | undefined> {
    const maker = this.#makers.pictures;
    if (maker === undefined) return undefined;
    return makePictures(file, maker, { soon: true }).catch((error: unknown) => {
      if (!this.#after.closed) this.#onError(error);
      return undefined;
    });
  }

  /** Of a file that is asked with and not kept. Which kind it is, its bytes say. */
  async likenessNow(file: Pick<File, 'path' | 'party'>): Promise<Likenesses> {
    const maker = this.#makers.likenesses;
    if (maker === undefined) throw new Problem('matches-off');
    return makeLikeness(file, 'picture', maker, { soon: true });
  }

  /**
   * After the answer, what is not kept yet. `pictured`: its pictures are. `from`: the inspection of the same bytes whose answer
   * it has; of one that was made anew nothing is kept, and nobody asks.
   */
  later(
    of: Of,
    file: File,
    report: Report,
    { pictured = false, from }: { pictured?: boolean; from?: string } = {},
  ): void {
    const { pictures, likenesses } = this.#makers;
    const wantsPictures = pictures !== undefined && !pictured && mayHavePictures(report);
    const kind = likenesses === undefined ? undefined : likenessKind(report);
    if (!wantsPictures && kind === undefined) return;
    if (kind !== undefined) this.#compared.add(of.id);
    this.#after.begin(of.id, async () => {
      try {
        await this.#make(of, file, report, { wantsPictures, kind, from });
      } finally {
        this.#compared.delete(of.id);
      }
    });
    // It begins nothing where the door is closing.
    if (this.#after.closed) this.#compared.delete(of.id);
  }

  async #make(
    of: Of,
    file: File,
    report: Report,
    {
      wantsPictures,
      kind,
      from,
    }: { wantsPictures: boolean; kind: LikenessKind | undefined; from: string | undefined },
  ): Promise<void> {
    const { tenant, id } = of;
    const [hasPictures, hasOne] =
      from === undefined
        ? [!wantsPictures, kind === undefined]
        : await Promise.all([
            wantsPictures ? this.#inspections.getDerivative(tenant, id, 'pictures') : true,
            kind === undefined || this.#hasLikeness(of, from),
          ]);
    const maker = this.#makers.likenesses;
    if (!hasPictures && !hasOne && kind !== undefined && maker !== undefined && isOfOneDecode(kind)) {
      const { pictures, likenesses } = await makeBoth(file, kind, maker);
      await Promise.all([this.#keepPictures(of, report, pictures), this.#keepLikenesses(of, likenesses)]);
      return;
    }
    if (!hasPictures && this.#makers.pictures !== undefined)
      await this.#keepPictures(of, report, await makePictures(file, this.#makers.pictures));
    if (!hasOne && kind !== undefined && maker !== undefined)
      await this.#keepLikenesses(of, await makeLikeness(file, kind, maker));
  }

  async #hasLikeness({ tenant, id }: Of, from: string): Promise<boolean> {
    if (await hasLikeness(this.#fingerprints, tenant, id)) return true;
    return givenLikeness(this.#fingerprints, tenant, from, id);
  }

  #keepPictures({ tenant, id }: Of, report: Report, pictures: CheckedPictures): Promise<void> {
    return this.#inspections.putDerivatives(tenant, id, albumOf(report, pictures));
  }

  #keepLikenesses(of: Of, likenesses: Likenesses): Promise<void> {
    return this.#fingerprints.put(fingerprintsOf(of, likenesses, new Date().toISOString(), this.#expiryOf));
  }

  /** Those under way are given up. */
  async close(): Promise<void> {
    const { pictures, likenesses } = this.#makers;
    await Promise.all([...new Set([pictures, likenesses])].map((maker) => maker?.close()));
  }
}
