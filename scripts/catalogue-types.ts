import type { CatalogueParam } from '../src/net/catalogue.ts';
import { type ParamNode, paramTree } from '../src/net/param-tree.ts';

const scalars: Readonly<Record<string, string>> = { string: 'string', int: 'number', long: 'number', bool: 'boolean' };
const isName = /^[A-Za-z_$][\w$]*$/;

function itemType(node: ParamNode): string {
  const { param, fields, value } = node;
  if (param?.type === 'json') return 'JsonField';
  if (value) return `Keyed<${typeOf(value)}>`;
  if (fields.length > 0) return `{ ${fields.map(fieldOf).join('; ')} }`;
  if (param?.values) return param.values.map((each) => JSON.stringify(each)).join(' | ');
  return scalars[param?.type.replace('[]', '') ?? ''] ?? 'Readonly<Record<string, unknown>>';
}

function typeOf(node: ParamNode): string {
  const item = itemType(node);
  return node.isList || node.isJoined ? `readonly ${node.param?.values ? `(${item})` : item}[]` : item;
}

function fieldOf(node: ParamNode): string {
  const name = isName.test(node.name) ? node.name : JSON.stringify(node.name);
  const optional = node.isRequired ? '' : ' | undefined';
  return `readonly ${name}${node.isRequired ? '' : '?'}: ${typeOf(node)}${optional}`;
}

interface TypedEndpoint {
  readonly id: string;
  readonly params: readonly CatalogueParam[];
}

/** The types of the parameters of each endpoint of a vendor, as TypeScript. */
export function typesOf(vendor: string, endpoints: readonly TypedEndpoint[]): string {
  const lines = endpoints.map(({ id, params }) => {
    const fields = paramTree(params.filter(({ in: place }) => place !== 'header' && place !== 'multipart')).map(
      fieldOf,
    );
    return `  '${id}': ${fields.length === 0 ? 'NoParams' : `{ ${fields.join('; ')} }`};`;
  });
  const used = ['JsonField', 'Keyed', 'NoParams'].filter((name) => lines.some((line) => line.includes(name)));
  return [
    `// Written by \`npm run codegen\` from src/vendors/${vendor}/catalogue. Do not edit.`,
    `import type { ${used.join(', ')} } from '../../net/param-types.ts';`,
    '',
    '/** The parameters of each endpoint, by its id in the catalogue. */',
    `export interface ${vendor.charAt(0).toUpperCase()}${vendor.slice(1)}Params {`,
    ...lines,
    '}',
    '',
  ].join('\n');
}
