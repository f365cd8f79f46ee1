/** One of the small pages that the links of mails lead to. */
export interface AccountPage {
  readonly title: string;
  /** What to know, one paragraph each. */
  readonly says: readonly string[];
  /** Something is in the way: told to screen readers at once. */
  readonly problem?: string;
  readonly form?: AccountForm;
}

export interface AccountForm {
  readonly action: '/verify' | '/reset';
  readonly press: string;
  /** Asks for a new password too. */
  readonly password: boolean;
  /** Where the page has it already: the form came back. */
  readonly token?: string;
}

/** The page as HTML. Whatever is not ours is escaped. */
export function htmlOf({ title, says, problem, form }: AccountPage): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="/account.css">
<script type="module" src="/account.js"></script>
<main>
<p class="wordmark">TrafficJamz</p>
<h1>${escaped(title)}</h1>
${problem === undefined ? '' : `<p class="problem" role="alert">${escaped(problem)}</p>\n`}${says
  .map((line) => `<p>${escaped(line)}</p>`)
  .join('\n')}
${form ? htmlOfForm(form) : ''}
</main>
</html>
`;
}

function htmlOfForm({ action, press, password, token = '' }: AccountForm): string {
  return `<form method="post" action="${action}">
<label class="token"${token === '' ? '' : ' hidden'}><span>Code from the mail: what stands behind <code>token=</code> in its link</span>
<input name="token" value="${escaped(token)}" required maxlength="100" autocomplete="off" autocapitalize="off" spellcheck="false"></label>
${
  password
    ? `<label>New password, 8 characters or more
<input name="password" type="password" required minlength="8" maxlength="256" autocomplete="new-password"></label>
`
    : ''
}<button>${escaped(press)}</button>
</form>`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/**
 * Takes the secret out of the address, so that it stays neither in the history nor on the screen. Without scripts the
 * field for it is there to be filled.
 */
export const accountScript = `const token = new URLSearchParams(location.hash.slice(1)).get('token');
const field = document.querySelector('input[name=token]');
if (token && field) {
  field.value = token;
  field.closest('label').hidden = true;
}
history.replaceState(null, '', location.pathname);
`;

/** The palette of the playground, for one column. */
export const accountStyles = `:root {
  color-scheme: light dark;
  --ground: light-dark(#f1f2ef, #0c0f11);
  --surface: light-dark(#ffffff, #15191c);
  --text: light-dark(#15191c, #eef2f3);
  --line: light-dark(#dfe2dd, #2a3136);
  --edge: light-dark(#6b757b, #87929a);
  --accent: light-dark(#00756b, #45d6c2);
  --on-accent: light-dark(#ffffff, #00211d);
  --danger: light-dark(#a3261c, #ff9d91);
  font: 400 16px / 1.5 Inter, ui-sans-serif, system-ui, "Segoe UI", Roboto, sans-serif;
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  display: grid;
  min-block-size: 100dvb;
  margin: 0;
  padding: 1rem;
  place-items: center;
  background: var(--ground);
  color: var(--text);
}
main {
  inline-size: min(26rem, 100%);
  padding: clamp(1.25rem, 5vi, 2rem);
  border: 1px solid var(--line);
  border-radius: 1.25rem;
  background: var(--surface);
  overflow-wrap: anywhere;
}
.wordmark { margin: 0 0 1.5rem; color: var(--accent); font-weight: 600; }
h1 { margin: 0 0 0.75rem; font-size: 1.42rem; font-weight: 600; line-height: 1.25; text-wrap: balance; }
p { margin: 0 0 0.75rem; }
.problem { color: var(--danger); font-weight: 500; }
form { display: grid; gap: 1rem; margin-block-start: 1.25rem; }
label { display: grid; gap: 0.35rem; font-weight: 500; }
input {
  min-block-size: 2.75rem;
  padding: 0.5rem 0.75rem;
  border: 1px solid var(--edge);
  border-radius: 0.75rem;
  background: var(--ground);
  color: inherit;
  font: inherit;
}
button {
  min-block-size: 2.75rem;
  padding: 0.5rem 1rem;
  border: 1px solid transparent;
  border-radius: 0.75rem;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
:focus-visible {
  outline: 2px solid transparent;
  box-shadow: 0 0 0 2px var(--surface), 0 0 0 4px var(--accent);
}
@media (forced-colors: active) {
  :focus-visible { outline-color: Highlight; }
}
`;
