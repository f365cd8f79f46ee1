import { html, nothing, svg, type TemplateResult } from 'lit';

/** The squares of a QR code that are dark, with the quiet border that readers need around them. */
export interface QrCode {
  /** How many squares a side has. */
  readonly side: number;
  /** Of an SVG path, one unit a square. */
  readonly path: string;
}

const quietSquares = 4;

/** Made on this device: what is in it is seen by nobody else. Its code is fetched when it is needed. */
export async function qrCode(text: string): Promise<QrCode> {
  const { create } = (await import('qrcode')).default;
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const rows = Array.from({ length: size }, (_, row) =>
    data.subarray(row * size, (row + 1) * size),
  );
  const path = rows.map((squares, row) =>
    runsOf(squares)
      .map(
        ([from, length]) => `M${from + quietSquares} ${row + quietSquares}h${length}v1h-${length}z`,
      )
      .join(''),
  );
  return { side: size + quietSquares * 2, path: path.join('') };
}

/** Dark on light in every theme: readers know it so. */
export function qrView(code: QrCode | undefined, label: string): TemplateResult {
  return html`<div class="qr">
    ${
      code
        ? html`<svg
            viewBox="0 0 ${code.side} ${code.side}"
            role="img"
            aria-label=${label}
            shape-rendering="crispEdges"
          >
            ${svg`<path d=${code.path}></path>`}
          </svg>`
        : nothing
    }
  </div>`;
}

/** Where each run of dark squares begins, and how long it is. */
function runsOf(squares: Uint8Array): readonly (readonly [from: number, length: number])[] {
  const runs: [number, number][] = [];
  squares.forEach((dark, at) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last && last[0] + last[1] === at) last[1] += 1;
    else runs.push([at, 1]);
  });
  return runs;
}
