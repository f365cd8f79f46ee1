import type { Site, SitePolicy } from '../ports/store.ts';
import type { QuotaName, QuotaUse } from '../sites/quotas.ts';
import { html, type Markup } from './html.ts';

/** Who looks at the pages. */
export interface Viewer {
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
}

/** What a page says above all else. */
export interface Saying {
  readonly problem?: string;
  readonly done?: string;
}

/** What somebody typed, given back where it was not taken. Never a password. */
export type Typed = Readonly<Record<string, string | undefined>>;

export function pageOf(
  title: string,
  viewer: Viewer | undefined,
  say: Saying,
  body: Markup,
): string {
  const { markup } = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · TrafficJamz</title>
<link rel="stylesheet" href="/sites.css">
<link rel="icon" href="data:,">
<script type="module" src="/sites.js"></script>
<header class="top">
<a class="wordmark" href="/sites">TrafficJamz</a>
${viewer && html`<form method="post" action="/sites/sign-out"><span>${viewer.email}</span> <button class="plain small">Sign out</button></form>`}
</header>
<main>
<h1>${title}</h1>
${say.problem === undefined ? undefined : html`<p class="problem" role="alert">${say.problem}</p>`}
${say.done === undefined ? undefined : html`<p class="done" role="status">${say.done}</p>`}
${body}
</main>
</html>
`;
  return markup;
}

const codeField = html`<label>Code of your authenticator app, or one for recovery
<input name="code" required maxlength="40" autocomplete="one-time-code"></label>`;

/** @param asksCode of who has a second factor */
export function signInView(typed: Typed, asksCode: boolean = false): Markup {
  return html`<p>Put shared music and a live map on your own site: register it here, paste five lines.</p>
<div class="pair">
<section class="card" aria-labelledby="new">
<h2 id="new">New here</h2>
<form class="fields" method="post" action="/sites/sign-up">
<label>Your name
<input name="name" value="${typed['name'] ?? ''}" required maxlength="120" autocomplete="name"></label>
<label>E-mail
<input name="email" type="email" value="${typed['email'] ?? ''}" required maxlength="254" autocomplete="email"></label>
<label>Password <small>8 characters or more; a few words in a row are good</small>
<input name="password" type="password" required minlength="8" maxlength="256" autocomplete="new-password"></label>
<button>Create an account</button>
</form>
</section>
<section class="card" aria-labelledby="known">
<h2 id="known">Welcome back</h2>
<form class="fields" method="post" action="/sites/sign-in">
<label>E-mail
<input name="email" type="email" value="${typed['email'] ?? ''}" required maxlength="254" autocomplete="username"></label>
<label>Password
<input name="password" type="password" required maxlength="256" autocomplete="current-password"></label>
${asksCode ? codeField : undefined}
<button>Sign in</button>
<button class="plain" formaction="/sites/forgot" formnovalidate>Forgot the password</button>
</form>
</section>
</div>`;
}

export function listView(
  viewer: Viewer,
  sites: readonly Site[],
  typed: Typed,
  once: string,
): Markup {
  return html`${viewer.emailVerified ? undefined : html`<p class="quiet">Confirm your address by the mail we sent you: until then you can have one site.</p>`}
${
  sites.length === 0
    ? undefined
    : html`<ul class="sites">${sites.map(
        ({ key, name, origins }) =>
          html`<li><a href="/sites/${key}"><strong>${name}</strong><code>${key}</code><span class="quiet">${origins.join(' · ')}</span></a></li>`,
      )}</ul>`
}
<section class="card" aria-labelledby="add">
<h2 id="add">${sites.length === 0 ? 'Your first site' : 'Another site'}</h2>
<form class="fields" method="post" action="/sites/new">
<input type="hidden" name="once" value="${once}">
${siteFields({ name: typed['name'] ?? '', origins: typed['origins'] ?? '', policy: policyIn(typed) })}
<button>Register the site</button>
</form>
</section>`;
}

export interface SiteShown {
  readonly site: Site;
  readonly usage: Readonly<Record<QuotaName, QuotaUse>>;
  readonly server: string;
  readonly nowMs: number;
  /** Right after it was made. */
  readonly secret?: string | undefined;
  readonly once: string;
}

export function siteView(shown: SiteShown): Markup {
  const { site, secret } = shown;
  return html`${secret === undefined ? undefined : secretView(secret)}
<section class="card" aria-labelledby="embed">
<h2 id="embed">Put it on a page</h2>
<p class="quiet">On a page of <code>${site.origins.join(', ')}</code>. The key is no secret.</p>
<div class="copyable"><pre tabindex="0" aria-label="Lines for your page"><code data-copy>${snippetOf(shown)}</code></pre></div>
</section>
<section class="card" aria-labelledby="use">
<h2 id="use">Use</h2>
<ul class="usage">${(Object.keys(words) as QuotaName[]).map((name) => usageRow(words[name], name, shown.usage[name]))}</ul>
</section>
<section class="card" aria-labelledby="settings">
<h2 id="settings">Settings</h2>
<form class="fields" method="post" action="/sites/${site.key}/settings">
${siteFields({ name: site.name, origins: site.origins.join('\n'), policy: site.policy })}
<button>Save</button>
</form>
</section>
<section class="card" aria-labelledby="secret">
<h2 id="secret">Secret</h2>
<p class="quiet">Your backend shows it to read and change groups, members and tracks, and signs your people’s identities with it. It never belongs on a page.</p>
${graceOf(site, shown.nowMs)}
<form class="fields" method="post" action="/sites/${site.key}/secret">
<input type="hidden" name="once" value="${shown.once}">
<label class="choice"><input type="radio" name="when" value="day" checked><span>Replace it within a day</span><small>The old one works until then</small></label>
<label class="choice"><input type="radio" name="when" value="now"><span>It leaked</span><small>The old one stops now</small></label>
<button class="plain">Make a new secret</button>
</form>
</section>`;
}

function secretView(secret: string): Markup {
  return html`<section class="card secret" aria-labelledby="fresh">
<h2 id="fresh">Your secret, shown this once</h2>
<p>Keep it on your server. Whoever has it can do all that your site can.</p>
<div class="copyable"><code data-copy>${secret}</code></div>
</section>`;
}

function siteFields(now: { name: string; origins: string; policy: SitePolicy }): Markup {
  return html`<label>Name
<input name="name" value="${now.name}" required maxlength="120"></label>
<label>Origins of its pages <small>one a line, as https://shop.example; * lets every page in</small>
<textarea name="origins" required maxlength="4000" spellcheck="false" autocapitalize="off">${now.origins}</textarea></label>
<fieldset><legend>Who comes in</legend>
${policies.map(
  ([value, title, says]) =>
    html`<label class="choice"><input type="radio" name="policy" value="${value}"${now.policy === value ? html` checked` : undefined}><span>${title}</span><small>${says}</small></label>`,
)}
</fieldset>`;
}

const policies: readonly (readonly [SitePolicy, string, string])[] = [
  ['open', 'Everybody', 'Visitors are guests; each page has a group of its own'],
  ['invite', 'By invitation', 'People with an account, and guests with a code'],
  ['signed', 'Only your own people', 'Your backend signs who they are'],
];

function policyIn(typed: Typed): SitePolicy {
  return policies.find(([value]) => value === typed['policy'])?.[0] ?? 'open';
}

function graceOf({ previousSecret }: Site, nowMs: number): Markup | undefined {
  if (!previousSecret || previousSecret.untilMs <= nowMs) return undefined;
  const until = new Date(previousSecret.untilMs).toISOString().replace('T', ' ').slice(0, 16);
  return html`<p>The secret before this one works until <time datetime="${until}Z">${until} UTC</time>.</p>`;
}

function snippetOf({ site, server }: SiteShown): string {
  return `<script type="module" src="${server}/cdn/jamz.js"></script>

<jamz-group server="${server}" site="${site.key}">
  <jamz-player></jamz-player>
  <jamz-playlist></jamz-playlist>
</jamz-group>`;
}

const words: Readonly<Record<QuotaName, string>> = {
  groups: 'Groups',
  members: 'Members',
  opsPerDay: 'Changes today',
  storageBytes: 'Uploaded tracks',
  sockets: 'Connected now',
};

function usageRow(title: string, name: QuotaName, { used, limit, near }: QuotaUse): Markup {
  const figure = (value: number): string =>
    name === 'storageBytes'
      ? `${(value / 1e9).toFixed(value < 1e10 ? 1 : 0)} GB`
      : value.toLocaleString('en');
  const text = `${figure(used)} of ${figure(limit)}`;
  return html`<li><span>${title}</span><span${near ? html` class="near"` : undefined}>${text}${near ? ': nearly used up' : ''}</span><meter min="0" max="${limit}" high="${limit * 0.8}" optimum="0" value="${Math.min(used, limit)}" aria-label="${title}: ${text}"></meter></li>`;
}
