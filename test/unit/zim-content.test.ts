import { describe, expect, test } from 'vitest';
import type { OutgoingContent } from '../../src/domain/content.ts';
import { fillVariables } from '../../src/domain/variables.ts';
import { AppError } from '../../src/errors.ts';
import { sendForm } from '../../src/vendors/zim/content.ts';
import { readContent, type VendorContent } from '../../src/vendors/zim/read-content.ts';

const encoded = (value: unknown) => encodeURIComponent(JSON.stringify(value));
const none = { thumbnailUrl: null, contentType: null, durationSeconds: null, width: null, height: null };

describe('sending', () => {
  test.each<[OutgoingContent, object, unknown]>([
    [{ kind: 'TEXT', text: 'hi', isBarrage: false }, { MessageType: 1, Message: 'hi' }, undefined],
    [{ kind: 'TEXT', text: 'hi', isBarrage: true }, { MessageType: 20, Message: 'hi' }, undefined],
    [
      { kind: 'COMMAND', name: 'ring', data: { n: 1 } },
      { MessageType: 2, Message: '{"name":"ring","data":{"n":1}}' },
      undefined,
    ],
    [
      { kind: 'CUSTOM', type: '200', data: { n: 1 } },
      { MessageType: 200, SubMsgType: 200, Message: '{"n":1}' },
      undefined,
    ],
    [
      { kind: 'CUSTOM', type: '201', data: 'x', searchText: 'find' },
      { MessageType: 200, Message: '{"type":"201","data":"x"}', SearchedContent: 'find' },
      undefined,
    ],
    [{ kind: 'CUSTOM', type: '7', data: '1.10' }, { MessageType: 200, SubMsgType: 7, Message: '1.10' }, undefined],
    [
      { kind: 'CUSTOM', type: '7', data: '' },
      { MessageType: 200, SubMsgType: 7, Message: '{"type":"7","data":""}' },
      undefined,
    ],
    [
      { kind: 'CUSTOM', type: '7' },
      { MessageType: 200, SubMsgType: 7, Message: '{"type":"7","data":null}' },
      undefined,
    ],
    [
      { kind: 'IMAGE', url: 'https://x/p/a.png?s=1' },
      { MessageType: 11 },
      { Uid: expect.any(String), Origin: { Url: 'https://x/p/a.png?s=1', Width: 1, Height: 1 }, FileName: 'a.png' },
    ],
    [
      { kind: 'IMAGE', url: 'https://x/a', thumbnailUrl: 'https://x/s', name: 'n', byteSize: 5, width: 40, height: 30 },
      { MessageType: 11 },
      {
        Uid: expect.any(String),
        Origin: { Url: 'https://x/a', Width: 40, Height: 30 },
        Thumbnail: { Url: 'https://x/s', Width: 40, Height: 30 },
        FileName: 'n',
        Size: 5,
      },
    ],
    [
      { kind: 'FILE', url: 'https://x/', byteSize: 0 },
      { MessageType: 12 },
      { Uid: expect.any(String), Url: 'https://x/', FileName: 'file', Size: 0 },
    ],
    [
      { kind: 'AUDIO', url: 'https://x/a.mp3', durationSeconds: 3 },
      { MessageType: 13 },
      { Uid: expect.any(String), Url: 'https://x/a.mp3', MediaDuration: 3, FileName: 'a.mp3' },
    ],
    [
      { kind: 'VIDEO', url: 'https://x/a.mp4', thumbnailUrl: 'https://x/s' },
      { MessageType: 14 },
      {
        Uid: expect.any(String),
        Url: 'https://x/a.mp4',
        Thumbnail: { Url: 'https://x/s', Width: 1, Height: 1 },
        FileName: 'a.mp4',
      },
    ],
  ])("%j becomes the vendor's form", (content, form, body) => {
    const sent = sendForm(content);
    expect(sent).toMatchObject(form);
    if (body !== undefined) expect(JSON.parse(sent.Message)).toEqual(body);
  });

  test('a place is NOT_SUPPORTED', () => {
    expect(() => sendForm({ kind: 'LOCATION', latitude: 1, longitude: 2, name: 'x' })).toThrow(AppError);
  });
});

