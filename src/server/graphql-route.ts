import { AsyncLocalStorage } from 'node:async_hooks';
import { ApolloServer, type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError, parse } from 'graphql';
import type { Bounds } from '../bounds.ts';
import type { Viewer } from '../domain/viewer.ts';
import { AppError, errorTable } from '../errors.ts';
import { graphqlJson, negotiate, plainJson, type ResponseType } from './accept.ts';
import { bearerOf } from './auth.ts';
import { checkEncoding, readContentType } from './body.ts';
import type { Prepared, Refused } from './documents.ts';
import { readJsonBodies } from './json-bodies.ts';
import { maskThrown } from './mask.ts';
import type { Operations } from './operation.ts';
import { callerIsGone } from './operation-stream.ts';
import type { ServerOptions } from './options.ts';
import type { Places } from './places.ts';
import { Refusal, retryAfterSeconds } from './refusal.ts';
import { nameOf, type RequestLog } from './request-log.ts';
import { type Wishes, wishesOf } from './wishes.ts';

/** What Apollo carries from a request to its operation. */
interface Visit {
  readonly viewer: Viewer | null;
  readonly requestId: string;
  readonly wishes: Wishes;
  readonly signal: AbortSignal;
  readonly sent: Promise<void>;
  readonly responseType: ResponseType;
  /** Takes note of the operation for the request's log line. */
  readonly ran: (operation: Prepared['operation']) => void;
}

type RouteOptions = Pick<ServerOptions, 'schema' | 'verifyToken' | 'log' | 'landingPage'> & {
  readonly operations: Operations;
  readonly bounds: Bounds;
  readonly places: Places;
  readonly requests: RequestLog;
};

/** Types that pages of any origin may post without asking first; Apollo refuses them as forged. */
const simpleTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];
const preflightHeaders = ['x-apollo-operation-name', 'apollo-require-preflight'];

/**
 * Serves GraphQL over HTTP at `/graphql`: Apollo Server keeps the protocol and the landing page, `operations` does the rest.
 * Returns the function that stops Apollo.
 */
export async function serveGraphql(http: FastifyInstance, options: RouteOptions): Promise<() => Promise<void>> {
  const requestIds = new AsyncLocalStorage<string>();
  const apollo = makeApollo(options, requestIds);
  await apollo.start();
  const handle = fastifyApolloHandler(apollo, { context: (request, reply) => visit(request, reply, options) });
  await http.register((scope, _options, done) => {
    readJsonBodies(scope, options);
    // Never read: Apollo refuses these by their type.
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
    scope.addHook('onRequest', async (request, reply) => checkMediaType(request, reply));
    scope.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      exposeHeadRoute: false,
      handler(request, reply) {
        return requestIds.run(request.id, () => handle.call(scope, request, reply));
      },
    });
    done();
  });
  return () => apollo.stop();
}

function makeApollo(options: RouteOptions, requestIds: AsyncLocalStorage<string>): ApolloServer<Visit> {
  const { schema, log, landingPage } = options;
  return new ApolloServer<Visit>({
    schema,
    // `operations` decides who may read the schema.
    introspection: true,
    // Decides on nothing by itself: what differs by environment is the operator's choice.
    nodeEnv: 'production',
    csrfPrevention: { requestHeaders: preflightHeaders },
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    // `operations` remembers documents.
    documentStore: null,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: log.child({ component: 'apollo' }),
    formatError: (formatted, error) => present(formatted, error, requestIds.getStore() ?? '', log),
    plugins: [
      runByOperations(options.operations),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      landingPage
        ? ApolloServerPluginLandingPageLocalDefault({
            embed: { endpointIsEditable: false, runTelemetry: false, initialState: { pollForSchemaUpdates: false } },
            includeCookies: false,
            footer: false,
          })
        : ApolloServerPluginLandingPageDisabled(),
    ],
  });
}

/** Puts `operations` in the place of Apollo's own parsing, validation and execution, so that WebSocket gets the same. */
function runByOperations(operations: Operations): ApolloServerPlugin<Visit> {
  const placeholder = parse('{ __typename }');
  return {
    async requestDidStart() {
      let prepared: Prepared | Refused | undefined;
      return {
        async didResolveSource(context) {
          const { request, source, contextValue } = context;
          await operations.turn(contextValue.viewer);
          prepared = operations.prepare(source, request.operationName, contextValue);
          if (prepared.kind === 'prepared') contextValue.ran(prepared.operation);
          // Apollo parses and validates only what has no document yet.
          Object.assign(context, { document: prepared.kind === 'prepared' ? prepared.document : placeholder });
        },
        async responseForOperation({ request, contextValue }) {
          if (!prepared) return null;
          if (prepared.kind === 'refused') {
            return respond({ errors: prepared.errors }, contextValue.responseType, prepared.isOverBound);
          }
          if (prepared.operation.operation === 'subscription') {
            const extensions = { code: 'BAD_REQUEST', requestId: contextValue.requestId };
            return respond(
              { errors: [new GraphQLError(useWebSocket, { extensions })] },
              contextValue.responseType,
              false,
            );
          }
          const wishes = wishesOf(request.extensions ?? {}, contextValue.wishes);
          const result = await operations.run(prepared, { ...contextValue, wishes, variables: request.variables });
          return respond(result, contextValue.responseType, false);
        },
      };
    },
  };
}

