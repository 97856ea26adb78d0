/** The package has no types; these are the calls that tests/support/official-rubric.ts makes. */
declare module '@adobe/json-formula' {
  export interface Interpreter {
    globals: Record<string, unknown>;
    visit(ast: object, value: unknown): unknown;
  }
  export interface CustomFunction {
    _func: (args: unknown[], data: unknown, interpreter: Interpreter) => unknown;
    _signature: { types: number[]; optional?: boolean; variadic?: boolean }[];
  }
  export const dataTypes: { TYPE_ANY: number };
  export default class JsonFormula {
    constructor(functions?: Record<string, CustomFunction>);
    compile(expression: string, globals?: string[]): object;
    run(ast: object, json: unknown, language: string, globals: Record<string, unknown>): unknown;
  }
}
