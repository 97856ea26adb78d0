import type { StoredReport } from '../../core/report/report.js';
import type { CheckedPictures } from '../../inspect/checks/pictures-check.js';
import type { CrJsonMaker } from '../../inspect/makers/cr-json.js';
import type { PictureMaker } from '../../inspect/makers/pictures.js';
import type { InspectRequest } from '../../inspect/pool/inspector.js';
import type { FingerprintKind, Fingerprints } from '../../matching/fingerprint.js';
import type { FingerprintRepository } from '../../storage/fingerprints/kysely-fingerprints.js';
import type { Derivative } from '../../storage/inspections/inspections.js';
import type { InspectionRepository } from '../../storage/inspections/kysely-inspections.js';
import { canHaveCrJson, makeCrJsonDerivatives } from './cr-json.js';
import {
  copyExistingFingerprints,
  type FingerprintExpiry,
  fingerprintKindOf,
  hasFingerprints,
  makeFingerprints,
  makePicturesAndFingerprints,
  sharesDecode,
  toNewFingerprints,
} from './fingerprints.js';
import { canHavePictures, makePictures } from './pictures.js';
import { toThumbnails } from './thumbnails.js';

/** Makers of what is stored beside Reports. Without a maker, none of its kind is made. */
export interface DerivativeMakers {
  pictureMaker?: Pick<PictureMaker, 'make' | 'waiting'> | undefined;
  fingerprintMaker?: Pick<PictureMaker, 'make' | 'fingerprint' | 'waiting'> | undefined;
  crJsonMaker?: CrJsonMaker | undefined;
}

export interface DerivativeParts extends DerivativeMakers {
  inspections: Pick<InspectionRepository, 'getDerivative'>;
  fingerprints?: Pick<FingerprintRepository, 'put' | 'listIds' | 'findOwners' | 'copy'>;
  /** If absent, fingerprints are stored as long as their reports. */
  fingerprintExpiryOf?: FingerprintExpiry;
}

interface Owner {
  tenant: string;
  id: string;
}

/** Kinds of derivatives to make of a file. */
export interface WantedDerivatives {
  pictures: boolean;
  fingerprints?: FingerprintKind | undefined;
  crJson: boolean;
}

/** Makes what is stored beside a Report from the same file: pictures, fingerprints and crJSON. */
export class DerivativeMaker {
  readonly #parts: DerivativeParts;
  /** Fingerprints being made alone, by inspection. */
  readonly #comparing = new Map<string, Promise<void>>();

  constructor(parts: DerivativeParts) {
    this.#parts = parts;
  }

  /** Returns what the file of a Report can have. */
  wantedFor(report: StoredReport): WantedDerivatives {
    const { pictureMaker, crJsonMaker, fingerprints, fingerprintMaker } = this.#parts;
    const compares = fingerprints !== undefined && fingerprintMaker !== undefined;
    return {
      pictures: pictureMaker !== undefined && canHavePictures(report),
      crJson: crJsonMaker !== undefined && canHaveCrJson(report),
      ...(compares ? { fingerprints: fingerprintKindOf(report) } : {}),
    };
  }

  /**
   * Returns what of it is not stored yet. `derivativesOf`: the inspection whose derivatives are looked up; absent if
   * none can be stored. `from`: the inspection of the same bytes whose answer is reused; its fingerprints are copied.
   */
  async findMissing(
    owner: Owner,
    wanted: WantedDerivatives,
    { derivativesOf, from }: { derivativesOf?: string | undefined; from?: string | undefined },
  ): Promise<WantedDerivatives> {
    const lacks = async (kind: 'pictures' | 'crjson') =>
      derivativesOf === undefined ||
      (await this.#parts.inspections.getDerivative(owner.tenant, derivativesOf, kind)) === undefined;
    const [pictures, crJson, fingerprints] = await Promise.all([
      wanted.pictures && lacks('pictures'),
      wanted.crJson && lacks('crjson'),
      wanted.fingerprints && this.#missingFingerprints(owner, wanted.fingerprints, from),
    ]);
    return { pictures, crJson, fingerprints };
  }

  async #missingFingerprints(
    { tenant, id }: Owner,
    kind: FingerprintKind,
    from: string | undefined,
  ): Promise<FingerprintKind | undefined> {
    const { fingerprints } = this.#parts;
    if (fingerprints === undefined || (await hasFingerprints(fingerprints, tenant, id))) return undefined;
    const copied = from !== undefined && (await copyExistingFingerprints(fingerprints, tenant, from, id));
    return copied ? undefined : kind;
  }

