/* The types of language models and their tools, as far as the host uses them. */

export class LanguageModelTextPart {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }
}

export class LanguageModelToolCallPart {
  readonly callId: string;
  readonly name: string;
  readonly input: object;

  constructor(callId: string, name: string, input: object) {
    this.callId = callId;
    this.name = name;
    this.input = input;
  }
}

export class LanguageModelToolResultPart {
  readonly callId: string;
  readonly content: readonly unknown[];

  constructor(callId: string, content: readonly unknown[]) {
    this.callId = callId;
    this.content = content;
  }
}

export class LanguageModelPromptTsxPart {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

export class LanguageModelError extends Error {
  override readonly name = 'LanguageModelError';
  readonly code: string;

  constructor(message?: string, code = '') {
    super(message);
    this.code = code;
  }

  static NoPermissions(message?: string): LanguageModelError {
    return new LanguageModelError(message, 'NoPermissions');
  }

  static Blocked(message?: string): LanguageModelError {
    return new LanguageModelError(message, 'Blocked');
  }

  static NotFound(message?: string): LanguageModelError {
    return new LanguageModelError(message, 'NotFound');
  }
}

export class LanguageModelToolResult {
  readonly content: readonly unknown[];

  constructor(content: readonly unknown[]) {
    this.content = content;
  }
}
