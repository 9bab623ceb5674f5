import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ParameterRow } from '../../src/protocol/parameterSheet.ts';
import { t } from '../strings.ts';
import { nameInWords, shownText, typedValue } from '../text/parameterText.ts';
import { Dropdown, Field } from '../toolkit.ts';

/** Properties of a {@link ParameterField}. */
export interface ParameterFieldProperties {
  readonly row: ParameterRow;
  /** Is told the value as a JSON text. */
  readonly onSet: (value: string) => void;
}

/** The control that a parameter's value is set with. */
export function ParameterField({ row, onSet }: ParameterFieldProperties): VNode {
  switch (row.control) {
    case 'toggle':
      return <Choices row={row} onSet={onSet} options={[{ value: 'true', text: t('On') }, { value: 'false', text: t('Off') }]} />;
    case 'choice':
      return <Choices row={row} onSet={onSet} options={choicesOf(row)} />;
    case 'choice-or-json':
      return <ChoicesOrJson row={row} onSet={onSet} />;
    case 'number':
    case 'text':
      return <Text row={row} onSet={onSet} lines="one" />;
    case 'lines':
    case 'json':
      return <Text row={row} onSet={onSet} lines="many" />;
  }
}

function Text({ row, onSet, lines }: ParameterFieldProperties & { readonly lines: 'one' | 'many' }): VNode {
  return (
    <Field
      lines={lines}
      label={labelOf(row)}
      text={shownText(row.control, row.value)}
      placeholder={serviceDefaultOf(row)}
      disabled={row.disabled !== undefined}
      isInvalid={row.problem !== undefined}
      onCommit={(text) => onSet(typedValue(row.control, text))}
    />
  );
}

interface Option {
  /** A JSON text. */
  readonly value: string;
  readonly text: string;
}

function Choices({ row, onSet, options }: ParameterFieldProperties & { readonly options: readonly Option[] }): VNode {
  const { value } = row;
  // What stands in the settings need not be one of the choices, and is shown all the same.
  const foreign = value === undefined || options.some((option) => option.value === value) ? [] : [{ value, text: shownText('text', value) }];
  return (
    <Dropdown
      label={labelOf(row)}
      options={[{ value: 'null', text: serviceDefaultOf(row) }, ...options, ...foreign]}
      value={value ?? 'null'}
      disabled={row.disabled !== undefined}
      isInvalid={row.problem !== undefined}
      onChoose={onSet}
    />
  );
}

const inJson = 'json';

function ChoicesOrJson({ row, onSet }: ParameterFieldProperties): VNode {
  const isObject = row.value !== undefined && !choicesOf(row).some(({ value }) => value === row.value);
  const [isWriting, setWriting] = useState(isObject);
  useEffect(() => setWriting(isObject), [row.value]);
  return (
    <>
      <Dropdown
        label={labelOf(row)}
        options={[{ value: 'null', text: serviceDefaultOf(row) }, ...choicesOf(row), { value: inJson, text: 'JSON…' }]}
        value={isWriting ? inJson : (row.value ?? 'null')}
        disabled={row.disabled !== undefined}
        isInvalid={row.problem !== undefined}
        onChoose={(value) => {
          setWriting(value === inJson);
          if (value !== inJson) onSet(value);
        }}
      />
      {isWriting && <Text row={{ ...row, value: isObject ? row.value : undefined }} onSet={onSet} lines="many" />}
    </>
  );
}

function choicesOf({ choices }: ParameterRow): readonly Option[] {
  return choices.map((choice) => ({ value: JSON.stringify(choice), text: choice }));
}

function labelOf(row: ParameterRow): string {
  return row.range === '' ? nameInWords(row) : `${nameInWords(row)}, ${row.range}`;
}

function serviceDefaultOf({ control, serviceDefault }: ParameterRow): string {
  if (serviceDefault === undefined) return t('Service default');
  const text = control === 'toggle' ? (serviceDefault === 'true' ? t('On') : t('Off')) : shownText(control, serviceDefault);
  return t('Service default ({0})', text);
}
