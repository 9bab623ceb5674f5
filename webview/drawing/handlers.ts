/** A block of code as it is to go into a file. */
export interface AppliedCode {
  readonly text: string;
  readonly language: string;
  /** The path that is named with it. */
  readonly hint: string | undefined;
}

/** What the buttons and links of a drawn answer do. */
export interface Handlers {
  readonly copy: (text: string) => void;
  readonly insert: (text: string) => void;
  readonly openLink: (target: string) => void;
  /** Left out where code is not offered to go into a file: of reasoning, and in an untrusted window. */
  readonly apply?: (code: AppliedCode) => void;
  /** Whether long lines of code are wrapped, as the person has left it. */
  readonly wraps: () => boolean;
  readonly keepWraps: (wraps: boolean) => void;
}
