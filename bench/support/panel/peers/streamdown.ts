import { createElement } from 'react';
import { Streamdown } from 'streamdown';
import { startReact } from './react.ts';

startReact((text) => createElement(Streamdown, { isAnimating: true }, text));