describe('reading', () => {
  test.each<[string, VendorContent, unknown]>([
    ['text', { type: 1, body: '50%25 {"a":1}' }, { kind: 'TEXT', text: '50%25 {"a":1}', isBarrage: false }],
    ['barrage', { type: 20, body: 'wow' }, { kind: 'TEXT', text: 'wow', isBarrage: true }],
    ['command', { type: 2, body: '{"name":"ring","data":[1]}' }, { kind: 'COMMAND', name: 'ring', data: [1] }],
    ['command of a client', { type: 2, body: 'raw' }, { kind: 'COMMAND', data: 'raw' }],
    [
      'image as read from a history',
      {
        type: 11,
        body: encoded({
          md5: 'x',
          file_name: 'a b.png',
          file_size: '512',
          download_url: 'https://x/a.png',
          origin_image_width: 40,
          origin_image_height: 30,
          thumbnail_download_url: 'https://x/s.png',
        }),
      },
      {
        ...none,
        kind: 'IMAGE',
        url: 'https://x/a.png',
        thumbnailUrl: 'https://x/s.png',
        name: 'a b.png',
        byteSize: 512,
        width: 40,
        height: 30,
      },
    ],
    [
      'image as a server sent it',
      {
        type: 11,
        body: JSON.stringify({ Origin: { Url: 'https://x/a%20.png', Width: 4, Height: 3 }, FileName: 'a', Size: 9 }),
      },
      { ...none, kind: 'IMAGE', url: 'https://x/a%20.png', name: 'a', byteSize: 9, width: 4, height: 3 },
    ],
    [
      'file',
      { type: 12, body: encoded({ file_name: 'a', file_size: '', download_url: 'https://x/a' }) },
      { ...none, kind: 'FILE', url: 'https://x/a', name: 'a', byteSize: null },
    ],
    [
      'audio',
      { type: 13, body: encoded({ download_url: 'https://x/a', media_duration: '7' }) },
      { ...none, kind: 'AUDIO', url: 'https://x/a', name: null, byteSize: null, durationSeconds: 7 },
    ],
    [
      'video',
      {
        type: 14,
        body: encoded({
          download_url: 'https://x/v',
          video_first_frame_download_url: 'https://x/s',
          video_first_frame_width: 16,
          video_first_frame_height: 9,
        }),
      },
      {
        ...none,
        kind: 'VIDEO',
        url: 'https://x/v',
        thumbnailUrl: 'https://x/s',
        name: null,
        byteSize: null,
        width: 16,
        height: 9,
      },
    ],
    [
      'several parts as read',
      {
        type: 10,
        body: encoded({
          multi_msg: [
            { msg_type: 1, callback_content: 'one' },
            { msg_type: 12, callback_content: { download_url: 'https://x/a' } },
            { msg_type: 200, sub_msg_type: 4, callback_content: '{"n":1}' },
            { msg_type: 10, callback_content: {} },
            null,
          ],
        }),
      },
      {
        kind: 'COMPOSITE',
        parts: [
          { kind: 'TEXT', text: 'one', isBarrage: false },
          { ...none, kind: 'FILE', url: 'https://x/a', name: null, byteSize: null },
          { kind: 'CUSTOM', type: '4', data: { n: 1 } },
          { kind: 'UNKNOWN', type: '10' },
        ],
      },
    ],
    [
      'several parts as a server sent them',
      {
        type: 10,
        body: JSON.stringify({
          MultiMsg: [
            { MsgType: 1, Msg: 'one' },
            { MsgType: 13, Msg: '{"Url":"https://x/a"}' },
          ],
        }),
      },
      {
        kind: 'COMPOSITE',
        parts: [
          { kind: 'TEXT', text: 'one', isBarrage: false },
          { ...none, kind: 'AUDIO', url: 'https://x/a', name: null, byteSize: null },
        ],
      },
    ],
    [
      'merged',
      { type: 100, body: encoded({ Title: 'T', Summary: 'S' }) },
      { kind: 'MERGED', title: 'T', summary: 'S', url: null },
    ],
    [
      'custom by number',
      { type: 200, subtype: 4, body: '{"type":"x"}' },
      { kind: 'CUSTOM', type: '4', data: { type: 'x' } },
    ],
    [
      'custom by name',
      { type: 200, subtype: 0, body: '{"type":"order","data":{"id":7}}' },
      { kind: 'CUSTOM', type: 'order', data: { id: 7 } },
    ],
    [
      'custom of others',
      { type: 200, subtype: 0, body: '{"type":"order","price":7}' },
      { kind: 'CUSTOM', type: '0', data: { type: 'order', price: 7 } },
    ],
    [
      'custom text that looks like a number',
      { type: 200, subtype: 4, body: '1.10' },
      { kind: 'CUSTOM', type: '4', data: '1.10' },
    ],
    [
      'custom data in an envelope',
      { type: 200, subtype: 4, body: '{"type":"4","data":7}' },
      { kind: 'CUSTOM', type: '4', data: 7 },
    ],
    [
      'media with pluses for spaces',
      { type: 12, body: '%7B%22download_url%22%3A%22u%22,%22file_name%22%3A%22two+words%2B.txt%22%7D' },
      { ...none, kind: 'FILE', url: 'u', name: 'two words+.txt', byteSize: null },
    ],
    ['custom text', { type: 200, body: 'plain' }, { kind: 'CUSTOM', type: null, data: 'plain' }],
    [
      'recalled',
      { type: 31, body: encoded({ user_id: 'alice', revoke_time: 1, msg_type: 1, payload: 'typo', msg_status: 12 }) },
      { kind: 'RECALLED', recalledById: 'alice', note: 'typo' },
    ],
    ['recalled without a word', { type: 31, body: '' }, { kind: 'RECALLED', recalledById: null, note: null }],
    [
      'notice',
      { type: 32, body: encoded({ type: 3, op_user_info: { user_id: 'bob' } }) },
      {
        kind: 'NOTICE',
        type: 'joined',
        actorId: 'bob',
        text: null,
        data: { type: 3, op_user_info: { user_id: 'bob' } },
      },
    ],
    [
      'a notice of another number',
      { type: 32, body: { type: 99 } },
      { kind: 'NOTICE', type: '99', actorId: null, text: null, data: { type: 99 } },
    ],
    ['an unknown type', { type: 77, body: 'x' }, { kind: 'UNKNOWN', type: '77' }],
    ['no type', { type: undefined, body: 'x' }, { kind: 'UNKNOWN', type: '' }],
  ])('%s', (_, content, expected) => {
    expect(readContent(content)).toEqual(expected);
  });

  const odd = [
    undefined,
    null,
    '',
    '%',
    '%7B',
    '{',
    '[]',
    'null',
    5,
    [],
    { multi_msg: 'x' },
    '{"__proto__":{"url":"x"}}',
    { Origin: null },
  ];
  test.each([1, 2, 10, 11, 12, 13, 14, 20, 31, 32, 100, 200, -1, 1e9])(
    'never throws on odd bodies of type %i',
    (type) => {
      for (const body of odd) expect(readContent({ type, body }).kind).toBeDefined();
    },
  );
});

test('texts are put into places, names of fields are not touched, other places stay', () => {
  const values = [{ key: 'name', value: '$& {who}' }];
  const filled = fillVariables(
    { kind: 'CUSTOM', type: '{name}', data: { '{name}': ['{name}', 1, null, '{who}'] } },
    values,
  );
  expect(filled).toEqual({ kind: 'CUSTOM', type: '{name}', data: { '{name}': ['$& {who}', 1, null, '{who}'] } });
});
