import * as v from 'valibot';

const id = v.pipe(v.string(), v.maxLength(100));

/** The longest question the page may hand over, in UTF-16 units: 4 Mi, four times what any of the services accepts. */
export const longestQuestion = 4 * 1024 * 1024;

/** The longest parameter value the page may hand over, as JSON text. */
export const longestParameter = 100_000;

/** The largest picture or video that the page may hand over, in characters of base64: 20 MiB of bytes. */
export const longestMedia = 28 * 1024 * 1024;

const parameter = v.pipe(v.string(), v.regex(/^[A-Za-z_][A-Za-z0-9_.]{0,99}$/));

/** The model whose settings the page shows, for the host may show others by now; names longer than this cannot be set. */
const shown = { service: id, model: v.pipe(v.string(), v.maxLength(1000)) };

const index = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));

const shortText = v.pipe(v.string(), v.maxLength(1000));

/** Suggestions are named after what they are: a path, a symbol in it. */
const longId = v.pipe(v.string(), v.maxLength(5000));

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
  'model-settings',
  'resend-without-media',
  'inspect',
  'find-local-servers',
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
  /** The model settings, of the chosen model. */
  'open-sheet': v.strictObject({ type: v.literal('open-sheet') }),
  'close-sheet': v.strictObject({ type: v.literal('close-sheet') }),
  /** A value as JSON text; whether it fits the host decides. */
  'set-parameter': v.strictObject({ type: v.literal('set-parameter'), ...shown, name: parameter, value: v.pipe(v.string(), v.maxLength(longestParameter)) }),
  'reset-parameter': v.strictObject({ type: v.literal('reset-parameter'), ...shown, name: parameter }),
  'reset-parameters': v.strictObject({ type: v.literal('reset-parameters'), ...shown }),
  /** Asks for a file dialog. */
  'attach-media': v.strictObject({ type: v.literal('attach-media') }),
  /** A picture that was pasted or dropped; `data` is base64. */
  'add-media': v.strictObject({
    type: v.literal('add-media'),
    name: v.pipe(v.string(), v.maxLength(200)),
    mediaType: v.pipe(v.string(), v.regex(/^(image|video)\/[a-z0-9.+-]{1,60}$/)),
    data: v.pipe(v.string(), v.maxLength(longestMedia), v.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
  }),
  'remove-media': v.strictObject({ type: v.literal('remove-media'), id }),
  /** What the person decides of a review: of one hunk, of a file, or of everything that is still open. */
  decide: v.strictObject({ type: v.literal('decide'), token: id, decision: v.picklist(['accept', 'reject', 'later']), file: v.optional(index), hunk: v.optional(index) }),
  /** The answer to a permission. The host asks again, itself, before it takes a yes. */
  permit: v.strictObject({ type: v.literal('permit'), token: id, allow: v.boolean(), reach: v.optional(v.picklist(['once', 'chat'])) }),
  /** What was allowed for the rest of the chat is to be asked about again. */
  'ask-again': v.strictObject({ type: v.literal('ask-again') }),
  /** The tools of this chat. */
  'open-tools': v.strictObject({ type: v.literal('open-tools') }),
  'close-tools': v.strictObject({ type: v.literal('close-tools') }),
  /** Switches tools on or off; ids as in the tool picker. */
  'choose-tools': v.strictObject({ type: v.literal('choose-tools'), ids: v.pipe(v.array(shortText), v.maxLength(2000)), isOn: v.boolean() }),
  /** Shows a file of a review, or all of them, in the diff editor. */
  'show-diff': v.strictObject({ type: v.literal('show-diff'), token: id, file: v.optional(index) }),
  /** Wishes to change {@link ViewState.edits}; the host asks before it allows. */
  'allow-edits': v.strictObject({ type: v.literal('allow-edits'), allow: v.boolean() }),
  /** Takes back what the turn did to files. */
  'revert-turn': v.strictObject({ type: v.literal('revert-turn'), turnId: id }),
  /** The same of one file alone, which a card of the turn shows. */
  'revert-file': v.strictObject({ type: v.literal('revert-file'), turnId: id, itemId: id, file: index }),
  /** Takes one of {@link ViewState.welcome}; the host asks before it takes over a key. */
  'take-choice': v.strictObject({ type: v.literal('take-choice'), id: longId }),
  /** Looks for servers on this machine, and on no other. */
  'find-servers': v.strictObject({ type: v.literal('find-servers') }),
  'import-settings': v.strictObject({ type: v.literal('import-settings') }),
  'open-walkthrough': v.strictObject({ type: v.literal('open-walkthrough') }),
  /** The list of chats. */
  'open-chats': v.strictObject({ type: v.literal('open-chats') }),
  'close-chats': v.strictObject({ type: v.literal('close-chats') }),
  /** Looks for words in the texts of all chats; an empty query ends the search. */
  'search-chats': v.strictObject({ type: v.literal('search-chats'), query: shortText }),
  'open-chat': v.strictObject({ type: v.literal('open-chat'), chatId: id }),
  'rename-chat': v.strictObject({ type: v.literal('rename-chat'), chatId: id, title: shortText }),
  'pin-chat': v.strictObject({ type: v.literal('pin-chat'), chatId: id, isPinned: v.boolean() }),
  'delete-chat': v.strictObject({ type: v.literal('delete-chat'), chatId: id }),
  'export-chat': v.strictObject({ type: v.literal('export-chat'), chatId: id, format: v.picklist(['markdown', 'json']) }),
  /** What stands in the composer, some time after it has changed; what was written later has a higher mark, so that an old draft which is told late replaces no newer one. */
  'keep-draft': v.strictObject({ type: v.literal('keep-draft'), chatId: id, text: longText, mark: v.pipe(v.number(), v.minValue(0), v.finite()) }),
  /** Asks the question of a turn in other words, as a new version beside it. */
  'edit-turn': v.strictObject({ type: v.literal('edit-turn'), turnId: id, text: v.pipe(longText, v.regex(/\S/)) }),
  /** Asks the same question again, as a new version beside the turn. */
  regenerate: v.strictObject({ type: v.literal('regenerate'), turnId: id }),
  /** Deletes this version of a turn with all that follows it. */
  'delete-turn': v.strictObject({ type: v.literal('delete-turn'), turnId: id }),
  /** Shows another version of a turn with what follows it; counted from 1. */
  'show-branch': v.strictObject({ type: v.literal('show-branch'), turnId: id, number: v.pipe(index, v.minValue(1)) }),
  /** Goes on with another of several answers: it takes the place of the first, which becomes the alternative. Of the last turn only. */
  'choose-alternative': v.strictObject({ type: v.literal('choose-alternative'), turnId: id, itemId: id }),
  /** Brings back what {@link ViewState.undo} names. */
  undo: v.strictObject({ type: v.literal('undo'), id }),
  /** Wishes suggestions for the word behind `@` or `/`. */
  suggest: v.strictObject({ type: v.literal('suggest'), kind: v.picklist(['mention', 'command']), query: shortText }),
  'close-suggestions': v.strictObject({ type: v.literal('close-suggestions') }),
  /** Puts what was suggested or offered before the next question, as a chip. */
  'take-suggestion': v.strictObject({ type: v.literal('take-suggestion'), id: longId }),
  'remove-context': v.strictObject({ type: v.literal('remove-context'), id }),
  /** Shows a piece of context where it is. */
  'show-context': v.strictObject({ type: v.literal('show-context'), id }),
  /** Files that were dropped on the page, as URIs. */
  'drop-files': v.strictObject({ type: v.literal('drop-files'), uris: v.pipe(v.array(v.pipe(v.string(), v.maxLength(4096))), v.maxLength(100)) }),
  /** A text file that was dropped from outside, where only its contents are known. */
  'drop-text': v.strictObject({ type: v.literal('drop-text'), name: v.pipe(v.string(), v.maxLength(200)), text: v.pipe(v.string(), v.maxLength(1_000_000)) }),
  /** Puts a code block of an answer into a file, by a review. `hint` is the path that the block names. */
  'apply-code': v.strictObject({ type: v.literal('apply-code'), turnId: id, text: longText, language: shortText, hint: v.optional(v.pipe(v.string(), v.maxLength(1000))) }),
  copy: v.strictObject({ type: v.literal('copy'), text: longText }),
  insert: v.strictObject({ type: v.literal('insert'), text: longText }),
  /** A link of the transcript; the host decides what may be opened. */
  'open-link': v.strictObject({ type: v.literal('open-link'), href: v.pipe(v.string(), v.maxLength(4096)) }),
  /** Something went wrong in the page itself; goes to the log. */
  'page-failed': v.strictObject({ type: v.literal('page-failed'), message: v.pipe(v.string(), v.maxLength(4096)) }),
} as const;
