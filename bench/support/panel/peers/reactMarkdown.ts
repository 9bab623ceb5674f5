import { createElement } from 'react';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { startReact } from './react.ts';

startReact((text) => createElement(Markdown, { remarkPlugins: [remarkGfm] }, text));
