import AjvCompiler from '@fastify/ajv-compiler';

type Factory = AjvCompiler.BuildCompilerFromPool;
type Compile = ReturnType<Factory>;
type Validator = ReturnType<Compile>;

/** A validator that is compiled when the first request needs it. */
interface LazyValidator {
  validator: Validator;
  compiled(): Validator;
}

let compile: (() => Compile) | undefined;
const validators = new Map<string, LazyValidator>();

/**
 * Creates the validators of requests, one set per process. Each schema is compiled once, however many routes and
 * servers use it, and only when the first request needs it: compiling all took a sixth of a server's start. Fastify
 * would create a compiler for each scope of routes, check all published schemas against each other every time, and
 * compile shared schemas once per route. A test ensures that all schemas can be compiled.
 */
export const sharedValidator: Factory = (schemas, options) => {
  compile ??= memoize(() => AjvCompiler()(schemas, options));
  const compiler = compile;
  return (route) => {
    const { schema } = Object(route) as { schema?: unknown };
    const text = JSON.stringify(schema);
    const check = validators.get(text) ?? createLazyValidator(() => compiler()(route));
    validators.set(text, check);
    return check.validator;
  };
};

/** Compiles all remaining validators; returns their total number. Throws for an invalid schema. */
export function compileAllValidators(): number {
  for (const { compiled } of validators.values()) compiled();
  return validators.size;
}

/**
 * Defers the compilation: Fastify calls the validator, and reads the properties it sets on itself, only after a request
 * came.
 */
function createLazyValidator(make: () => Validator): LazyValidator {
  const compiled = memoize(make);
  const validator = new Proxy(neverCalled, {
    apply: (_, self, args) => Reflect.apply(compiled(), self, args),
    get: (_, name) => Reflect.get(compiled(), name),
  });
  return { validator, compiled };
}

const neverCalled = (() => false) as unknown as Validator;

function memoize<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
