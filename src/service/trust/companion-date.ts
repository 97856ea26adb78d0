import { isDay } from '../../base/day.js';
import { sha256Hex } from '../../base/digest.js';
import {
  asArray,
  asRecord,
  asText,
  compact,
  type JsonRecord,
  ownMember,
  parseJson,
} from '../../base/json-shape.js';
import type { Certificate } from '../../core/trust/certificate.js';
import { trustLimits } from '../../core/trust/lists/trust-limits.js';
import type { TrustSource } from '../../core/trust/lists/trust-sources.js';
import { type Message, message } from '../../i18n/message.js';
import { listLimits as limits } from './list-limits.js';

const TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]{8,15}Z$/;

export type CompanionDateResult =
  | (Pick<TrustSource, 'nextUpdate' | 'sequence'> & { issueDate: string })
  | { why: Message };

/**
 * Returns when a PEM list was issued, its number, and when the next is announced, from the JSON form of the same list (ETSI TS 119 602, "LoTE"). The publisher
 * provides two separate files, which may be of different days, so the date is used only if both hold the same
 * certificates.
 */
export function findCompanionDate(bytes: Buffer, certificates: readonly Certificate[]): CompanionDateResult {
  if (bytes.length > trustLimits.trustFileBytes) return { why: message('trust.companion.tooLarge') };
  const json = parseJson(bytes.toString('utf8'));
  if (json === undefined) return { why: message('trust.companion.noJson') };
  const list = inner(asRecord(json), 'LoTE');
  const scheme = inner(list, 'ListAndSchemeInformation');
  const timeOf = (name: string) => {
    const time = asText(read(scheme, name), 40);
    return time && TIME.test(time) && isDay(time.slice(0, 10)) && !Number.isNaN(Date.parse(time))
      ? time
      : undefined;
  };
  const issueDate = timeOf('ListIssueDateTime');
  if (issueDate === undefined) return { why: message('trust.companion.noDate') };
  const here = new Set(certificates.map((c) => c.sha256));
  const there = readFingerprints(list);
  const same = here.size === there.size && [...here].every((one) => there.has(one));
  const sequence = read(scheme, 'LoTESequenceNumber');
  return same
    ? compact({
        issueDate,
        nextUpdate: timeOf('NextUpdate'),
        sequence: Number.isSafeInteger(sequence) ? Number(sequence) : undefined,
      })
    : { why: message('trust.companion.other') };
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
