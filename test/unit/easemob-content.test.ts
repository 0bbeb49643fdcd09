import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Content, OutgoingContent } from '../../src/domain/content.ts';
import type { NewMessage } from '../../src/domain/message.ts';
import { fillPlaces, fromWire, toWire } from '../../src/vendors/easemob/content.ts';
import { extensionOf, mentionsOf, metadataOf } from '../../src/vendors/easemob/extension.ts';

const url = 'https://files.example/a';

const sent: [OutgoingContent, unknown][] = [
  [
    { kind: 'TEXT', text: 'hi', isBarrage: false },
    { type: 'txt', body: { msg: 'hi' } },
  ],
  [
    { kind: 'IMAGE', url, name: 'a.png', byteSize: 9, width: 3, height: 4 },
    { type: 'img', body: { url, filename: 'a.png', file_length: 9, size: { width: 3, height: 4 } } },
  ],
  [
    { kind: 'AUDIO', url, name: 'a.amr', durationSeconds: 7 },
    { type: 'audio', body: { url, filename: 'a.amr', length: 7 } },
  ],
  [
    { kind: 'VIDEO', url, thumbnailUrl: `${url}.jpg`, durationSeconds: 7, width: 3, height: 4 },
    { type: 'video', body: { url, thumb: `${url}.jpg`, length: 7, size: { width: 3, height: 4 } } },
  ],
  [
    { kind: 'FILE', url, name: 'a.pdf' },
    { type: 'file', body: { url, filename: 'a.pdf' } },
  ],
  [
    { kind: 'LOCATION', latitude: 39.5, longitude: -116, name: 'Here' },
    { type: 'loc', body: { lat: '39.5', lng: '-116', addr: 'Here' } },
  ],
  [
    { kind: 'COMMAND', name: 'refresh' },
    { type: 'cmd', body: { action: 'refresh' } },
  ],
  [
    { kind: 'CUSTOM', type: 'order.paid', data: { id: '7' } },
    { type: 'custom', body: { customEvent: 'order.paid', customExts: { id: '7' } } },
  ],
];

const lacking: [OutgoingContent, string][] = [
  [{ kind: 'TEXT', text: 'hi', isBarrage: true }, 'input.content.text.isBarrage'],
  [{ kind: 'IMAGE', url, thumbnailUrl: url }, 'input.content.image.thumbnailUrl'],
  [{ kind: 'FILE', url, contentType: 'a/b' }, 'input.content.file.contentType'],
  [{ kind: 'AUDIO', url, width: 3 }, 'input.content.audio.width'],
  [
    { kind: 'LOCATION', latitude: 1, longitude: 2, name: 'x', thumbnailUrl: url },
    'input.content.location.thumbnailUrl',
  ],
  [{ kind: 'COMMAND', name: 'x', data: { a: 1 } }, 'input.content.command.data'],
  [{ kind: 'CUSTOM', type: 'x', data: { a: 1 } }, 'input.content.custom.data'],
  [{ kind: 'CUSTOM', type: 'x', data: [1] }, 'input.content.custom.data'],
  [{ kind: 'CUSTOM', type: 'x', searchText: 'y' }, 'input.content.custom.searchText'],
];

describe('content to be sent', () => {
  test.each(sent)('%o has the form of the catalogue', (content, expected) => {
    expect(toWire(content)).toEqual(expected);
  });

  test.each(sent)('%o is read back as it was', (content) => {
    const { type, body } = toWire(content);
    expect(fromWire({ type, ...body })).toMatchObject(content);
  });

  test.each(lacking)('%o is refused: the vendor has no %s', (content, input) => {
    expect(() => toWire(content)).toThrow(expect.objectContaining({ code: 'NOT_SUPPORTED', details: { input } }));
  });

  test('refuses a custom type of other letters', () => {
    expect(() => toWire({ kind: 'CUSTOM', type: 'a b' })).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });

  test('fills the places it has values for', () => {
    const text: OutgoingContent = { kind: 'TEXT', text: 'Hi {name}, {other}', isBarrage: false };
    expect(fillPlaces(text, [{ key: 'name', value: 'Bob' }])).toMatchObject({ text: 'Hi Bob, {other}' });
  });
});

