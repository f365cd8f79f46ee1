import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessTable } from '../../server/access/table.ts';
import { routesOf } from '../../server/app-of.ts';
import { openAdapters } from '../../server/compose.ts';
import { packageVersion } from '../../server/config/package-root.ts';
import { readConfig } from '../../server/config/read-config.ts';
import { createCore } from '../../server/core.ts';
import { openApiOf } from '../../server/http/openapi.ts';
import { createRateLimits } from '../../server/http/rate-limits.ts';
import { code, section, table } from './markdown.ts';
import { typeOf } from './schema-type.ts';

/** `docs/reference/http.md`: what `/openapi.json` says, for people. Nothing listens. */
export async function httpReference(): Promise<string> {
  const { paths, components } = await description();
  const doors = accessTable.filter(({ name }) => name.includes(' /'));
  const documented = doors.flatMap(({ name, verdicts }) => {
    const [method = '', path = ''] = name.split(' ');
    const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    return operation ? [{ name, operation, who: whoOf(verdicts) }] : [];
  });
  return [
    '# HTTP',
    intro,
    table(
      ['request', 'who', ''],
      documented.map(({ name, operation, who }) => [code(name), who, operation.summary]),
    ),
    '## Bodies and answers',
    ...documented.flatMap(({ name, operation }) => {
      const text = bodyAndAnswer(operation);
      return text === '' ? [] : section(name, text);
    }),
    '## Failures',
    'Each failure is `application/problem+json`:',
    block([`type Problem = ${typeOf(components.schemas.Problem)};`]),
    'The codes and what to do about them: [SDK guide](../guides/sdk.md#errors).',
    filesText,
  ].join('\n\n');
}

const intro =
  'Made by `node scripts/reference.ts` from the routes themselves; a test keeps it current. A running server gives the same as OpenAPI 3.1 at `/openapi.json`. The SDK speaks this for you; use it where there is no SDK.\n\nJSON in, JSON out. Who is signed in sends `Authorization: Bearer <accessToken>`. `via: "body"` at the sign-in routes gives the refresh token in the answer; without it, it is a cookie that only `/v1/auth` gets.';

const filesText = `## Files

Uploads speak [tus 1.0](https://tus.io/protocols/resumable-upload): \`POST /v1/files/uploads\` with \`Upload-Length\` and \`Upload-Metadata\` (\`groupId\`, and \`name\` if there is one), then \`PATCH\` the pieces. After the last piece \`GET /v1/files/by-upload/:uploadId\` gives the file, or says why it was not taken.

\`GET /v1/files/:fileId/url?variant=audio\` (or \`artwork\`) gives \`{ url, expiresAtMs }\`. That address is signed, works for 15 minutes without a token, and takes \`Range\`. \`GET\` and \`PUT /v1/files/:fileId/peaks\` carry \`{ peaks, durationMs }\`: how loud the track is over its length, numbers from 0 to 1.`;

interface Operation {
  readonly summary: string;
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
type Content = Readonly<Record<string, { readonly schema: unknown }>>;
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: { readonly Problem: unknown } };
}

/** The routes over a store of their own, which is thrown away. */
async function description(): Promise<Description> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jamz-reference-'));
  const adapters = await openAdapters(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }));
  const core = createCore({
    ...adapters,
    auditDays: 0,
    signInDays: 365,
    isAlone: true,
    demoGroupDays: 0,
    historyDays: 30,
    pushSender: await adapters.pushSender('signs nothing that leaves this process'),
    authSecret: 'signs nothing that leaves this process',
    publicUrl: () => 'https://jamz.example',
    ownOrigins: () => [],
  });
  try {
    const gauges = {
      sockets: () => 0,
      pushesUnderWay: () => 0,
      slowSockets: () => ({ behind: 0, waitingBytes: 0, cut: 0 }),
      bus: adapters.bus.health,
    };
    const watching = { gauges, token: undefined, isExposed: false };
    const routes = routesOf(adapters, core, createRateLimits(adapters.counters), watching);
    return JSON.parse(JSON.stringify(openApiOf(routes, packageVersion())));
  } finally {
    await core.close();
    await adapters.bus.close();
    await adapters.series.close();
    await adapters.store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function whoOf(verdicts: (typeof accessTable)[number]['verdicts']): string {
  if (verdicts.anonymous === 'yes') return 'everybody';
  if (verdicts.outsider === 'yes') return 'signed in';
  if (verdicts.owner !== 'yes') return 'the site';
  return verdicts.member === 'yes' ? 'members' : 'moderators';
}

function bodyAndAnswer({ requestBody, responses }: Operation): string {
  const [status, success] = Object.entries(responses).find(([name]) => name !== 'default') ?? [];
  const body = requestBody?.content['application/json']?.schema;
  const answer = success?.content?.['application/json']?.schema;
  if (!body && !answer) return '';
  return block([
    ...(body ? [`type Body = ${typeOf(body)};`] : []),
    answer ? `// ${status}\ntype Answer = ${typeOf(answer)};` : `// ${status}, without a body`,
  ]);
}

function block(types: readonly string[]): string {
  return `\`\`\`ts\n${types.join('\n')}\n\`\`\``;
}
