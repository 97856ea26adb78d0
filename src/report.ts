/** The Report's schema and types alone (`assay/report`): for whoever reads Reports and makes none. */

export type { EvidenceSheet } from './core/report/evidence-sheet.js';
export { EvidenceSheetSchema } from './core/report/evidence-sheet.js';
export type { Finding } from './core/report/finding-schema.js';
export { FindingSchema } from './core/report/finding-schema.js';
export type * from './core/report/report.js';
export { ErrorRecordSchema, ReportSchema } from './core/report/report.js';
export type { Signal, SignalId } from './core/report/signal.js';
