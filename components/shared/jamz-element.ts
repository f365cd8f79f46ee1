import { type CSSResultOrNative, LitElement, type PropertyDeclarations } from 'lit';
import type { Group, Jamz } from '../../sdk/index.ts';
import type { GroupHost } from './group-controller.ts';
import { sheetsIn } from './sheets.ts';

/**
 * The attributes and properties that every element has. Behaviour lives in controllers:
 * this class says only what can be set. Declared without decorators, which would add their
 * lowered form and that of every private name to each element.
 */
export abstract class JamzElement extends LitElement implements GroupHost {
  static override properties: PropertyDeclarations = {
    server: {},
    site: {},
    namespace: {},
    group: {},
    client: { attribute: false },
    theme: { reflect: true },
    density: { reflect: true },
  };

  /** Base URL of the backend; without it, the page's own origin. */
  declare server: string | undefined;
  /** The site's publishable key. Elements with the same server and site share one connection. */
  declare site: string | undefined;
  /** Tells several replicas of one page apart. */
  declare namespace: string | undefined;
  /** As an attribute a group's id; as a property an id or a Group of the SDK. */
  declare group: string | Group | undefined;
  /** An SDK object that the page made itself; goes before `server` and `site`. */
  declare client: Jamz | undefined;
  /** `light`, `dark`, or `auto` for what the system prefers; without it, as the page around. */
  declare theme: 'light' | 'dark' | 'auto' | undefined;
  /** `compact` for tighter rows. */
  declare density: 'comfortable' | 'compact' | undefined;

  /** More style sheets than the class names, as those of a part that is loaded later. */
  protected readonly laterStyles: CSSResultOrNative[] = [];

  /** Called by the browser when the element is moved to another document: its style sheets do not come along. */
  adoptedCallback(): void {
    this.adoptSheets();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    this.adoptSheets();
    return root;
  }

  /** Adds style sheets that came with a later part, each once. */
  protected wear(styles: readonly CSSResultOrNative[]): void {
    const fresh = styles.filter((style) => !this.laterStyles.includes(style));
    if (fresh.length === 0) return;
    this.laterStyles.push(...fresh);
    this.adoptSheets();
  }

  protected adoptSheets(): void {
    const { elementStyles } = this.constructor as typeof LitElement;
    if (!this.shadowRoot) return;
    this.shadowRoot.adoptedStyleSheets = sheetsIn(this.ownerDocument, [
      ...elementStyles,
      ...this.laterStyles,
    ]);
  }
}
