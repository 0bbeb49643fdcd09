import { z } from 'zod';

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({ message: z.string(), extensions: z.object({ code: z.string(), requestId: z.string().optional() }) }),
    )
    .optional(),
});

const graphqlJson = 'application/graphql-response+json';

async function answerOf(response: Response) {
  const text = await response.text();
  const { data, errors = [] } = answerSchema.parse(JSON.parse(text));
  return { status: response.status, headers: response.headers, text, data, errors, code: errors[0]?.extensions.code };
}

/** The answer to a POST; what is no text and no bytes is sent as JSON. Status codes are those of graphql-response+json. */
export async function postTo(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: graphqlJson, ...headers },
    body: typeof body === 'string' ? body : body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body),
  });
  return answerOf(response);
}

/** The answer to a GET. */
export async function getFrom(url: string, query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/graphql?query=${encodeURIComponent(query)}`, { headers });
  return answerOf(response);
}
