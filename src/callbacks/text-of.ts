import type { Content } from '../domain/content.ts';

/** Everything of a content that people read. */
export function textOf(content: Content | null | undefined): string {
  switch (content?.kind) {
    case 'TEXT':
    case 'STREAM':
    case 'NOTICE':
      return content.text ?? '';
    case 'REPLY':
      return `${content.text ?? ''}`;
    case 'LINK':
      return [content.title, content.text, content.url].filter(Boolean).join('\n');
    case 'MERGED':
      return [content.title, content.summary].filter(Boolean).join('\n');
    case 'COMPOSITE':
      return content.parts.map(textOf).join('\n');
    case 'FILE':
    case 'LOCATION':
      return content.name ?? '';
    case 'CUSTOM':
      return typeof content.data === 'string' ? content.data : JSON.stringify(content.data ?? '');
    default:
      return '';
  }
}
