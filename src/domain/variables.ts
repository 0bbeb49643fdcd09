import type { OutgoingContent, OutgoingPart } from './content.ts';
import type { Attribute } from './space.ts';

/** Puts one receiver's texts into the `{name}` places of content; places without a text stay as they are. */
export function fillVariables(content: OutgoingContent, values: readonly Attribute[]): OutgoingContent {
  if (content.kind !== 'COMPOSITE') return fillPart(content, values);
  return { ...content, parts: content.parts.map((part) => fillPart(part, values)) };
}

function fillPart(content: OutgoingPart, values: readonly Attribute[]): OutgoingPart {
  const texts = new Map(values.map(({ key, value }) => [key, value]));
  const fill = (text: string) => text.replace(/\{([^{}]+)\}/g, (place, name: string) => texts.get(name) ?? place);
  switch (content.kind) {
    case 'TEXT':
      return { ...content, text: fill(content.text) };
    case 'COMMAND':
    case 'CUSTOM':
      return { ...content, data: fillTexts(content.data, fill) };
    default:
      return content;
  }
}

/** Every text inside a JSON value, but not the names of its fields. */
function fillTexts(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((item) => fillTexts(item, fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillTexts(item, fill)]));
}
