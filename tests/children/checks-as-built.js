export { isObservation, isRulebook } from '../../src/core/law/schema-checks.ts';
