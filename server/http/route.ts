import type { Request, Response } from 'express';
import * as v from 'valibot';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Actor } from '../access/actor.ts';
import type { Method } from '../access/table.ts';

/** One request as a route's code sees it: checked, and the caller known. */
export interface Call<Body> {
  readonly body: Body;
  readonly req: Request;
  readonly res: Response;
  /** The page that asks; undefined outside a browser. */
  readonly origin: string | undefined;
  /** A path parameter. */
  param(name: string): string;
  /** Who asks, at the doors that let only signed-in people through. */
  readonly actor: () => Actor;
}

/**
 * One door of the API: what it takes, what it answers, what it does. The same definition registers the route,
 * checks each request and describes it in `/openapi.json`.
 */
export interface RouteDefinition<Body> {
  readonly method: Method;
  /** From `/v1` on, parameters as `:name`. */
  readonly path: string;
  /** One line for the description. */
  readonly summary: string;
  readonly body?: v.GenericSchema<unknown, Body>;
  /** Default 65,536. */
  readonly maxBodyBytes?: number;
  /** What a success carries; absent where it carries nothing. */
  readonly answer?: v.GenericSchema;
  /** Of a success; default 200, 204 without an answer. */
  readonly status?: number;
  readonly run: (call: Call<Body>) => Promise<unknown>;
}

/** A route whose body's type is known only to itself. */
export interface Route extends Omit<RouteDefinition<unknown>, 'run' | 'body'> {
  readonly body?: v.GenericSchema;
  readonly run: (call: Omit<Call<unknown>, 'body'>) => Promise<unknown>;
}

/** Ties the check of a body to the code that takes it. */
export function route<Body = undefined>(definition: RouteDefinition<Body>): Route {
  const { body, run, ...rest } = definition;
  return {
    ...rest,
    ...(body === undefined ? {} : { body }),
    // A getter on the call would parse again at each look; the spread keeps the parsed body once.
    run: (call) => run({ ...call, body: parsed(body, call.req.body) }),
  };
}

function parsed<Body>(schema: v.GenericSchema<unknown, Body> | undefined, body: unknown): Body {
  // Without a schema `Body` is undefined: the definition's default.
  if (!schema) return undefined as Body;
  if (body === undefined) {
    throw new JamzError('invalid', 'This needs a JSON body, sent as content-type application/json');
  }
  // A list would pass for an object of which nothing is asked.
  if (Array.isArray(body)) throw new JamzError('invalid', 'The body is a JSON object, not a list');
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  throw new JamzError('invalid', sentenceOf(result.issues));
}

/** The first issue, with where it is: `name: Invalid length …`. What was sent is not repeated: it may be a password. */
function sentenceOf(issues: readonly v.BaseIssue<unknown>[]): string {
  const [issue] = issues;
  if (!issue) return 'The body is not valid';
  const where = v.getDotPath(issue) ?? 'body';
  const expected = issue.expected === null ? '' : `, expected ${issue.expected}`;
  return issue.type === 'object' || issue.received === 'undefined'
    ? `${where} is missing or of the wrong type${expected}`
    : `${where} is not valid${expected}${issue.kind === 'validation' ? ` (${issue.type.replaceAll('_', ' ')})` : ''}`;
}
