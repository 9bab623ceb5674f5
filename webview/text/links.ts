import { hasHidden, visibleText } from './hiddenCharacters.ts';

/** The longest target that is still offered; the host refuses longer ones. */
const longestTarget = 4096;

/**
 * Whether a link's target is offered to the host at all: the web, mail, or a path that can lie in the workspace. Not a
 * safety check, that is the host's; it keeps what would be refused from looking like something to click.
 */
export function canOpen(target: string): boolean {
  // oxlint-disable-next-line no-control-regex -- a target with controls is no target
  if (target === '' || target.length > longestTarget || /[\u0000-\u001F\u007F]/.test(target) || hasHidden(target)) return false;
  if (/^https?:\/\/[^\s/\\?#@]/i.test(target) || /^mailto:[^\s:/]+@[^\s:/]+$/i.test(target)) return true;
  return isRelativePath(target);
}

/** Where a link leads, as the browser will read it: a host that only looks like another is spelled in ASCII. */
export function addressOf(target: string): string {
  return urlOf(target)?.href ?? visibleText(target);
}

/** The host of a link to the web, unless its words begin with it, or are nothing but the address. */
export function hostWorthShowing(target: string, words: string): string | undefined {
  const host = urlOf(target)?.host;
  if (host === undefined || host === '') return undefined;
  const said = words.trim().toLowerCase().replace(/^https?:\/\//, '');
  const bare = host.replace(/^www\./, '');
  const rest = said.startsWith(host) ? said.slice(host.length) : said.startsWith(bare) ? said.slice(bare.length) : undefined;
  // `good.example.evil.test` begins with `good.example` and is another host.
  return rest !== undefined && /^([/?#:]|$)/.test(rest) ? undefined : host;
}

function urlOf(target: string): URL | undefined {
  return /^https?:/i.test(target) && URL.canParse(target) ? new URL(target) : undefined;
}

/** The target a bare `www.…` or mail address in running text stands for; others are their own target. */
export function bareTarget(text: string): string {
  if (/^www\./i.test(text)) return `https://${text}`;
  return /^[^\s:/@]+@[^\s:/@]+$/.test(text) ? `mailto:${text}` : text;
}

function isRelativePath(target: string): boolean {
  if (/^[/\\#?]/.test(target) || /(^|[/\\])\.\.([/\\]|$)/.test(target)) return false;
  // `a.ts:12` is a place in a file, `vscode:12` is a scheme: a scheme has no dot, but for exotic ones that nobody misses.
  return !/^[a-z][a-z0-9+.-]*:/i.test(target) || /^[\w-]+(\.[\w-]+)+:\d+(:\d+)?$/.test(target);
}
