import { parseSync, visitorKeys } from 'oxc-parser';

/** One change to one file that should be noticed by a test. */
export interface Fault {
  /** What kind of change it is. */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** A node of the syntax tree, as ESTree has it. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

interface Place {
  readonly node: Node;
  readonly parent: Node | undefined;
  /** The property of the parent that the node is in. */
  readonly key: string;
}

type Source = (node: unknown) => string;

/** Every fault that can be put into a file. */
export function faultsOf(path: string, text: string): readonly Fault[] {
  const { program, errors } = parseSync(path, text, { astType: 'ts' });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const faults: Fault[] = [];
  const source: Source = (node) => text.slice((node as Node).start, (node as Node).end);
  for (const place of placesIn(program as unknown as Node)) {
    for (const [kind, change] of Object.entries(mutators)) {
      const { start, end } = place.node;
      for (const replacement of change(place, source))
        if (replacement !== text.slice(start, end)) faults.push({ kind, start, end, replacement });
    }
  }
  return faults;
}

export const faulty = (text: string, { start, end, replacement }: Fault) =>
  text.slice(0, start) + replacement + text.slice(end);

/** Types are not there when the program runs, and what a file imports is not its own. */
const isLeftAlone = ({ type }: Node) =>
  (type.startsWith('TS') && !['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'].includes(type)) ||
  type === 'ImportDeclaration' ||
  type === 'ExportAllDeclaration';

function placesIn(root: Node): Place[] {
  const places: Place[] = [];
  const walk = (node: Node, parent: Node | undefined, key: string): void => {
    if (isLeftAlone(node)) return;
    places.push({ node, parent, key });
    for (const name of (visitorKeys as Record<string, readonly string[]>)[node.type] ?? []) {
      const below = node[name];
      for (const child of Array.isArray(below) ? below : [below]) if (isNode(child)) walk(child, node, name);
    }
  };
  walk(root, undefined, '');
  return places;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

const comparisons: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
};

const arithmetic: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*' };

/** Methods of lists, and others that answer nearly the same. */
const methods: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  floor: 'ceil',
  ceil: 'floor',
};

/** Methods without which a list, or a text, is nearly the same. */
const dropped = ['filter', 'sort', 'toSorted', 'reverse', 'toReversed', 'slice', 'trim', 'toLowerCase', 'concat'];

/** How each kind of fault changes a node. */
const mutators: Readonly<Record<string, (place: Place, source: Source) => string[]>> = {
  'condition negated': ({ node, parent, key }, source) =>
    key === 'test' && ['IfStatement', 'ConditionalExpression'].includes(parent?.type ?? '')
      ? [`!(${source(node)})`]
      : [],
  'guard dropped': ({ node }) => (node.type === 'IfStatement' && !node['alternate'] ? [';'] : []),
  'comparison moved': ({ node }, source) => operatorOf(node, 'BinaryExpression', comparisons, source),
  'arithmetic changed': ({ node }, source) => operatorOf(node, 'BinaryExpression', arithmetic, source),
  'an arm only': ({ node }, source) => {
    if (node.type !== 'LogicalExpression') return [];
    const [left, right] = [`(${source(node['left'])})`, `(${source(node['right'])})`];
    // Whether nothing is null or undefined is all one where it goes to GraphQL or JSON.
    return ['(null)', '(undefined)'].includes(right) ? [right] : [left, right];
  },
  'negation dropped': ({ node }, source) =>
    node.type === 'UnaryExpression' && node['operator'] === '!' ? [source(node['argument'])] : [],
  'flag flipped': ({ node }) =>
    node.type === 'Literal' && typeof node['value'] === 'boolean' ? [String(!node['value'])] : [],
  'number moved': ({ node }) => {
    const { value } = node;
    if (node.type !== 'Literal' || typeof value !== 'number') return [];
    return [String(value < 10 ? value + 1 : value * 2)];
  },
  'text emptied': ({ node, parent, key }) => (isWord(node, parent, key) ? ["''"] : []),
  'statement removed': ({ node }) => (node.type === 'ExpressionStatement' && !node['directive'] ? [';'] : []),
  'property dropped': ({ node, parent, key }, source) =>
    key === 'properties' && parent?.type === 'ObjectExpression' ? [restOf(node, source)] : [],
  'the first only': ({ node, parent, key }, source) =>
    key === 'right' && parent?.type === 'ForOfStatement' ? [`[...${source(node)}].slice(0, 1)`] : [],
  'another item': ({ node }, source) => itemOf(node, source),
  'another method': ({ node }, source) => methodOf(node, source),
  'call dropped': ({ node }, source) => {
    const method = calledMethod(node);
    return method && dropped.includes(method.name) ? [source(method.object)] : [];
  },
};

function operatorOf(node: Node, type: string, others: Readonly<Record<string, string>>, source: Source): string[] {
  const other = node.type === type ? others[String(node['operator'])] : undefined;
  return other === undefined ? [] : [`${source(node['left'])} ${other} ${source(node['right'])}`];
}

/** Texts with spaces are for people to read: their wording is nobody's to rely on. Keys and module names are no values. */
function isWord(node: Node, parent: Node | undefined, key: string): boolean {
  if (node.type !== 'Literal' || typeof node['value'] !== 'string' || node['value'] === '') return false;
  const isKey = key === 'key' || parent?.type.startsWith('Export') || parent?.type === 'ImportExpression';
  return !isKey && !/\s/.test(node['value']);
}

/** A property that is there, with nothing in it; what is spread is left out. */
function restOf(node: Node, source: Source): string {
  if (node.type === 'SpreadElement') return '';
  const key = node['computed'] ? `[${source(node['key'])}]` : source(node['key']);
  return `${key}: undefined`;
}

function itemOf(node: Node, source: Source): string[] {
  if (node.type !== 'MemberExpression' || !node['computed']) return [];
  const index = node['property'] as Node;
  const isFirst = index.type === 'Literal' && index['value'] === 0;
  return isFirst ? [`${source(node['object'])}.at(-1)`] : [];
}

function methodOf(node: Node, source: Source): string[] {
  const method = calledMethod(node);
  const other = method && Object.hasOwn(methods, method.name) ? methods[method.name] : undefined;
  if (!method || !other) return [];
  const callee = source(node['callee']).slice(0, -method.name.length) + other;
  return [callee + source(node).slice(source(node['callee']).length)];
}

function calledMethod(node: Node): { readonly object: unknown; readonly name: string } | undefined {
  const callee = node['callee'] as Node | undefined;
  if (node.type !== 'CallExpression' || callee?.type !== 'MemberExpression' || callee['computed']) return undefined;
  return { object: callee['object'], name: String((callee['property'] as Node)['name']) };
}
