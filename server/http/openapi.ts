import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { accessTable } from '../access/table.ts';
import { problemAnswer } from './answers.ts';
import type { Route } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 description of the API, made from the routes themselves and the access table. */
export function openApiOf(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { name, verdicts } of accessTable) {
    const [method, path] = name.split(' ');
    if (method === undefined || path === undefined || !path.startsWith('/')) continue;
    const route = routes.find((one) => one.method === method && one.path === path);
    if (!route && !path.startsWith('/v1/')) continue;
    const template = path.replaceAll(/:(\w+)/g, '{$1}');
    paths[template] = {
      ...paths[template],
      [method.toLowerCase()]: operation(path, route, verdicts.anonymous === 'yes'),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'TrafficJamz',
      version,
      description: 'State that stays right while phones drop in and out of coverage.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths,
    components: {
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
      schemas: { Problem: schemaOf(problemAnswer) },
    },
  };
}

function operation(path: string, route: Route | undefined, isPublic: boolean): Json {
  const parameters = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const success = String(route?.status ?? (route && !route.answer ? 204 : 200));
  return {
    summary: route?.summary ?? 'Uploads (tus 1.0), files and their signed addresses',
    security: isPublic ? [] : [{ accessToken: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route?.body === undefined
      ? {}
      : { requestBody: { required: true, content: jsonContent(schemaOf(route.body)) } }),
    responses: {
      [success]: {
        description: 'Success',
        ...(route?.answer === undefined ? {} : { content: jsonContent(schemaOf(route.answer)) }),
      },
      default: {
        description: 'Any failure, with a code from the closed list',
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    },
  };
}

function jsonContent(schema: Json): Json {
  return { 'application/json': { schema } };
}

/** What a caller sends, before defaults and trimming; checks that JSON Schema cannot say are left out. */
function schemaOf(schema: GenericSchema): Json {
  const { $schema: _dialect, ...rest } = toJsonSchema(schema, {
    typeMode: 'input',
    errorMode: 'ignore',
  });
  return rest;
}
