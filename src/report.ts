/** The Report's schema and types alone (`assay/report`): for whoever reads Reports and makes none. */

export type { EvidenceSheet } from './core/evidence-sheet.js';
export { EvidenceSheetSchema } from './core/evidence-sheet.js';
export type { Finding } from './core/finding-schema.js';
export { FindingSchema } from './core/finding-schema.js';
export type * from './core/report.js';
export { ErrorRecordSchema, ReportSchema } from './core/report.js';
export type { Signal, SignalId } from './core/signal.js';
