import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { Params } from '../../say/said.js';
import { ParamsSchema, REFERRED_TO } from '../ground/told.js';
import {
  type BesideReport,
  BesideReportSchema,
  type Observation,
  ObservationSchema,
} from '../report/report.js';
import { RulebookSchema, type WrittenRulebook } from './rulebook.js';

/**
 * What is checked on the way of every start, one function a schema. The build writes the same functions as plain code
 * in the place of this module (scripts/plain-checks.js): the schema library takes longer to load and to compile
 * these than a small file takes to read.
 */
export const schemas = {
  isObservation: ObservationSchema,
  isBesideReport: BesideReportSchema,
  isRulebook: RulebookSchema,
  isParams: ParamsSchema,
};

/** Compiled when something is checked first: the build, which writes them out, checks nothing, and few tests check all. */
function checkOf(schema: TSchema): (value: unknown) => boolean {
  let check: Validator | undefined;
  return (value) => {
    check ??= Compile(REFERRED_TO, schema);
    return check.Check(value);
  };
}

const observation = checkOf(ObservationSchema);
const besideReport = checkOf(BesideReportSchema);
const rulebook = checkOf(RulebookSchema);
const params = checkOf(ParamsSchema);

export const isObservation = (value: unknown): value is Observation => observation(value);
export const isBesideReport = (value: unknown): value is BesideReport => besideReport(value);
export const isRulebook = (value: unknown): value is WrittenRulebook => rulebook(value);
export const isParams = (value: unknown): value is Params => params(value);
