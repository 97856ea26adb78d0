import { readFileSync } from 'node:fs';
import JsonFormula, { type CustomFunction, dataTypes } from '@adobe/json-formula';
import { parseAllDocuments } from 'yaml';

/** Format of the published rubric: a header with variables and named expressions, then statements to evaluate. */
interface Header {
  rubric_metadata: { version: string };
  variables: Record<string, unknown>;
  expressions: Record<string, string>;
}
interface Statement {
  id: string;
  expression: string;
}

/**
 * Evaluates the official file with its own formula language on one manifest of crJSON. A named expression sees its
 * arguments as `$args` and its caller's context as `@`.
 */
export class OfficialRubric {
  readonly version: string;
  readonly ids: string[];
  readonly #formula: JsonFormula;
  readonly #statements: { id: string; ast: object }[];
  readonly #globals: Record<string, unknown>;

  constructor(path: string) {
    const [header, statements] = parseAllDocuments(readFileSync(path, 'utf8')).map((document): unknown =>
      document.toJS(),
    ) as [Header, Statement[]];
    this.version = header.rubric_metadata.version;
    this.#globals = { ...header.variables, $args: [] };
    const functions: Record<string, CustomFunction> = {};
    this.#formula = new JsonFormula(functions);
    const names = Object.keys(this.#globals);
    for (const [name, expression] of Object.entries(header.expressions))
      functions[name] = asFunction(this.#formula.compile(expression, names));
    // The package copies the functions when it is created, so it is created again after they are registered.
    this.#formula = new JsonFormula(functions);
    this.#statements = statements.map(({ id, expression }) => ({
      id: `c2pa.${id.replace(':signal_', '.')}`,
      ast: this.#formula.compile(expression.trim(), names),
    }));
    this.ids = this.#statements.map(({ id }) => id);
  }

  /** Returns the ids of the signals that are true of a manifest, in Assay's spelling. */
  signalsOf(manifest: unknown): string[] {
    return this.#statements
      .filter(({ ast }) => this.#formula.run(ast, manifest, 'en-US', { ...this.#globals }) === true)
      .map(({ id }) => id);
  }
}

function asFunction(ast: object): CustomFunction {
  return {
    _signature: [{ types: [dataTypes.TYPE_ANY], optional: true, variadic: true }],
    _func(args, data, interpreter) {
      const outer = interpreter.globals['$args'];
      interpreter.globals['$args'] = args;
      try {
        return interpreter.visit(ast, data);
      } finally {
        interpreter.globals['$args'] = outer;
      }
    },
  };
}
