import Type, { type Static } from 'typebox';
import { type Said, said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import type { Scope } from '../store/scopes.js';
import { PROBLEM_CODES, PROBLEMS, type ProblemCode } from './problems.js';
import { requestUrn } from './request-id.js';

const FieldErrorSchema = Type.Object(
  {
    pointer: Type.String({ description: 'JSON Pointer to the field, as `/asOf`.' }),
    detail: Type.String(),
  },
  { additionalProperties: false },
);

export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'Address of a page about this code: `/problems/<code>`.' }),
    title: Type.String({ description: 'The same for every problem of this code.' }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.Enum(PROBLEM_CODES, { description: 'Stable; made for programs.' }),
    detail: Type.String({ description: 'What happened this time, for people.' }),
    instance: Type.String({ description: 'The request’s id as a URN; the server’s log knows it.' }),
    errors: Type.Optional(Type.Array(FieldErrorSchema, { description: 'The fields that are wrong.' })),
  },
  {
    additionalProperties: false,
    $id: 'Problem',
    title: 'Problem',
    description: 'What went wrong (RFC 9457).',
  },
);

export type ProblemBody = Static<typeof ProblemSchema>;

/** One wrong field: where it stands, and what is expected there. */
interface FieldFault {
  pointer: string;
  detail: Said;
}

interface ProblemOptions {
  /** What happened this time. Left out: the code's meaning. Never holds more of the client's words than a bounded name. */
  detail?: Said;
  errors?: FieldFault[];
  headers?: Record<string, string>;
  cause?: unknown;
}

/** Thrown anywhere behind the door; answered by answer-problem.ts. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly detail: Said;
  readonly errors: FieldFault[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: ProblemCode,
    options: ProblemOptions = {},
  ) {
    super(code, { cause: options.cause });
    this.status = PROBLEMS[code];
    this.detail = options.detail ?? said(`problem.${code}.meaning`);
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }

  body(requestId: string, speech: Speech): ProblemBody {
    return {
      type: `/problems/${this.code}`,
      title: speech.words(`problem.${this.code}.title`),
      status: this.status,
      code: this.code,
      detail: speech.say(this.detail),
      instance: requestUrn(requestId),
      ...(this.errors && {
        errors: this.errors.map(({ pointer, detail }) => ({ pointer, detail: speech.say(detail) })),
      }),
    };
  }
}

/** One wrong field. `name` may be the client's own; it is made showable and cut before it gets here. */
export function badField(name: string, detail: Said): Problem {
  // RFC 6901 section 4: these two have a meaning in a pointer.
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return new Problem('bad-field', {
    detail: said('problem.field', { name, what: detail }),
    errors: [{ pointer, detail }],
  });
}

/** The scope that would open the way. */
export function scopeMissing(scope: Scope): Problem {
  return new Problem('scope-missing', {
    detail: said('problem.scope-missing.scope', { scope }),
    headers: { 'www-authenticate': `Bearer realm="assay", error="insufficient_scope", scope="${scope}"` },
  });
}
