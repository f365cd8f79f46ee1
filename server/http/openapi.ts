import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { type AccessRow, accessTable } from '../access/table.ts';
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
      [method.toLowerCase()]: operation(name, path, route, verdicts),
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
        siteSecret: { type: 'http', scheme: 'bearer', description: 'The secret of a site' },
        adminToken: { type: 'http', scheme: 'bearer', description: 'ADMIN_TOKEN' },
      },
      schemas: { Problem: schemaOf(problemAnswer) },
    },
  };
}

/** Any one of these opens it. */
function securityOf(verdicts: AccessRow['verdicts']): readonly Json[] {
  if (verdicts.anonymous === 'yes') return [];
  return [
    ...(verdicts.owner === 'yes' ? [{ accessToken: [] }] : []),
    ...(verdicts['site-admin'] === 'yes' ? [{ siteSecret: [] }] : []),
    ...(verdicts.operator === 'yes' ? [{ adminToken: [] }] : []),
  ];
}

function operation(
  name: string,
  path: string,
  route: Route | undefined,
  verdicts: AccessRow['verdicts'],
): Json {
  const parameters = [...path.matchAll(/:(\w+)/g)].map(([, parameter]) => ({
    name: parameter,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const success = String(route?.status ?? (route && !route.answer ? 204 : 200));
  return {
    summary:
      route?.summary ??
      fileSummaries[name] ??
      'Uploads (tus 1.0), files and their signed addresses',
    security: securityOf(verdicts),
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

/** The routes of files bring their own router, which describes nothing. */
const fileSummaries: Readonly<Record<string, string>> = {
  'OPTIONS /v1/files/uploads': 'What of tus 1.0 the server speaks',
  'OPTIONS /v1/files/uploads/:uploadId': 'What of tus 1.0 the server speaks',
  'POST /v1/files/uploads': 'Begins an upload (tus 1.0)',
  'HEAD /v1/files/uploads/:uploadId': 'How much of an upload has arrived (tus 1.0)',
  'PATCH /v1/files/uploads/:uploadId': 'Brings the next piece (tus 1.0)',
  'DELETE /v1/files/uploads/:uploadId': 'Gives an upload up (tus 1.0)',
  'GET /v1/files/by-upload/:uploadId': 'The file that an upload became, or why it was not taken',
  'POST /v1/photos': 'Keeps a picture, the body; of a group with ?groupId=',
  'GET /v1/photos/:fileId/:size': 'A picture as a square of 96, 256 or 640 pixels (WebP)',
  'HEAD /v1/photos/:fileId/:size': 'Type and size of a picture',
  'DELETE /v1/photos/:fileId': 'Deletes a picture of one’s own',
  'GET /v1/trips/:code/photos/:userId':
    'The photo of somebody in a shared trip (WebP), 96 pixels wide',
  'HEAD /v1/trips/:code/photos/:userId': 'Type and size of the photo of somebody in a shared trip',
  'GET /v1/files/:fileId': 'What is known of a file',
  'DELETE /v1/files/:fileId': 'Takes a file down: it is served no more',
  'GET /v1/files/:fileId/url': 'A signed address of its sound or its artwork, for 15 minutes',
  'GET /v1/files/:fileId/audio': 'The sound, at a signed address; takes ranges',
  'HEAD /v1/files/:fileId/audio': 'Type and size of the sound, at a signed address',
  'GET /v1/files/:fileId/artwork': 'The picture, at a signed address',
  'HEAD /v1/files/:fileId/artwork': 'Type and size of the picture, at a signed address',
  'GET /v1/files/:fileId/peaks': 'Loudness over the track',
  'PUT /v1/files/:fileId/peaks': 'Tells the loudness of a track that nobody has measured',
};

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
