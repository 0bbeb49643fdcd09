import { type GraphQLSchema, getNamedType, isEnumType, isInputObjectType } from 'graphql';

/** The input types below a type, itself first. */
function inputsBelow(schema: GraphQLSchema, name: string, found = new Set<string>()): Set<string> {
  const type = schema.getType(name);
  if (!isInputObjectType(type) || found.has(name)) return found;
  found.add(name);
  for (const field of Object.values(type.getFields())) inputsBelow(schema, getNamedType(field.type).name, found);
  return found;
}

const table = (name: string, rows: readonly (readonly [string, readonly string[]])[]) =>
  `export const ${name} = {\n${rows.map(([key, values]) => `  '${key}': ${JSON.stringify(values)},\n`).join('')}} as const;\n`;

/** A plugin of graphql-codegen: the names of the schema that code outside the resolvers goes by (`src/generated/names.ts`). */
export function plugin(schema: GraphQLSchema): string {
  const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType);
  const fields = inputs.map((type) => [type.name, Object.keys(type.getFields())] as const);
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).map(({ name, args }) => {
    const below = args.flatMap(({ type }) => [...inputsBelow(schema, getNamedType(type).name)]);
    return [`Mutation.${name}`, below] as const;
  });
  const vendor = schema.getType('Vendor');
  const vendors = isEnumType(vendor) ? vendor.getValues().map(({ name }) => `'${name}'`) : [];
  return [
    '/** The fields of every input type. */',
    table('inputFields', fields),
    '/** The input types that a mutation takes, those within others too. */',
    table('inputsOfMutation', mutations),
    '/** The values of `enum Vendor`. */',
    `export type VendorName = ${vendors.join(' | ')};\n`,
  ].join('\n');
}
