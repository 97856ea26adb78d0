/**
 * Assay as a library: docs/library.md. What is not exported here may change with any release.
 */
export type { EngineChoice } from './core/c2pa/engine.js';
export type { EvidenceSheet } from './core/evidence-sheet.js';
export type { Role } from './core/rule-terms.js';
export type { Personal } from './core/signal.js';
export { type ListedSignal, signalList as listSignals } from './core/signal-list.js';
export { VERSION } from './core/version.js';
export { AssayError, type ErrorCode } from './library/error.js';
export { evaluate } from './library/evaluate.js';
export type { FileInput } from './library/input.js';
export { inspect, readEvidence } from './library/inspect.js';
export type { LawQuestion, Question } from './library/question.js';
export type { Finding, Report, Signal, SignalId } from './report.js';
export { LANGUAGES, type Language } from './say/languages.js';
