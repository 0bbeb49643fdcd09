import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** A package, loaded when it is first asked for: those with tables of megabytes are needed by few configurations. */
export function lazyPackage<T>(name: string): () => T {
  let loaded: T | undefined;
  return () => {
    loaded ??= require(name) as T;
    return loaded;
  };
}
