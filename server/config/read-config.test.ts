import { deepEqual, equal, throws } from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { StartError } from './config.ts';
import { ignoredVariables, readConfig } from './read-config.ts';

/** The error's text, so that a test can look for the name and the cure. */
function problemOf(env: Record<string, string>, port?: string): string {
  let message = '';
  throws(
    () => readConfig(env, port === undefined ? {} : { port }),
    (error) => {
      message = error instanceof StartError ? error.message : '';
      return error instanceof StartError;
    },
  );
  return message;
}

describe('configuration', () => {
  it('needs nothing and listens on this machine only', () => {
    deepEqual(readConfig({}), {
      lan: false,
      host: '127.0.0.1',
      port: 4000,
      tls: { kind: 'none' },
      dataDir: resolve('./data'),
      mongodbUri: undefined,
      redisUrl: undefined,
      s3: undefined,
      memberQuota: { files: 5_000, bytes: 20_000_000_000 },
      influx: undefined,
      historyDays: 30,
      push: { keys: undefined, subject: undefined, origins: [] },
      adminToken: undefined,
      selfService: true,
      webhookHosts: [],
      publicUrl: undefined,
      authSecret: undefined,
      logLevel: 'info',
      metricsToken: undefined,
      smtpUrl: undefined,
      mailFrom: 'TrafficJamz <noreply@localhost>',
      pwnedPasswordsUrl: undefined,
      demoGroupDays: 7,
      signInDays: 365,
      auditDays: 180,
    });
  });

  it('takes a variable that is set to nothing for absent', () => {
    equal(readConfig({ PORT: '', MONGODB_URI: '' }).port, 4000);
  });

  it('lets the command line win over the environment', () => {
    equal(readConfig({ PORT: '5000' }, { port: '0' }).port, 0);
  });

  it('serves phones nearby over TLS on every address', () => {
    const { host, tls } = readConfig({}, { lan: true });
    deepEqual({ host, tls }, { host: '0.0.0.0', tls: { kind: 'self-signed' } });
  });

  it('drops the slash at the end of PUBLIC_URL', () => {
    equal(readConfig({ PUBLIC_URL: 'https://jamz.example/' }).publicUrl, 'https://jamz.example');
  });

  it('takes a mail server and a sender', () => {
    const SMTP_URL = 'smtps://jamz:s%20cret@mail.example:465';
    const MAIL_FROM = 'Jamz <noreply@jamz.example>';
    const { smtpUrl, mailFrom } = readConfig({ SMTP_URL, MAIL_FROM });
    deepEqual([smtpUrl, mailFrom], [SMTP_URL, MAIL_FROM]);
    equal(readConfig({ DEMO_GROUP_DAYS: '0' }).demoGroupDays, 0);
  });

  it('uses a certificate of one’s own, also for phones nearby', () => {
    deepEqual(readConfig({ TLS_CERT: 'a.crt', TLS_KEY: 'a.key' }, { lan: true }).tls, {
      kind: 'files',
      certPath: 'a.crt',
      keyPath: 'a.key',
    });
  });

  for (const [name, value] of [
    ['PORT', 'four thousand'],
    ['PORT', '70000'],
    ['HOST', 'not a host'],
    ['PUBLIC_URL', 'jamz.example'],
    ['PUBLIC_URL', 'https://jamz.example/music'],
    ['AUTH_SECRET', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['SELF_SERVICE', 'yes'],
    ['ADMIN_TOKEN', 'short'],
    ['WEBHOOK_HOSTS', 'backend.internal'],
    ['WEBHOOK_HOSTS', 'http://backend/path'],
    ['MONGODB_URI', 'db.example'],
    ['MONGODB_URI', 'mongodb://'],
    ['REDIS_URL', 'cache.example'],
    ['REDIS_URL', 'http://cache.example'],
    ['REDIS_URL', 'redis://cache.example/jamz'],
    ['SMTP_URL', 'mail.example'],
    ['SMTP_URL', 'https://mail.example'],
    ['MAIL_FROM', 'Jamz <noreply>'],
    ['MAIL_FROM', 'a@x.example, b@x.example'],
    ['DEMO_GROUP_DAYS', 'soon'],
    ['SIGN_IN_DAYS', '0', 'from 1 to 3650'],
    ['AUDIT_DAYS', '9999'],
    ['SIGN_IN_DAYS', '0'],
    ['PWNED_PASSWORDS_URL', 'http://mirror.example/range/'],
    ['PWNED_PASSWORDS_URL', 'https://mirror.example/range'],
  ] as const) {
    it(`names ${name} when it is "${value}", says what it must be, and does not repeat it`, () => {
      const problem = problemOf({ [name]: value });
      equal(problem.startsWith(`${name} must `), true, problem);
      if (name === 'AUTH_SECRET') equal(problem.includes(value), false);
    });
  }

  it('names --port when the command line is wrong', () => {
    equal(problemOf({}, 'x'), '--port must be a whole number from 0 to 65535');
  });

  it('asks for the key when only the certificate is given', () => {
    equal(problemOf({ TLS_CERT: 'a.crt' }), 'TLS_KEY must be set too when TLS_CERT is');
  });

  it('names all that is wrong at once', () => {
    equal(problemOf({ PORT: 'x', LOG_LEVEL: 'y' }).split('\n').length, 2);
  });

  it('takes what joins several processes', () => {
    for (const url of ['redis://cache.example', 'rediss://u:p%40ss@cache.example:6380/2']) {
      equal(readConfig({ REDIS_URL: url }).redisUrl, url);
    }
  });

  it('lets people register sites for themselves on this machine alone, unless told otherwise', () => {
    const asked = (env: Record<string, string>, lan = false) =>
      readConfig(env, { lan }).selfService;
    equal(asked({}), true);
    equal(asked({ HOST: '0.0.0.0' }), false);
    equal(asked({ PUBLIC_URL: 'https://jamz.example' }), false);
    equal(asked({}, true), false);
    equal(asked({ PUBLIC_URL: 'https://jamz.example', SELF_SERVICE: 'on' }), true);
    equal(asked({ SELF_SERVICE: 'off' }), false);
  });

  it('takes hosts that webhooks may reach', () => {
    deepEqual(readConfig({ WEBHOOK_HOSTS: 'http://a:3000, https://b.internal/' }).webhookHosts, [
      'http://a:3000',
      'https://b.internal',
    ]);
  });

  it('takes a database', () => {
    for (const uri of ['mongodb://db', 'mongodb+srv://u:p%40ss@db.example/jamz?tls=true']) {
      equal(readConfig({ MONGODB_URI: uri }).mongodbUri, uri);
    }
    equal(readConfig({}).mongodbUri, undefined);
  });

  for (const name of ['BACKUP_KEY']) {
    it(`refuses ${name} in the same way`, () => {
      equal(problemOf({ [name]: 'x' }).startsWith(`${name} is set, but `), true);
    });
  }

  it('goes on when keys of services that it does not use yet are around', () => {
    const env = { OPENAI_API_KEY: 'sk-x' };
    equal(readConfig(env).port, 4000);
    deepEqual(ignoredVariables(env), ['OPENAI_API_KEY']);
  });
});
