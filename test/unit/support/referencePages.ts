/** The parameters of each reference page, read off it by hand in the order of the page. */
export const pages: { readonly [provider: string]: readonly string[] } = {
  deepseek: [
    'messages', 'messages.content', 'messages.role', 'messages.name', 'model', 'frequency_penalty', 'max_tokens', 'presence_penalty', 'response_format', 'response_format.type', 'stop', 'stream',
    'stream_options', 'stream_options.include_usage', 'temperature', 'top_p', 'tools', 'tools.type', 'tools.function',
    'tools.function.description', 'tools.function.name', 'tools.function.parameters', 'tool_choice', 'logprobs', 'top_logprobs',
  ],
  iflow: [
    'messages', 'messages.content', 'messages.role', 'model', 'frequency_penalty', 'max_tokens', 'n', 'response_format',
    'response_format.type', 'stop', 'stream', 'temperature', 'tools', 'tools.function', 'tools.function.name',
    'tools.function.description', 'tools.function.parameters', 'tools.function.strict', 'tools.type', 'top_k', 'top_p',
  ],
  jiekou: [
    'model', 'messages', 'messages.content', 'messages.role', 'messages.name', 'max_tokens', 'stream', 'stream_options', 'stream_options.include_usage', 'n', 'seed', 'frequency_penalty',
    'presence_penalty', 'repetition_penalty', 'stop', 'temperature', 'top_p', 'top_k', 'min_p', 'logit_bias', 'logprobs', 'top_logprobs',
    'tools', 'tools.type', 'tools.function', 'tools.function.name', 'tools.function.description', 'tools.function.parameters',
    'tools.function.strict', 'response_format', 'response_format.type', 'response_format.json_schema',
    'response_format.json_schema.name', 'response_format.json_schema.description', 'response_format.json_schema.schema', 'response_format.json_schema.strict', 'separate_reasoning', 'enable_thinking',
  ],
};

/** What docs/servers.md has besides: accepted by the services, but on none of their pages. */
export const besides: { readonly [provider: string]: readonly string[] } = {
  deepseek: ['thinking', 'thinking.type', 'reasoning_effort', 'user_id'],
  iflow: [
    'stream_options', 'stream_options.include_usage', 'seed', 'chat_template_kwargs', 'chat_template_kwargs.enable_thinking',
    'chat_template_kwargs.clear_thinking', 'reasoning_split', 'thinking', 'thinking.type',
  ],
  jiekou: ['reasoning_effort'],
};
