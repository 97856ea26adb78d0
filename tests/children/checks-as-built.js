export { isObservation, isRulebook } from '../../src/core/law/schema-checks.ts';
export { isBareRecord } from '../../src/scan/bare-check.ts';
