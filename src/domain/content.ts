/** What a message says, as read; the kinds of the schema's `MessageContent`. */
export type Content =
  | { readonly kind: 'TEXT'; readonly text: string; readonly isBarrage: boolean }
  | ({ readonly kind: 'IMAGE' } & Media)
  | ({ readonly kind: 'AUDIO' } & Media)
  | ({ readonly kind: 'VIDEO' } & Media)
  | ({ readonly kind: 'FILE' } & Media)
  | {
      readonly kind: 'LOCATION';
      readonly latitude: number;
      readonly longitude: number;
      readonly name?: string | null;
      readonly thumbnailUrl?: string | null;
    }
  | {
      readonly kind: 'LINK';
      readonly url?: string | null;
      readonly title?: string | null;
      readonly text?: string | null;
      readonly imageUrl?: string | null;
    }
  | {
      readonly kind: 'REPLY';
      readonly text?: string | null;
      readonly quotedSenderId?: string | null;
      readonly quoted?: Content | null;
    }
  | { readonly kind: 'COMPOSITE'; readonly parts: readonly Content[] }
  | {
      readonly kind: 'MERGED';
      readonly title?: string | null;
      readonly summary?: string | null;
      readonly url?: string | null;
    }
  | {
      readonly kind: 'STREAM';
      readonly text?: string | null;
      readonly format: 'PLAIN' | 'MARKDOWN';
      readonly isComplete: boolean;
    }
  | { readonly kind: 'COMMAND'; readonly name?: string | null; readonly data?: unknown }
  | { readonly kind: 'CUSTOM'; readonly type?: string | null; readonly data?: unknown }
  | {
      readonly kind: 'NOTICE';
      readonly type?: string | null;
      readonly actorId?: string | null;
      readonly text?: string | null;
      readonly data?: unknown;
    }
  | { readonly kind: 'RECALLED'; readonly recalledById?: string | null; readonly note?: string | null }
  | { readonly kind: 'UNKNOWN'; readonly type: string };

export type ContentKind = Content['kind'];

/** A picture, recording or file; each kind shows those fields that it has in the schema. */
export interface Media {
  readonly url?: string | null | undefined;
  readonly thumbnailUrl?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly byteSize?: number | null | undefined;
  readonly contentType?: string | null | undefined;
  readonly durationSeconds?: number | null | undefined;
  readonly width?: number | null | undefined;
  readonly height?: number | null | undefined;
}

/** Content to be sent: those kinds that `MessageContentInput` has. */
export type OutgoingContent = OutgoingPart | { readonly kind: 'COMPOSITE'; readonly parts: readonly OutgoingPart[] };

/** Content that is no composite of others. */
export type OutgoingPart =
  | { readonly kind: 'TEXT'; readonly text: string; readonly isBarrage: boolean }
  | ({ readonly kind: 'IMAGE' | 'AUDIO' | 'VIDEO' | 'FILE'; readonly url: string } & Omit<Media, 'url'>)
  | {
      readonly kind: 'LOCATION';
      readonly latitude: number;
      readonly longitude: number;
      readonly name: string;
      readonly thumbnailUrl?: string | null | undefined;
    }
  | { readonly kind: 'COMMAND'; readonly name: string; readonly data?: unknown }
  | {
      readonly kind: 'CUSTOM';
      readonly type: string;
      readonly data?: unknown;
      readonly searchText?: string | null | undefined;
    };

/** What was sent, as it is read. */
export function contentSent(content: OutgoingContent): Content {
  if (content.kind === 'COMPOSITE') return { kind: 'COMPOSITE', parts: content.parts.map(contentSent) };
  return content.kind === 'LOCATION' ? { ...content, thumbnailUrl: content.thumbnailUrl ?? null } : content;
}
