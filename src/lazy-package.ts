import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** A value that is made when it is first asked for, once. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A package, loaded when it is first asked for: those with tables of megabytes are needed by few configurations. */
export const lazyPackage = <T>(name: string): (() => T) => lazily(() => require(name) as T);
