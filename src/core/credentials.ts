import { inHistoryOrder } from './c2pa/history-order.js';
import { activeIntegrity, manifestIntegrity } from './c2pa/integrity.js';
import type { C2paEvidence, StatusCode, StoreEvidence } from './c2pa/manifest-store.js';
import { activeManifest, signerName, storeTime } from './c2pa/signer.js';
import { type Read, readValue } from './evidence.js';
import { compact } from './json-shape.js';
import type { ContentCredentials, Integrity } from './report.js';

/** The Report's `contentCredentials`, from what the engine said. */
export function contentCredentials(read: Read<C2paEvidence>): ContentCredentials {
  const value = readValue(read);
  if (!value) return { presence: PRESENCE[read.status] };
  if (value.kind === 'remote')
    return { presence: 'remote', remoteUrl: value.remoteUrl, engine: value.engine };
  return ofStore(value);
}

/** A failed read is `unreadable`: whether a manifest store is there is not known, and never `absent`. */
const PRESENCE = {
  found: 'present',
  absent: 'absent',
  unsupported: 'unsupported',
  malformed: 'unreadable',
  failed: 'unreadable',
} as const;

function ofStore(store: StoreEvidence): ContentCredentials {
  const { integrity, causes } = activeIntegrity(store);
  const manifests = inHistoryOrder(store.manifests, store.activeManifest);
  const ingredients = manifests.filter((m) => m.record.label !== store.activeManifest);
  const time = storeTime(store);
  const signature = activeManifest(store)?.signature;
  return compact({
    presence: 'present' as const,
    integrity,
    integrityCauses: causes.length > 0 ? causes : undefined,
    ingredientIntegrity: worst(
      ingredients
        .filter((m) => m.depth !== undefined)
        .map((m) => manifestIntegrity(store, m.record.label).integrity),
    ),
    remoteUrl: store.remoteUrl,
    engine: store.engine,
    activeManifest: store.activeManifest,
    signer: compact({
      name: signerName(store),
      commonName: signature?.commonName,
      serial: signature?.serial && masked(signature.serial),
      trust: 'not-checked' as const,
    }),
    time: compact({
      timestamp: time.stampedAt,
      authority: time.authority,
      authorityTrust: 'not-checked' as const,
      validity: time.validity,
      revocation: 'not-checked' as const,
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
        actions: record.actions.map(({ place: _place, ...action }) => action),
        ingredients: record.ingredients.map(({ recorded: _recorded, ...ingredient }) => ingredient),
      }),
    ),
  });
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

/** A serial number can lead to a person's device. */
function masked(serial: string): string {
  return serial.length > 8 ? `${serial.slice(0, 2)}…${serial.slice(-2)} (${serial.length} digits)` : '…';
}
