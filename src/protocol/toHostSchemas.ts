import * as v from 'valibot';

const id = v.pipe(v.string(), v.maxLength(100));

/** The longest question the page may hand over, in UTF-16 units: 4 Mi, four times what any of the services accepts. */
export const longestQuestion = 4 * 1024 * 1024;

const longText = v.pipe(v.string(), v.maxLength(longestQuestion));

const actions = [
  'set-key',
  'open-key-page',
  'top-up',
  'status-page',
  'choose-model',
  'retry',
  'continue',
  'new-chat',
  'open-settings',
  'show-log',
] as const;

/** One schema for each message the page may send; the host refuses whatever does not fit, for a page is not trusted. */
export const toHostSchemas = {
  /** The page is there, or has missed a push: it wants the whole state. */
  ready: v.strictObject({ type: v.literal('ready') }),
  send: v.strictObject({ type: v.literal('send'), text: v.pipe(longText, v.regex(/\S/)) }),
  stop: v.strictObject({ type: v.literal('stop') }),
  'new-chat': v.strictObject({ type: v.literal('new-chat') }),
  'select-model': v.strictObject({ type: v.literal('select-model') }),
  'set-key': v.strictObject({ type: v.literal('set-key') }),
  /** A button of a card in the given turn. */
  act: v.strictObject({ type: v.literal('act'), action: v.picklist(actions), turnId: id }),
  copy: v.strictObject({ type: v.literal('copy'), text: longText }),
  insert: v.strictObject({ type: v.literal('insert'), text: longText }),
  /** A link of the transcript; the host decides what may be opened. */
  'open-link': v.strictObject({ type: v.literal('open-link'), href: v.pipe(v.string(), v.maxLength(4096)) }),
  /** Something went wrong in the page itself; goes to the log. */
  'page-failed': v.strictObject({ type: v.literal('page-failed'), message: v.pipe(v.string(), v.maxLength(4096)) }),
} as const;
