import { faultMessage } from '../../base/fault.js';
import { compact } from '../../base/json-shape.js';
import type { Message } from '../../i18n/message.js';
import type { ClaimFacts, Exclusion } from '../c2pa/claim-facts.js';
import { formatDifference } from '../c2pa/engine-difference.js';
import { sortByHistory } from '../c2pa/history-order.js';
import { activeIntegrity, isFormFault, manifestIntegrity, secondIntegrity } from '../c2pa/integrity.js';
import type { C2paEvidence, SecondOpinion, StatusCode, StoreEvidence } from '../c2pa/manifest-store.js';
import {
  activeManifest,
  activeSigner,
  certificateName,
  resolveStoreTime,
  signerName,
} from '../c2pa/signer.js';
import { findDisallowed } from '../detectors/conformance.js';
import type { AssetFacts } from '../media/asset-facts.js';
import { foundValue, type Read } from '../media/carrier.js';
import type { ContentCredentials, Integrity } from '../report/report.js';
import type { SignerJudgement } from '../trust/judge-signer.js';
import { editionMessage, listNameMessage } from '../trust/lists/trust-files.js';

/**
 * Returns `contentCredentials` of the Report from the engine's answer, not yet masked (masking.ts). `unreadable` is
 * used only for a store that Assay's own walk of the file located, because an engine's error alone does not show that
 * there is one.
 */
export function buildContentCredentials(
  read: Read<C2paEvidence>,
  { storeLocated }: Pick<AssetFacts, 'storeLocated'> = {},
): ContentCredentials {
  const value = foundValue(read);
  if (!value)
    return { presence: read.status === 'absent' ? 'absent' : storeLocated ? 'unreadable' : 'unsupported' };
  if (value.kind === 'remote')
    return { presence: 'remote', remoteUrl: value.remoteUrl, engine: value.engine };
  return credentialsOfStore(value);
}

function certificateOf(one: SignerJudgement['path'][number]) {
  return compact({
    subject: certificateName(one.subject),
    issuer: certificateName(one.issuer),
    serial: one.serial || undefined,
    from: one.notBefore.toISOString(),
    until: one.notAfter.toISOString(),
    sha256: one.sha256,
    source: one.inFile ? ('file' as const) : ('list' as const),
  });
}

function credentialsOfStore(store: StoreEvidence): ContentCredentials {
  const { integrity, causes } = activeIntegrity(store);
  const manifests = sortByHistory(store.manifests, store.activeManifest);
  const ingredients = manifests.filter((m) => m.record.label !== store.activeManifest);
  const time = resolveStoreTime(store);
  const judgement = activeSigner(store);
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
    ingredientIntegrity: worstIntegrity(
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
    messages: pickMessages({
      bytesFault: store.bytesFault && faultMessage(store.bytesFault),
      soleEngine: integrity === 'altered' ? store.soleEngine : undefined,
    }),
    bytesFaultMissing: store.bytesFault && [...store.bytesFault.missing],
    signer: compact({
      name: signerName(store),
      commonName: signature?.commonName,
      issuer: certificateName(judgement?.certificate.issuer),
      serial: signature?.serial,
      trust: judgement?.trust ?? ('not-checked' as const),
      messages: pickMessages({
        trustReason: trustFault && faultMessage(trustFault),
        list: judgement?.list && listNameMessage(judgement.list.name),
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
      messages: pickMessages({
        timestampReason: stampFault && faultMessage(stampFault),
        authorityList: judgement?.timestamp?.list && editionMessage(judgement.timestamp.list),
      }),
      validity: time.validity,
      certificateFrom: judgement?.certificate.notBefore.toISOString(),
      certificateUntil: judgement?.certificate.notAfter.toISOString(),
      revocation: time.revocation,
    }),
    codes: {
      active: store.codes.active.filter((c) => !isCawgCode(c)),
      ingredients: store.codes.ingredients.filter((c) => !isCawgCode(c)),
      cawg: [...store.codes.active, ...store.codes.ingredients].filter(isCawgCode),
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
        ...signerMessages(store.signers?.get(record.label)),
        time: record.signature.time,
        ...provenTimeMembers(store.signers?.get(record.label)),
        ...claimMembers(store.claims?.get(record.label)),
        hasThumbnail: record.hasThumbnail || undefined,
        actions: record.actions.map(({ locator: _place, ...action }) => action),
        ingredients: record.ingredients.map(({ recorded: _recorded, ...ingredient }) => ingredient),
      }),
    ),
  });
}

function secondOpinion(store: StoreEvidence, { engine, agrees, differences }: SecondOpinion) {
  const integrity = secondIntegrity(store);
  return compact({ engine, agrees, differences: differences.map(formatDifference), integrity });
}

function formFaults({ codes }: StoreEvidence, integrity: Integrity): string[] | undefined {
  const found = codes.active.filter((code) => code.kind === 'failure' && isFormFault(code));
  return integrity === 'intact' && found.length > 0 ? [...new Set(found.map(({ code }) => code))] : undefined;
}

function conformanceOf(store: StoreEvidence) {
  const { product } = store;
  if (!product) return undefined;
  return compact({
    product: product.productName,
    assuranceLevel: product.assuranceLevel === undefined ? undefined : String(product.assuranceLevel),
    status: product.status,
    disallowed: findDisallowed(store).map(({ id }) => id),
  });
}

function signerMessages(judgement: SignerJudgement | undefined) {
  if (!judgement) return {};
  const { trust, validity, revocation } = judgement;
  return { trust, validity, revoked: revocation.revocation === 'revoked' || undefined };
}

function provenTimeMembers({ provenTime, timestamp }: Partial<SignerJudgement> = {}) {
  return provenTime ? { proven: provenTime.toISOString(), provenIn: timestamp?.keptIn?.manifest } : {};
}

/** Facts from the claim's own bytes, for display. */
function claimMembers(claim: ClaimFacts | undefined) {
  if (!claim) return {};
  const uncovered = claim.hardBindings.flatMap(({ exclusions }) => exclusions.map(formatExclusion));
  return {
    specVersion: claim.specVersion,
    update: claim.update || undefined,
    redacted: claim.redacted.length > 0 ? claim.redacted : undefined,
    uncovered: uncovered.length > 0 ? uncovered.slice(0, MAX_EXCLUSIONS) : undefined,
  };
}

const MAX_EXCLUSIONS = 64;

function formatExclusion(exclusion: Exclusion): string {
  if ('box' in exclusion) return `box ${exclusion.box}`;
  return `bytes ${exclusion.start} to ${exclusion.start + exclusion.bytes - 1}`;
}

/** Drops undefined messages and returns `undefined` if none is left. */
function pickMessages<T extends Record<string, Message | undefined>>(members: T) {
  const messages = compact(members);
  return Object.keys(messages).length === 0 ? undefined : messages;
}

/** Returns whether a code is about the CAWG identity assertion: the identity of a person or newsroom, not of the file. */
function isCawgCode(code: StatusCode): boolean {
  return code.code.startsWith('cawg.') || /\/cawg\.identity(__\d+)?$/.test(code.url ?? '');
}

function worstIntegrity(list: Integrity[]): Integrity | undefined {
  if (list.includes('altered')) return 'altered';
  if (list.includes('undetermined')) return 'undetermined';
  return list[0];
}
