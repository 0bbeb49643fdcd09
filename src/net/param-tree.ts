import type { CatalogueParam } from './catalogue.ts';

/** A parameter, with what is inside of it. */
export interface ParamNode {
  readonly name: string;
  /** What the catalogue says of it; undefined for an object that only the names of its fields show. */
  readonly param: CatalogueParam | undefined;
  readonly isList: boolean;
  /** Whether it is one text of many values, joined by commas. */
  readonly isJoined: boolean;
  readonly isRequired: boolean;
  /** The fields of the object, or of each item of the list; empty for what is no object. */
  readonly fields: readonly ParamNode[];
  /** The value of each key, for an object whose keys are the caller's. */
  readonly value: ParamNode | undefined;
}

interface Draft {
  param: CatalogueParam | undefined;
  isList: boolean;
  readonly children: Map<string, Draft>;
}

const anyKey = '{}';

/**
 * `UserInfo[].Name` is a field of each item; `chatroom[{id}]` and `marks.{id}` are objects whose keys are the caller's. A name that
 * begins with a list or a key is of the whole body.
 */
const segmentsOf = (name: string): readonly string[] =>
  name
    .replace(/^\[\]/, 'body[]')
    .replace(/^\{/, 'body.{')
    .replace(/\[(\{[^}]*\})\]/g, '.$1')
    .split('.');

const emptyDraft = (): Draft => ({ param: undefined, isList: false, children: new Map() });

/** Parameters by the names of the catalogue, nested as they are. */
export function paramTree(params: readonly CatalogueParam[]): readonly ParamNode[] {
  const root = emptyDraft();
  for (const param of params) {
    let draft = root;
    for (const segment of segmentsOf(param.name)) {
      const name = segment.startsWith('{') ? anyKey : segment.replace(/\[\]$/, '');
      const inner = draft.children.get(name) ?? emptyDraft();
      draft.children.set(name, inner);
      if (segment.endsWith('[]')) inner.isList = true;
      draft = inner;
    }
    draft.param = param;
    if (param.repeat || param.type.endsWith('[]')) draft.isList = true;
  }
  return nodesOf(root);
}

function nodesOf(draft: Draft): readonly ParamNode[] {
  return [...draft.children].filter(([name]) => name !== anyKey).map(([name, inner]) => nodeOf(name, inner));
}

function nodeOf(name: string, draft: Draft): ParamNode {
  const value = draft.children.get(anyKey);
  return {
    name,
    param: draft.param,
    isList: draft.isList,
    isJoined: !draft.isList && name !== anyKey && draft.param?.type === 'string' && draft.param.items !== undefined,
    // The whole body is there, whatever its fields are.
    isRequired: draft.param?.required ?? (name === 'body' || isRequiredInside(draft)),
    fields: nodesOf(draft),
    value: value && nodeOf(anyKey, value),
  };
}

const isRequiredInside = (draft: Draft): boolean =>
  [...draft.children.values()].some((inner) => inner.param?.required ?? isRequiredInside(inner));
