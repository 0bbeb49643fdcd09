import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, Kind, type SelectionSetNode } from 'graphql';
import type { Bounds } from '../bounds.ts';

/** The size of a selection set with its fragments put in. */
interface Size {
  readonly fields: number;
  readonly rootFields: number;
  readonly aliases: number;
  readonly depth: number;
  readonly introspectionDepth: number;
}

const nothing: Size = { fields: 0, rootFields: 0, aliases: 0, depth: 0, introspectionDepth: 0 };

/**
 * What of a document is beyond the bounds; empty when nothing is. Takes time in proportion to the document's length,
 * whatever its fragments multiply to, so that it can come before validation. Cycles count as nothing: validation refuses them.
 */
export function checkDocument(document: DocumentNode, bounds: Bounds): readonly GraphQLError[] {
  const sizes = new DocumentSizes(document);
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    const size = sizes.of(definition.selectionSet);
    return [
      ...beyond('depth', size.depth, bounds.depth),
      ...beyond('introspection depth', size.introspectionDepth, bounds.introspectionDepth),
      ...beyond('number of aliases', size.aliases, bounds.aliases),
      ...beyond('number of root fields', size.rootFields, bounds.rootFields),
      ...beyond('number of fields', size.fields, bounds.fields),
    ];
  });
}

function beyond(what: string, count: number, bound: number): GraphQLError[] {
  if (count <= bound) return [];
  return [
    new GraphQLError(`The operation's ${what} is ${count < 1e6 ? count : 'over a million'}, more than ${bound}.`),
  ];
}

class DocumentSizes {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #known = new Map<string, Size>();

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  of(set: SelectionSetNode): Size {
    return set.selections.map((selection) => this.#ofSelection(selection)).reduce(add, nothing);
  }

  #ofSelection(selection: SelectionSetNode['selections'][number]): Size {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#ofFragment(selection.name.value);
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.of(selection.selectionSet);
    const inner = selection.selectionSet ? this.of(selection.selectionSet) : nothing;
    const isIntrospection = selection.name.value === '__schema' || selection.name.value === '__type';
    return {
      fields: 1 + inner.fields,
      rootFields: 1,
      aliases: (selection.alias ? 1 : 0) + inner.aliases,
      depth: isIntrospection ? 1 : 1 + inner.depth,
      introspectionDepth: isIntrospection ? inner.depth : inner.introspectionDepth,
    };
  }

  #ofFragment(name: string): Size {
    const known = this.#known.get(name);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    if (!fragment) return nothing;
    // Until it is known it counts as nothing, which ends cycles.
    this.#known.set(name, nothing);
    const size = this.of(fragment.selectionSet);
    this.#known.set(name, size);
    return size;
  }
}

function add(a: Size, b: Size): Size {
  return {
    fields: a.fields + b.fields,
    rootFields: a.rootFields + b.rootFields,
    aliases: a.aliases + b.aliases,
    depth: Math.max(a.depth, b.depth),
    introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
  };
}
