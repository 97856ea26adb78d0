/**
 * Assay as a library: docs/library.md. What is not exported here may change with any release.
 */
export type { EngineChoice } from './core/c2pa/engine-names.js';
export { type ListedSignal, signalList as listSignals } from './core/detectors/signal-list.js';
export { VERSION } from './core/ground/version.js';
export type { EvidenceSheet } from './core/report/evidence-sheet.js';
export type { Role } from './core/report/rule-terms.js';
export type { Personal } from './core/signals/personal.js';
export { AssayError, type ErrorCode } from './library/error.js';
export { evaluate, evaluateLaw, type LawAnswer } from './library/evaluate.js';
export type { FileInput } from './library/input.js';
export { inspect, inspectParts, readEvidence, type WithParts } from './library/inspect.js';
export type { LawQuestion, Question } from './library/question.js';
export type { Finding, Report, Signal, SignalId } from './report.js';
export { LANGUAGES, type Language } from './say/languages.js';