  /** Makes pictures for a person who waits for the page. `undefined` without a maker. */
  async makePicturesForPage(file: InspectRequest): Promise<CheckedPictures | undefined> {
    const { pictureMaker } = this.#parts;
    return pictureMaker && makePictures(file, pictureMaker, { soon: true });
  }

  /** Makes the missing pictures, and stores fingerprints that come from the same decode. */
  async makePictures(
    owner: Owner,
    file: InspectRequest,
    report: StoredReport,
    missing: WantedDerivatives,
  ): Promise<Derivative[]> {
    const pictures = await this.#decode(owner, file, missing);
    return pictures === undefined ? [] : toThumbnails(report, pictures);
  }

  /** Makes the missing crJSON. `isUrgent`: goes before that of files whose answer was sent. */
  async makeCrJson(
    file: InspectRequest,
    missing: WantedDerivatives,
    { isUrgent = false } = {},
  ): Promise<Derivative[]> {
    const { crJsonMaker } = this.#parts;
    if (!missing.crJson || crJsonMaker === undefined) return [];
    return makeCrJsonDerivatives(file, crJsonMaker, { soon: isUrgent });
  }

  async #decode(
    owner: Owner,
    file: InspectRequest,
    { pictures, fingerprints: kind }: WantedDerivatives,
  ): Promise<CheckedPictures | undefined> {
    const { pictureMaker, fingerprintMaker } = this.#parts;
    if (kind !== undefined && sharesDecode(kind) && fingerprintMaker !== undefined) {
      if (!pictures) {
        await this.#store(owner, await makeFingerprints(file, kind, fingerprintMaker));
        return undefined;
      }
      const made = await makePicturesAndFingerprints(file, kind, fingerprintMaker);
      await this.#store(owner, made.fingerprints);
      return made.pictures;
    }
    return pictures && pictureMaker !== undefined ? makePictures(file, pictureMaker) : undefined;
  }

  /**
   * Makes fingerprints that need a decode of their own, after everything else, because those of a video take many times
   * as long. If this process ends meanwhile, the file has none, and searches report that.
   */
  async makeSlowFingerprints(
    owner: Owner,
    file: InspectRequest,
    { fingerprints: kind }: WantedDerivatives,
    from?: string,
  ): Promise<void> {
    const { fingerprintMaker, fingerprints } = this.#parts;
    if (kind === undefined || sharesDecode(kind) || fingerprintMaker === undefined) return;
    const { tenant, id } = owner;
    const earlier = from === undefined ? undefined : this.#comparing.get(from);
    const making = (async () => {
      await earlier?.catch(() => undefined);
      // An inspection of the same bytes may have made them by now.
      if (from !== undefined && fingerprints !== undefined)
        if (await copyExistingFingerprints(fingerprints, tenant, from, id)) return;
      await this.#store(owner, await makeFingerprints(file, kind, fingerprintMaker));
    })();
    this.#comparing.set(id, making);
    try {
      await making;
    } finally {
      this.#comparing.delete(id);
    }
  }

  /** A repeated attempt replaces what an earlier one stored. */
  async #store(owner: Owner, made: Fingerprints): Promise<void> {
    const { fingerprints, fingerprintExpiryOf = () => ({}) } = this.#parts;
    await fingerprints?.put(toNewFingerprints(owner, made, new Date().toISOString(), fingerprintExpiryOf));
  }
}
