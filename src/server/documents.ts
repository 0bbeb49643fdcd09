import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  getOperationAST,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Bounds } from '../bounds.ts';
import type { Viewer } from '../domain/viewer.ts';
import { checkDocument } from './document-bounds.ts';
import { type MaskOptions, maskRefusals, type RefusalCode } from './mask.ts';
import type { ServerOptions } from './options.ts';

/** A document that may run, and the operation of it that was asked for. */
export interface Prepared extends KnownDocument {
  readonly kind: 'prepared';
  readonly operation: OperationDefinitionNode;
}

/** A document that may not run. */
export interface Refused {
  readonly kind: 'refused';
  readonly errors: readonly GraphQLError[];
  /** Whether it is too large, and not only wrong. */
  readonly isOverBound: boolean;
}

/** A document that is valid. */
interface KnownDocument {
  /** The very same text for every asker as long as the document is remembered. */
  readonly text: string;
  readonly document: DocumentNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Whether it reads the schema. */
  readonly usesIntrospection: boolean;
  /** What it takes in memory, about. */
  readonly bytes: number;
}

/** Who asks. */
export interface Asker {
  readonly viewer: Viewer | null;
  readonly requestId: string;
}

type DocumentsOptions = Pick<ServerOptions, 'schema' | 'log' | 'introspection'> & { readonly bounds: Bounds };

/** What a node of a parsed document takes in memory, with its place in the text; as measured, see the test. */
const nodeBytes = 220;
/** What a remembered document takes besides its nodes and its text. */
const documentBytes = 1000;

/**
 * From a document's text to what may run: parsing, bounds, validation, choice of the operation. Documents of callers with a good
 * token are remembered, as many as `documentBytes` holds.
 */
export class Documents {
  readonly #options: DocumentsOptions;
  readonly #known: LRUCache<string, KnownDocument>;

  constructor(options: DocumentsOptions) {
    this.#options = options;
    const { documents, documentBytes: maxSize } = options.bounds;
    this.#known = new LRUCache({ max: documents, maxSize, sizeCalculation: ({ bytes }) => bytes });
  }

  /** What all remembered documents take in memory, about. */
  get bytes(): number {
    return this.#known.calculatedSize;
  }

  /** Never throws. What was refused before is looked at again. */
  prepare(text: string, operationName: string | null | undefined, asker: Asker): Prepared | Refused {
    const { schema } = this.#options;
    const known = this.#known.get(text) ?? this.#read(text, asker);
    if ('isOverBound' in known) return known;
    if (known.usesIntrospection && !this.mayIntrospect(asker.viewer)) return this.#refuseIntrospection(known, asker);
    if (asker.viewer) this.#known.set(text, known);
    const operation = getOperationAST(known.document, operationName);
    if (operation && schema.getRootType(operation.operation)) return { ...known, kind: 'prepared', operation };
    return this.#refuse([new GraphQLError(whyNoOperation(operation, operationName))], 'BAD_REQUEST', asker);
  }

  #read(text: string, asker: Asker): KnownDocument | Refused {
    const { schema, bounds } = this.#options;
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens: bounds.maxTokens });
    } catch (error) {
      const syntaxError = error instanceof GraphQLError ? error : new GraphQLError('The document cannot be parsed.');
      const isOverBound = /Document contains more tha[nt]/.test(syntaxError.message);
      return this.#refuse([syntaxError], 'GRAPHQL_PARSE_FAILED', asker, isOverBound);
    }
    // Before validation, whose work may grow with the square of what it is given.
    const beyond = checkDocument(document, bounds);
    if (beyond.length > 0) return this.#refuse(beyond, 'GRAPHQL_VALIDATION_FAILED', asker, true);
    const wrong = validate(schema, document, specifiedRules, {
      maxErrors: 50,
      hideSuggestions: !this.mayIntrospect(asker.viewer),
    });
    if (wrong.length > 0) return this.#refuse(wrong, 'GRAPHQL_VALIDATION_FAILED', asker);
    return {
      text,
      document,
      fragments: fragmentsOf(document),
      usesIntrospection: this.#introspectionIn(document).length > 0,
      bytes: documentBytes + 2 * text.length + nodeBytes * shed(document),
    };
  }

  #refuseIntrospection({ document }: KnownDocument, asker: Asker): Refused {
    const wrong = this.#introspectionIn(document);
    const shown = this.#options.introspection === 'token' ? wrong.map(({ nodes }) => needsToken(nodes)) : wrong;
    return this.#refuse(shown, 'GRAPHQL_VALIDATION_FAILED', asker);
  }

  #introspectionIn(document: DocumentNode): readonly GraphQLError[] {
    return validate(this.#options.schema, document, [NoSchemaIntrospectionCustomRule], { maxErrors: 50 });
  }

  /** Whether somebody may read the schema. */
  mayIntrospect(viewer: Viewer | null): boolean {
    const { introspection } = this.#options;
    return introspection === 'token' ? viewer !== null : introspection;
  }

  #refuse(errors: readonly GraphQLError[], code: RefusalCode, asker: Asker, isOverBound = false): Refused {
    const masking: MaskOptions = {
      requestId: asker.requestId,
      log: this.#options.log,
      hideSuggestions: !this.mayIntrospect(asker.viewer),
    };
    return { kind: 'refused', errors: maskRefusals(errors, code, masking), isOverBound };
  }
}

/** Lets go of the tokens that a document was read from, of which only the places are of use. Gives the number of nodes. */
function shed(document: DocumentNode): number {
  let nodes = 0;
  visit(document, {
    enter({ loc }) {
      nodes += 1;
      if (loc) Object.assign(loc, { startToken: null, endToken: null });
    },
  });
  return nodes;
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
}

const needsToken = (nodes: GraphQLError['nodes']) =>
  new GraphQLError('Introspection needs a token: send it as "Authorization: Bearer <token>".', {
    nodes: nodes ?? null,
  });

function whyNoOperation(
  operation: OperationDefinitionNode | null | undefined,
  operationName: string | null | undefined,
): string {
  if (operation) return `The schema has no ${operation.operation} type.`;
  if (operationName) return 'The document has no operation of the name that operationName gives.';
  return 'The document needs one operation, or operationName to say which one is meant.';
}
