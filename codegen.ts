import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  generates: {
    'src/generated/graphql.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        contextType: '../server/context.ts#Context',
        enumsAsTypes: true,
        useTypeImports: true,
        immutableTypes: true,
        maybeValue: 'T | null | undefined',
        inputMaybeValue: 'T | null',
        strictScalars: true,
        defaultScalarType: 'unknown',
        scalars: {
          DateTime: 'Date',
          FieldSet: 'string',
          JSON: 'unknown',
          Long: 'number',
          Scope: 'string',
          URL: 'string',
        },
        mappers: {},
      },
    },
  },
};

export default config;
