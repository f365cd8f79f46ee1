/** The palette of the playground, for forms and figures; everything is usable at 320 px and without a script. */
export const siteStyles = `:root {
  color-scheme: light dark;
  --ground: light-dark(#f1f2ef, #0c0f11);
  --surface: light-dark(#ffffff, #15191c);
  --text: light-dark(#15191c, #eef2f3);
  --quiet: light-dark(#545d62, #a3adb3);
  --line: light-dark(#dfe2dd, #2a3136);
  --edge: light-dark(#6b757b, #87929a);
  --accent: light-dark(#00756b, #45d6c2);
  --on-accent: light-dark(#ffffff, #00211d);
  --tint: color-mix(in oklab, var(--accent) 10%, var(--surface));
  --danger: light-dark(#a3261c, #ff9d91);
  --warm: light-dark(#9a4a00, #ffb968);
  font: 400 16px / 1.5 Inter, ui-sans-serif, system-ui, "Segoe UI", Roboto, sans-serif;
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; min-block-size: 100dvb; background: var(--ground); color: var(--text); }
.top, main {
  inline-size: min(46rem, 100%);
  margin-inline: auto;
  padding-inline: clamp(1rem, 4vi, 2rem);
}
.top {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0.5rem 1rem;
  padding-block: 1rem;
}
.top form { display: flex; align-items: center; gap: 0.75rem; margin: 0; color: var(--quiet); font-size: 0.889rem; }
.wordmark { color: var(--accent); font-weight: 600; text-decoration: none; padding-block: 0.6rem; }
main { padding-block: clamp(0.5rem, 4vb, 2.5rem) 4rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 0.5rem; font-size: 1.8rem; font-weight: 600; line-height: 1.2; text-wrap: balance; }
h2 { margin: 0 0 0.25rem; font-size: 1.125rem; font-weight: 600; line-height: 1.3; }
p { margin: 0 0 0.75rem; max-inline-size: 38rem; }
.quiet { color: var(--quiet); }
.problem, .done {
  padding: 0.75rem 1rem;
  border-inline-start: 3px solid currentColor;
  border-radius: 0.5rem;
  background: var(--surface);
  font-weight: 500;
}
.problem { color: var(--danger); }
.done { color: var(--accent); }
.card {
  margin-block-start: 1.25rem;
  padding: clamp(1rem, 4vi, 1.75rem);
  border: 1px solid var(--line);
  border-radius: 1.25rem;
  background: var(--surface);
}
.pair { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); }
.pair > .card { margin-block-start: 0; }
.pair { margin-block-start: 1.25rem; }
form.fields { display: grid; gap: 1rem; margin-block-start: 1rem; justify-items: start; }
label, fieldset { display: grid; gap: 0.35rem; inline-size: 100%; font-weight: 500; }
fieldset { margin: 0; padding: 0; border: 0; gap: 0.5rem; }
legend { padding: 0; margin-block-end: 0.35rem; }
label small, .hint { color: var(--quiet); font-size: 0.889rem; font-weight: 400; }
.choice { display: grid; grid-template-columns: auto 1fr; gap: 0.1rem 0.75rem; padding: 0.75rem; border: 1px solid var(--line); border-radius: 0.75rem; cursor: pointer; }
.choice:has(:checked) { border-color: var(--accent); background: var(--tint); }
.choice input { grid-row: span 2; margin-block: 0.3rem; accent-color: var(--accent); inline-size: 1.1rem; block-size: 1.1rem; min-block-size: 0; }
input, textarea {
  inline-size: 100%;
  min-block-size: 2.75rem;
  padding: 0.55rem 0.75rem;
  border: 1px solid var(--edge);
  border-radius: 0.75rem;
  background: var(--ground);
  color: inherit;
  font: inherit;
}
textarea { min-block-size: 5.5rem; resize: vertical; }
button, .button {
  display: inline-block;
  min-block-size: 2.75rem;
  padding: 0.55rem 1.1rem;
  border: 1px solid transparent;
  border-radius: 0.75rem;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  text-decoration: none;
  cursor: pointer;
  transition: filter 140ms ease-out;
}
button:hover, .button:hover { filter: brightness(1.06); }
button.plain { background: none; border-color: var(--edge); color: inherit; font-weight: 500; }
button.small { min-block-size: 2.75rem; font-size: 0.889rem; }
a { color: var(--accent); }
ul.sites { display: grid; gap: 0.75rem; margin: 1.25rem 0 0; padding: 0; list-style: none; }
ul.sites a {
  display: grid;
  gap: 0.1rem;
  padding: 1rem 1.25rem;
  border: 1px solid var(--line);
  border-radius: 1rem;
  background: var(--surface);
  color: inherit;
  text-decoration: none;
}
ul.sites a:hover { border-color: var(--accent); }
ul.sites strong { font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.35rem 1rem; margin: 0.75rem 0 0; align-items: baseline; }
dt { color: var(--quiet); }
dd { margin: 0; }
code, pre { font: 400 0.889rem / 1.55 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.secret { padding: 0.75rem 1rem; border: 1px dashed var(--warm); border-radius: 0.75rem; background: var(--ground); }
.secret code { display: block; user-select: all; }
.copyable { position: relative; margin-block-start: 0.75rem; }
pre {
  margin: 0;
  padding: 1rem;
  border: 1px solid var(--line);
  border-radius: 0.75rem;
  background: var(--ground);
  overflow-x: auto;
  tab-size: 2;
}
.copyable button { margin-block-start: 0.5rem; }
.usage { display: grid; gap: 0.9rem; margin: 0.75rem 0 0; padding: 0; list-style: none; font-variant-numeric: tabular-nums; }
.usage li { display: grid; grid-template-columns: 1fr auto; gap: 0.25rem 1rem; }
.usage meter { grid-column: 1 / -1; inline-size: 100%; block-size: 0.5rem; }
meter { appearance: none; border: 0; border-radius: 1rem; background: var(--line); overflow: hidden; }
meter::-webkit-meter-bar { border: 0; border-radius: 1rem; background: var(--line); block-size: 0.5rem; }
meter::-webkit-meter-optimum-value { background: var(--accent); }
meter::-webkit-meter-suboptimum-value, meter::-webkit-meter-even-less-good-value { background: var(--warm); }
meter:-moz-meter-optimum::-moz-meter-bar { background: var(--accent); }
meter:-moz-meter-sub-optimum::-moz-meter-bar, meter:-moz-meter-sub-sub-optimum::-moz-meter-bar { background: var(--warm); }
.near { color: var(--warm); font-weight: 500; }
:focus-visible {
  outline: 2px solid transparent;
  box-shadow: 0 0 0 2px var(--surface), 0 0 0 4px var(--accent);
}
@media (forced-colors: active) {
  :focus-visible { outline-color: Highlight; }
  .choice:has(:checked) { outline: 2px solid Highlight; }
}
@media (prefers-reduced-motion: reduce) { button, .button { transition: none; } }
`;

/** What a script adds: buttons that copy. Everything else works without one. */
export const siteScript = `for (const block of document.querySelectorAll('[data-copy]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plain small';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(block.textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection()?.selectAllChildren(block);
      button.textContent = 'Selected: copy it now';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
  block.closest('.copyable')?.append(button);
}
`;
