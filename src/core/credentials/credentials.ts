import type { Said } from '../../say/said.js';
import type { ClaimFacts, Exclusion } from '../c2pa/claim-facts.js';
import { writtenDifference } from '../c2pa/engine-difference.js';
import { inHistoryOrder } from '../c2pa/history-order.js';
import { activeIntegrity, isFaultOfForm, manifestIntegrity, secondIntegrity } from '../c2pa/integrity.js';
import type { C2paEvidence, SecondOpinion, StatusCode, StoreEvidence } from '../c2pa/manifest-store.js';
import { activeManifest, nameOf, signerName, signerOf, storeTime } from '../c2pa/signer.js';
import { disallowedIn } from '../detectors/conformance.js';
import { faultSaid } from '../ground/fault.js';
import { compact } from '../ground/json-shape.js';
import type { AssetFacts } from '../media/asset-facts.js';
import { type Read, readValue } from '../media/carrier.js';
import type { ContentCredentials, Integrity } from '../report/report.js';
import type { SignerJudgement } from '../trust/judge.js';
import { editionSaid, listSaid } from '../trust/trust-files.js';

/**
 * The Report's `contentCredentials`, from what the engine said; not masked yet (masking.ts). `unreadable` is said only of a
 * store that Assay's own walk of the file located: an engine's error alone does not tell that there is one.
 */
export function contentCredentials(
  read: Read<C2paEvidence>,
  { storeLocated }: Pick<AssetFacts, 'storeLocated'> = {},
): ContentCredentials {
  const value = readValue(read);
  if (!value)
    return { presence: read.status === 'absent' ? 'absent' : storeLocated ? 'unreadable' : 'unsupported' };
  if (value.kind === 'remote')
    return { presence: 'remote', remoteUrl: value.remoteUrl, engine: value.engine };
  return ofStore(value);
}

function certificateOf(one: SignerJudgement['path'][number]) {
  return compact({
    subject: nameOf(one.subject),
    issuer: nameOf(one.issuer),
    serial: one.serial,
    from: one.notBefore.toISOString(),
    until: one.notAfter.toISOString(),
    sha256: one.sha256,
    source: one.inFile ? ('file' as const) : ('list' as const),
  });
}

function ofStore(store: StoreEvidence): ContentCredentials {
  const { integrity, causes } = activeIntegrity(store);
  const manifests = inHistoryOrder(store.manifests, store.activeManifest);
  const ingredients = manifests.filter((m) => m.record.label !== store.activeManifest);
  const time = storeTime(store);
  const judgement = signerOf(store);
  const signature = activeManifest(store)?.signature;
  const trustFault = judgement?.reason ?? (judgement ? undefined : store.bytesFault);
  const stampFault =
    time.stampedAt === undefined && judgement?.timestamp?.authorityTrust === 'not-checked'
      ? judgement.timestamp.reason
      : undefined;
  return compact({
    presence: 'present' as const,
    integrity,
    integrityCauses: causes.length > 0 ? causes : undefined,
    formFaults: formFaults(store, integrity),
    ingredientIntegrity: worst(
      ingredients
        .filter((m) => m.depth !== undefined)
        .map((m) => manifestIntegrity(store, m.record.label).integrity),
    ),
    remoteUrl: store.remoteUrl,
    engine: store.engine,
    activeManifest: store.activeManifest,
    sidecar: store.sidecar,
    secondOpinion: store.secondOpinion && secondOpinion(store, store.secondOpinion),
    ownHash: integrity === 'altered' ? store.ownHash : undefined,
    said: saidIn({
      bytesFault: store.bytesFault && faultSaid(store.bytesFault),
      saidAlone: integrity === 'altered' ? store.saidAlone : undefined,
    }),
    bytesFaultMissing: store.bytesFault && [...store.bytesFault.missing],
    signer: compact({
      name: signerName(store),
      commonName: signature?.commonName,
      issuer: nameOf(judgement?.certificate.issuer),
      serial: signature?.serial,
      trust: judgement?.trust ?? ('not-checked' as const),
      said: saidIn({
        trustReason: trustFault && faultSaid(trustFault),
        list: judgement?.list && listSaid(judgement.list.name),
      }),
      listDate: judgement?.list?.date,
      conformance: conformanceOf(store),
      through: judgement?.through,
      certificates: judgement?.path.map(certificateOf),
    }),
    time: compact({
      timestamp: time.stampedAt,
      proven: time.provenAt,
      timestampIn: time.keptIn?.manifest,
      authority: time.authority,
      authorityTrust: time.authorityTrust,
      said: saidIn({
        timestampReason: stampFault && faultSaid(stampFault),
        authorityList: judgement?.timestamp?.list && editionSaid(judgement.timestamp.list),
      }),
      validity: time.validity,
      certificateFrom: judgement?.certificate.notBefore.toISOString(),
      certificateUntil: judgement?.certificate.notAfter.toISOString(),
      revocation: time.revocation,
    }),
    codes: {
      active: store.codes.active.filter((c) => !isCawg(c)),
      ingredients: store.codes.ingredients.filter((c) => !isCawg(c)),
      cawg: [...store.codes.active, ...store.codes.ingredients].filter(isCawg),
    },
    manifests: manifests.map(({ record, depth }) =>
      compact({
        label: record.label,
        active: record.label === store.activeManifest,
        depth,
        integrity: manifestIntegrity(store, record.label).integrity,
        claimGenerator: record.claimGenerator,
        claimVersion: record.claimVersion,
        title: record.title,
        signer: record.signature.organisation ?? record.signature.commonName,
        ...signerWords(store.signers?.get(record.label)),
        time: record.signature.time,
        ...provenWords(store.signers?.get(record.label)),
        ...claimWords(store.claims?.get(record.label)),
        hasThumbnail: record.hasThumbnail || undefined,
        actions: record.actions.map(({ place: _place, ...action }) => action),
        ingredients: record.ingredients.map(({ recorded: _recorded, ...ingredient }) => ingredient),
      }),
    ),
  });
}

