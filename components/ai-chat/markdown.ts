import { html, nothing, type TemplateResult } from 'lit';
import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { safeAddress } from './safe-address.ts';

type View = TemplateResult | string | typeof nothing;

/**
 * Markdown (GFM) as templates, by its syntax tree: no string ever becomes HTML. What is
 * HTML in it stays text, images are told by their description (nothing is fetched), and
 * links open only where their scheme is on the list.
 */
export function markdownView(markdown: string): readonly View[] {
  return blocks(new Lexer({ gfm: true }).lex(markdown));
}

function blocks(tokens: readonly Token[] | undefined): readonly View[] {
  return (tokens ?? []).map((token) => block(token as MarkedToken));
}

function block(token: MarkedToken): View {
  switch (token.type) {
    case 'space':
    case 'def':
      return nothing;
    case 'heading':
      // Inside a page of its own headings an answer's are quiet ones.
      return html`<p class="md-heading" role="heading" aria-level=${Math.min(6, token.depth + 3)}>${inline(token.tokens)}</p>`;
    case 'paragraph':
      return html`<p dir="auto">${inline(token.tokens)}</p>`;
    case 'blockquote':
      return html`<blockquote dir="auto">${blocks(token.tokens)}</blockquote>`;
    case 'code':
      return html`<pre class="md-code" dir="ltr" tabindex="0"><code>${token.text}</code></pre>`;
    case 'hr':
      return html`<hr />`;
    case 'list':
      return list(token);
    case 'table':
      return table(token);
    default:
      return inlineOf(token);
  }
}

function list({ ordered, start, items }: Tokens.List): TemplateResult {
  const lines = items.map(
    ({ tokens, task, checked }) =>
      html`<li dir="auto">${task ? (checked ? '☑ ' : '☐ ') : nothing}${blocks(tokens)}</li>`,
  );
  return ordered
    ? html`<ol start=${start === '' ? 1 : start}>${lines}</ol>`
    : html`<ul>${lines}</ul>`;
}

function table({ header, rows }: Tokens.Table): TemplateResult {
  return html`<div class="md-table" role="region" tabindex="0">
    <table>
      <thead>
        <tr>${header.map(headerView)}</tr>
      </thead>
      <tbody>
        ${rows.map((row) => html`<tr>${row.map(({ tokens }) => html`<td>${inline(tokens)}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}

/** Above a column of names there is often nothing: that heads nothing. */
function headerView({ text, tokens }: Tokens.TableCell): TemplateResult {
  return text === '' ? html`<td></td>` : html`<th scope="col">${inline(tokens)}</th>`;
}

function inline(tokens: readonly Token[] | undefined): readonly View[] {
  return (tokens ?? []).map((token) => inlineOf(token as MarkedToken));
}

function inlineOf(token: MarkedToken): View {
  switch (token.type) {
    case 'strong':
      return html`<strong>${inline(token.tokens)}</strong>`;
    case 'em':
      return html`<em>${inline(token.tokens)}</em>`;
    case 'del':
      return html`<s>${inline(token.tokens)}</s>`;
    case 'codespan':
      return html`<code>${token.text}</code>`;
    case 'br':
      return html`<br />`;
    case 'link': {
      const href = safeAddress(token.href);
      const inside = inline(token.tokens);
      return href
        ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${inside}</a>`
        : html`${inside}`;
    }
    case 'image':
      return token.text;
    case 'text':
      return token.tokens ? html`${inline(token.tokens)}` : token.text;
    case 'escape':
      return token.text;
    default:
      // HTML, and whatever a later version adds: as it was written.
      return token.raw;
  }
}