const read: [unknown, Content][] = [
  [
    { type: 'txt', subType: 'sub_combine', title: 't', summary: 's', msg: 'old', url },
    { kind: 'MERGED', title: 't', summary: 's', url },
  ],
  [
    { type: 'audio', url, Length: 4 },
    { kind: 'AUDIO', url, durationSeconds: 4, thumbnailUrl: null, name: null, byteSize: null },
  ],
  [
    { type: 'loc', lat: 39.5, lng: 116, addr: 'Here' },
    { kind: 'LOCATION', latitude: 39.5, longitude: 116, name: 'Here' },
  ],
  [
    { type: 'loc', lat: 90, lng: 180 },
    { kind: 'LOCATION', latitude: 90, longitude: 180, name: null },
  ],
  [
    { type: 'loc', lat: -90, lng: -180 },
    { kind: 'LOCATION', latitude: -90, longitude: -180, name: null },
  ],
  [
    { type: 'loc', lat: 90.1, lng: 0, addr: 'Nowhere' },
    { kind: 'UNKNOWN', type: 'loc' },
  ],
  [
    { type: 'loc', lat: -90.1, lng: 0, addr: 'Nowhere' },
    { kind: 'UNKNOWN', type: 'loc' },
  ],
  [
    { type: 'loc', lat: 0, lng: 180.1, addr: 'Nowhere' },
    { kind: 'UNKNOWN', type: 'loc' },
  ],
  [
    { type: 'loc', lat: 0, lng: -180.1, addr: 'Nowhere' },
    { kind: 'UNKNOWN', type: 'loc' },
  ],
  [
    { type: 'loc', lat: 'x', lng: 'y' },
    { kind: 'UNKNOWN', type: 'loc' },
  ],
  [
    { type: 'cmd', msg: 'old' },
    { kind: 'COMMAND', name: 'old' },
  ],
  [
    { type: 'custom', customEvent: 'e', customExts: [{ a: '1' }, { b: '2' }] },
    { kind: 'CUSTOM', type: 'e', data: { a: '1', b: '2' } },
  ],
  [
    { type: 'custom', customEvent: 'e', customExts: [{ a: '0' }], 'v2:customExts': { a: '1' } },
    { kind: 'CUSTOM', type: 'e', data: { a: '1' } },
  ],
  [
    { type: 'markdown', msg: '# x', finish: true },
    { kind: 'STREAM', text: '# x', format: 'MARKDOWN', isComplete: true },
  ],
  [
    { type: 'text', msg: 'x', seq: 1 },
    { kind: 'STREAM', text: 'x', format: 'PLAIN', isComplete: false },
  ],
  [{ type: 'unknown' }, { kind: 'UNKNOWN', type: 'unknown' }],
  [{ type: '__proto__' }, { kind: 'UNKNOWN', type: '__proto__' }],
  [{ type: 'txt' }, { kind: 'UNKNOWN', type: 'txt' }],
  [null, { kind: 'UNKNOWN', type: '' }],
];

describe('content that is read', () => {
  test.each(read)('%o is %o', (body, expected) => {
    expect(fromWire(body)).toEqual(expected);
  });

  test('never throws, whatever comes', () => {
    const types = fc.constantFrom('txt', 'img', 'audio', 'video', 'file', 'loc', 'cmd', 'custom', 'text', 'x');
    const fields = fc.constantFrom(
      'msg',
      'url',
      'size',
      'lat',
      'lng',
      'length',
      'customExts',
      'v2:customExts',
      'finish',
    );
    fc.assert(
      fc.property(types, fc.dictionary(fields, fc.jsonValue()), (type, body) => {
        expect(fromWire({ ...body, type }).kind).toBeTypeOf('string');
      }),
    );
  });
});

const message: NewMessage = { kind: 'direct', to: ['bob'], content: { kind: 'TEXT', text: 'hi', isBarrage: false } };

describe('the extension', () => {
  test('holds metadata, mentions and push options, and is absent without them', () => {
    expect(extensionOf(message)).toBeUndefined();
    const push = { isEnabled: true, force: true, title: 't', body: 'b', data: { a: 1 }, templateName: 'n' };
    expect(
      extensionOf({ ...message, metadata: { a: 1 }, mentions: { everyone: false, userIds: ['Bob'] }, push }),
    ).toEqual({
      a: 1,
      em_at_list: ['bob'],
      em_ignore_notification: false,
      em_force_notification: true,
      em_push_ext: { title: 't', content: 'b', custom: { a: 1 } },
      em_push_template: { name: 'n' },
    });
  });

  test.each([
    [{ metadata: [1] }, 'NOT_SUPPORTED'],
    [{ metadata: { em_push_ext: {} } }, 'BAD_USER_INPUT'],
    [{ mentions: { everyone: true, userIds: [] } }, 'NOT_SUPPORTED'],
    [{ push: { platforms: { apns: {} } } }, 'BAD_USER_INPUT'],
  ])('of %o is %s', (part, code) => {
    expect(() => extensionOf({ ...message, ...part })).toThrow(expect.objectContaining({ code }));
  });

  test("shows the app's own keys as metadata and the rest not at all", () => {
    expect(metadataOf({ a: 1, em_at_list: ['bob'] })).toEqual({ a: 1 });
    expect(metadataOf({ em_at_list: ['bob'] })).toBeNull();
    expect(metadataOf('odd')).toBeNull();
  });

  test.each([
    [['Bob'], { everyone: false, userIds: ['bob'] }],
    ['ALL', { everyone: true, userIds: [] }],
    [7, null],
    [undefined, null],
  ])('with em_at_list %o mentions %o', (em_at_list, expected) => {
    expect(mentionsOf({ em_at_list })).toEqual(expected);
  });
});
