export { isObservation, isRulebook } from '../../../src/core/law/schema-checks.ts';
export { isReaderRecord } from '../../../src/scan/records/reader-record-check.ts';
