import { describeProblem, faultsOf, RequestError } from './problem.js';

/** No answer within this: the platform answers in milliseconds when it is well. */
const LIMIT_MS = 10_000;

const readBody = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(LIMIT_MS),
    });
  } catch {
    throw new RequestError(0, 'The platform does not answer. Check that it runs and that this computer reaches it.');
  }
  const answer = await readBody(response);
  if (!response.ok) throw new RequestError(response.status, describeProblem(response.status, answer), faultsOf(answer));
  return answer;
};

/** The API is of the same release as the page, so its documents are taken at their type. Throws RequestError. */
export const get = async <T>(path: string): Promise<T> => (await send('GET', path)) as T;
export const post = (path: string, body: unknown): Promise<unknown> => send('POST', path, body);
export const patch = (path: string, body: unknown): Promise<unknown> => send('PATCH', path, body);
export const remove = (path: string): Promise<unknown> => send('DELETE', path);