const useWebSocket =
  'Subscriptions are served over WebSocket at this path, by the protocol graphql-transport-ws, and over server-sent events at /graphql/stream.';

/**
 * An answer with its status. Plain JSON has 200 also where nothing ran because the document or its variables are wrong,
 * as GraphQL over HTTP asks for that type; what is beyond the bounds is 400 in any type.
 */
function respond(result: ExecutionResult, responseType: ResponseType, isOverBound: boolean): GraphQLResponse {
  const { errors, ...rest } = result;
  const nothingRan = !('data' in result);
  const isBad = nothingRan && (isOverBound || responseType === graphqlJson);
  const status = (nothingRan && statusOf(errors)) || (isBad ? 400 : 200);
  return {
    http: { status, headers: new HeaderMap([['content-type', responseType]]) },
    body: {
      kind: 'single',
      singleResult: { ...rest, ...(errors ? { errors: errors.map((error) => error.toJSON()) } : {}) },
    },
  };
}

/** Refusals of a request as a whole, which have their status in any type. */
const ofWholeRequest = ['BAD_REQUEST', 'ANSWER_TOO_LARGE', 'TOO_MANY_OPERATIONS'] as const;

function statusOf(errors: readonly GraphQLError[] | undefined): number | undefined {
  const code = ofWholeRequest.find((each) => errors?.some(({ extensions }) => extensions['code'] === each));
  return code && errorTable[code].http;
}

/** Apollo's own refusals with the request id; anything else masked. */
function present(
  formatted: GraphQLFormattedError,
  error: unknown,
  requestId: string,
  log: ServerOptions['log'],
): GraphQLFormattedError {
  const isRefusal = error instanceof GraphQLError && !error.originalError && error.extensions['code'] !== undefined;
  if (isRefusal) return { ...formatted, extensions: { ...formatted.extensions, requestId } };
  return maskThrown(error, { requestId, log, hideSuggestions: true }).toJSON();
}

/** Who asks and how. Throws an error that Apollo answers with the right status. */
async function visit(request: FastifyRequest, reply: FastifyReply, options: RouteOptions): Promise<Visit> {
  try {
    const responseType = negotiate(request.headers.accept);
    if (responseType === null) throw new Refusal(406, `Expected an Accept of ${plainJson} or ${graphqlJson}.`);
    const token = bearerOf(request.raw.rawHeaders);
    const viewer = token === null ? null : await options.verifyToken(token);
    const { headers } = request;
    const wishes = wishesOf({ explain: headers['switchboard-explain'], priority: headers['switchboard-priority'] });
    const ran = (operation: Prepared['operation']) => options.requests.ran(request, nameOf(operation));
    return { viewer, requestId: request.id, wishes, signal: signalOf(reply), sent: sentOf(reply), responseType, ran };
  } catch (error) {
    throw error instanceof AppError && error.code !== 'INTERNAL_SERVER_ERROR' ? forApollo(error) : error;
  }
}

function forApollo(error: AppError): GraphQLError {
  const status = error instanceof Refusal ? error.status : errorTable[error.code].http;
  const headers = new HeaderMap(status === 401 ? [['www-authenticate', 'Bearer error="invalid_token"']] : []);
  const { retryAfterMs } = error.details;
  if (retryAfterMs !== undefined) headers.set('retry-after', retryAfterSeconds(retryAfterMs));
  const details = retryAfterMs === undefined ? {} : { retryAfterMs };
  return new GraphQLError(error.message, { extensions: { code: error.code, ...details, http: { status, headers } } });
}

/** Aborted when the caller goes before it has its answer. */
function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(callerIsGone());
  });
  return controller.signal;
}

/** Resolves when the reply is sent, or cannot be sent any more. */
function sentOf(reply: FastifyReply): Promise<void> {
  return new Promise((resolve) => reply.raw.once('close', resolve));
}

/** Throws 415 for what could not be read as GraphQL over HTTP. What a forged request could be is left to Apollo's refusal. */
function checkMediaType(request: FastifyRequest, reply: FastifyReply): void {
  const header = request.headers['content-type'];
  const type = readContentType(header);
  if (type?.essence === 'application/json') {
    checkEncoding(type.charset, request.headers['content-encoding']);
    return;
  }
  if (header === undefined && request.method === 'GET') return;
  const mayBeForged = header === undefined || (type !== null && simpleTypes.includes(type.essence));
  const hasPreflight = preflightHeaders.some((name) => request.headers[name]);
  if (request.method === 'POST' && mayBeForged && !hasPreflight) void reply.header('connection', 'close');
  else throw new Refusal(415, 'Expected a Content-Type of application/json.');
}
