/** Names of the page's own pictures, each one path on a 16 by 16 grid, drawn as strokes. */
export type IconName = keyof typeof paths;

const paths = {
  send: 'M2.5 13.5 14 8 2.5 2.5 4.5 8zM4.5 8H9',
  stop: 'M4.5 4.5h7v7h-7z',
  chevronDown: 'm4 6 4 4 4-4',
  chevronRight: 'm6 4 4 4-4 4',
  arrowDown: 'M8 3v10M4 9l4 4 4-4',
  copy: 'M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8V3',
  check: 'm3 8.5 3.5 3.5L13 4.5',
  insert: 'M2.5 3h11M2.5 13h11M3 8h6M7 5.5 9.5 8 7 10.5',
  wrap: 'M2.5 4h11M2.5 8h9a2.25 2.25 0 0 1 0 4.5H8M9.5 10.5l-2 2 2 2M2.5 12.5H5',
  warning: 'M8 2 14.5 13.5h-13zM8 6.5v3.5M8 11.6v.4',
  error: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  info: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 7.3v3.7M8 5v.4',
  key: 'M10.7 2.2a3.1 3.1 0 1 0 0 6.2 3.1 3.1 0 0 0 0-6.2zM8.4 7.6 2.5 13.5M4.3 11.7l1.8 1.8M6.4 9.6l1.3 1.3M11.5 4.5v.1',
  file: 'M3.5 1.8h6l3 3v9.4h-9zM9.5 1.8v3h3',
  tool: 'M10 2.2a3.6 3.6 0 0 0-3.4 4.9L2.2 11.5l2.3 2.3 4.4-4.4A3.6 3.6 0 0 0 13.8 6l-2.1 2.1-1.9-1.9L11.9 4.1A3.6 3.6 0 0 0 10 2.2z',
  stream: 'M2 4.5c2-1.6 4-1.6 6 0s4 1.6 6 0M2 8c2-1.6 4-1.6 6 0s4 1.6 6 0M2 11.5c2-1.6 4-1.6 6 0s4 1.6 6 0',
  attach: 'M13.5 7.5 8.3 12.7a3.2 3.2 0 0 1-4.5-4.5l5.5-5.5a2.2 2.2 0 0 1 3.1 3.1L7 11.2a1.1 1.1 0 0 1-1.6-1.6L10.5 4.5',
  picture: 'M2 3h12v10H2zM5.5 5.4a1 1 0 1 0 0 2 1 1 0 0 0 0-2zM2 11.6l3.3-2.8 2.5 2 2.4-2.4 3.8 3.6',
  film: 'M2 4h8v8H2zM10 7.2 14 5v6l-4-2.2',
  close: 'm4 4 8 8M12 4l-8 8',
  sliders: 'M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M10 2.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4zM6 9.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4z',
  inspect: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.4 3.4',
  diff: 'M8 2.5v7M4.5 6h7M4.5 13h7',
  reset: 'M3 2.5v3.8h3.8M3.2 6.2A5.2 5.2 0 1 1 2.8 9',
} as const;

const namespace = 'http://www.w3.org/2000/svg';

/** Draws a picture in the colour of the text around it; it has no name of its own. */
export function makeIcon(name: IconName): SVGSVGElement {
  const icon = document.createElementNS(namespace, 'svg');
  icon.setAttribute('viewBox', '0 0 16 16');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', paths[name]);
  icon.append(path);
  return icon;
}

/** The path data of a picture. */
export function iconPath(name: IconName): string {
  return paths[name];
}
