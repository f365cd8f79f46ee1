const namespace = 'http://www.w3.org/2000/svg';
const quietModules = 3;

/** A QR code as one SVG path: drawn by elements, since a strict policy forbids markup from strings. */
export async function qrCode(text: string): Promise<SVGSVGElement> {
  const { create } = (await import('qrcode')).default;
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const side = modules.size + quietModules * 2;
  const dark = Array.from(modules.data, (value, index) =>
    value
      ? `M${(index % modules.size) + quietModules} ${Math.floor(index / modules.size) + quietModules}h1v1h-1z`
      : '',
  );

  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', `0 0 ${side} ${side}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `QR code of ${text}`);
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', dark.join(''));
  svg.append(path);
  return svg;
}
