import { isDay } from '../../base/day.js';
import { sha256Hex } from '../../base/digest.js';
import { asArray, asRecord, asText, type JsonRecord, ownMember, parseJson } from '../../base/json-shape.js';
import type { Certificate } from '../../core/trust/certificate.js';
import { trustLimits } from '../../core/trust/lists/trust-limits.js';
import { type Message, message } from '../../i18n/message.js';
import { listLimits as limits } from './list-limits.js';

const TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]{8,15}Z$/;

export type CompanionDateResult = { issueDate: string } | { why: Message };

/**
 * Returns the day a PEM list was issued, from the JSON form of the same list (ETSI TS 119 602, "LoTE"). The publisher
 * provides two separate files, which may be of different days, so the date is used only if both hold the same
 * certificates.
 */
export function findCompanionDate(bytes: Buffer, certificates: readonly Certificate[]): CompanionDateResult {
  if (bytes.length > trustLimits.trustFileBytes) return { why: message('trust.companion.tooLarge') };
  const json = parseJson(bytes.toString('utf8'));
  if (json === undefined) return { why: message('trust.companion.noJson') };
  const list = inner(asRecord(json), 'LoTE');
  const date = asText(read(inner(list, 'ListAndSchemeInformation'), 'ListIssueDateTime'), 40);
  if (!date || !TIME.test(date) || !isDay(date.slice(0, 10)) || Number.isNaN(Date.parse(date)))
    return { why: message('trust.companion.noDate') };
  const here = new Set(certificates.map((c) => c.sha256));
  const there = readFingerprints(list);
  const same = here.size === there.size && [...here].every((one) => there.has(one));
  return same ? { issueDate: date } : { why: message('trust.companion.other') };
}

function readFingerprints(list: JsonRecord | undefined): Set<string> {
  const found = new Set<string>();
  for (const entity of asArray(read(list, 'TrustedEntitiesList'), limits.entities)) {
    for (const service of asArray(
      read(asRecord(entity), 'TrustedEntityServices'),
      limits.servicesPerEntity,
    )) {
      const identity = inner(inner(asRecord(service), 'ServiceInformation'), 'ServiceDigitalIdentity');
      for (const one of asArray(read(identity, 'X509Certificates'), limits.certificatesPerService)) {
        const text = read(asRecord(one), 'val');
        if (typeof text === 'string') found.add(sha256Hex(Buffer.from(text, 'base64')));
      }
    }
  }
  return found;
}

const read = (record: JsonRecord | undefined, key: string): unknown => record && ownMember(record, key);
const inner = (record: JsonRecord | undefined, key: string) => asRecord(read(record, key));