function secondOpinion(store: StoreEvidence, { engine, agrees, differences }: SecondOpinion) {
  const integrity = secondIntegrity(store);
  return compact({ engine, agrees, differences: differences.map(writtenDifference), integrity });
}

function formFaults({ codes }: StoreEvidence, integrity: Integrity): string[] | undefined {
  const found = codes.active.filter((code) => code.kind === 'failure' && isFaultOfForm(code));
  return integrity === 'intact' && found.length > 0 ? [...new Set(found.map(({ code }) => code))] : undefined;
}

function conformanceOf(store: StoreEvidence) {
  const { product } = store;
  if (!product) return undefined;
  return compact({
    product: product.productName,
    assuranceLevel: product.assuranceLevel === undefined ? undefined : String(product.assuranceLevel),
    status: product.status,
    disallowed: disallowedIn(store).map(({ id }) => id),
  });
}

function signerWords(judgement: SignerJudgement | undefined) {
  if (!judgement) return {};
  const { trust, validity, revocation } = judgement;
  return { trust, validity, revoked: revocation.revocation === 'revoked' || undefined };
}

function provenWords({ provenTime, timestamp }: Partial<SignerJudgement> = {}) {
  return provenTime ? { proven: provenTime.toISOString(), provenIn: timestamp?.keptIn?.manifest } : {};
}

/** What the claim's own bytes add, for people. */
function claimWords(claim: ClaimFacts | undefined) {
  if (!claim) return {};
  const uncovered = claim.hardBindings.flatMap(({ exclusions }) => exclusions.map(exclusionWords));
  return {
    specVersion: claim.specVersion,
    update: claim.update || undefined,
    redacted: claim.redacted.length > 0 ? claim.redacted : undefined,
    uncovered: uncovered.length > 0 ? uncovered.slice(0, MOST_EXCLUSIONS) : undefined,
  };
}

const MOST_EXCLUSIONS = 64;

function exclusionWords(exclusion: Exclusion): string {
  if ('box' in exclusion) return `box ${exclusion.box}`;
  return `bytes ${exclusion.start} to ${exclusion.start + exclusion.bytes - 1}`;
}

/** Left out where there is nothing to say. */
function saidIn<T extends Record<string, Said | undefined>>(members: T) {
  const said = compact(members);
  return Object.keys(said).length === 0 ? undefined : said;
}

/** Codes raised on the CAWG identity assertion speak of a person's or newsroom's identity, not of the file. */
function isCawg(code: StatusCode): boolean {
  return code.code.startsWith('cawg.') || /\/cawg\.identity(__\d+)?$/.test(code.url ?? '');
}

function worst(list: Integrity[]): Integrity | undefined {
  if (list.includes('altered')) return 'altered';
  if (list.includes('undetermined')) return 'undetermined';
  return list[0];
}
