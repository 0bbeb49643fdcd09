import { describe, expect, test } from 'vitest';
import type { Content, OutgoingContent } from '../../src/domain/content.ts';
import { AppError } from '../../src/errors.ts';
import { wireContent } from '../../src/vendors/rongcloud/content.ts';
import { readContent, readMentions, readMetadata } from '../../src/vendors/rongcloud/read-content.ts';

const read = (type: string, body: object): Content => readContent(type, JSON.stringify(body));

describe('content that is sent comes back as it was', () => {
  const url = 'https://cdn.example/file';
  const sent: readonly [string, OutgoingContent, object][] = [
    ['RC:TxtMsg', { kind: 'TEXT', text: 'hi', isBarrage: false }, {}],
    [
      'RC:ImgMsg',
      {
        kind: 'IMAGE',
        url,
        thumbnailUrl: 'data:image/jpeg;base64,AAAA',
        name: 'a.jpg',
        byteSize: 7,
        width: 3,
        height: 4,
      },
      {},
    ],
    ['RC:ImgMsg', { kind: 'IMAGE', url, thumbnailUrl: 'https://cdn.example/small' }, {}],
    ['RC:HQVCMsg', { kind: 'AUDIO', url, name: 'a.aac', byteSize: 9, durationSeconds: 12 }, {}],
    ['RC:SightMsg', { kind: 'VIDEO', url, name: 'a.mp4', byteSize: 9, durationSeconds: 12 }, {}],
    ['RC:FileMsg', { kind: 'FILE', url, name: 'a.pdf', byteSize: 9, contentType: 'application/pdf' }, {}],
    ['RC:LBSMsg', { kind: 'LOCATION', latitude: 59.9, longitude: -10.7, name: 'Oslo' }, {}],
    ['RC:CmdMsg', { kind: 'COMMAND', name: 'ring', data: { times: 3 } }, {}],
    ['app:gift', { kind: 'CUSTOM', type: 'app:gift', data: { rose: 1 } }, {}],
    ['RC:CmdMsg', { kind: 'COMMAND', name: 'ring', data: '1.10' }, {}],
    ['RC:CmdMsg', { kind: 'COMMAND', name: 'ring', data: 7 }, {}],
    ['app:gift', { kind: 'CUSTOM', type: 'app:gift', data: 'rose' }, {}],
    ['app:gift', { kind: 'CUSTOM', type: 'app:gift', data: '13800138000' }, {}],
    ['app:gift', { kind: 'CUSTOM', type: 'app:gift', data: '{"a":1}' }, {}],
    ['app:gift', { kind: 'CUSTOM', type: 'app:gift', data: '' }, {}],
    ['app:gift', { kind: 'CUSTOM', type: 'app:gift', data: null }, {}],
    ['app:gift', { kind: 'CUSTOM', type: 'app:gift', data: 7 }, {}],
    ['app:gift', { kind: 'CUSTOM', type: 'app:gift', data: { extra: 'x', mentionedInfo: 1 } }, {}],
    ['app:gift', { kind: 'CUSTOM', type: 'app:gift', data: { type: 'app:gift', data: 1 } }, {}],
    ['app:gift', { kind: 'CUSTOM', type: 'app:gift', data: { type: 'rose', data: 1 } }, {}],
  ];

  test.each(sent)('%s', (objectName, content) => {
    const wire = wireContent(content);
    expect(wire.objectName).toBe(objectName);
    expect(readContent(wire.objectName, wire.content)).toMatchObject(
      content.kind === 'CUSTOM' ? { ...content } : Object.fromEntries(Object.entries(content)),
    );
  });

  test('with a small picture as bare base64 in the vendor’s field', () => {
    const wire = wireContent({ kind: 'IMAGE', url, thumbnailUrl: 'data:image/png;base64,AAAA' });
    expect(JSON.parse(wire.content)).toEqual({ imageUri: url, content: 'AAAA' });
  });

  test('with the file’s ending for its type where no media type is known', () => {
    const wire = wireContent({ kind: 'FILE', url, name: 'a.b.pdf' });
    expect(JSON.parse(wire.content)).toEqual({ fileUrl: url, name: 'a.b.pdf', type: 'pdf' });
    expect(readContent('RC:FileMsg', wire.content)).toMatchObject({ contentType: null });
  });
});

describe('every type of the catalogue is read', () => {
  const cases: readonly [string, object, object][] = [
    ['RC:GIFMsg', { remoteUrl: 'u', gifDataSize: 9, width: 1, height: 2 }, { kind: 'IMAGE', url: 'u', byteSize: 9 }],
    ['RC:VcMsg', { content: 'QUFB', duration: 3 }, { kind: 'AUDIO', url: 'data:audio/amr;base64,QUFB' }],
    ['RC:FileMsg', { fileUrl: 'u', size: '12', type: 'pdf' }, { kind: 'FILE', byteSize: 12, contentType: null }],
    [
      'RC:ImgTextMsg',
      { title: 't', content: 'c', imageUri: 'i', url: 'u' },
      { kind: 'LINK', title: 't', text: 'c', imageUrl: 'i', url: 'u' },
    ],
    [
      'RC:ReferenceMsg',
      { content: 'yes', referMsgUserId: 'bob', objName: 'RC:TxtMsg', referMsg: { content: 'coming?' } },
      { kind: 'REPLY', text: 'yes', quotedSenderId: 'bob', quoted: { kind: 'TEXT', text: 'coming?' } },
    ],
    [
      'RC:CombineMsg',
      { remoteUrl: 'u', nameList: ['a', 'b'], summaryList: ['a: hi'] },
      { kind: 'MERGED', url: 'u', title: 'a\nb', summary: 'a: hi' },
    ],
    ['RC:StreamMsg', { content: 'so far', complete: false }, { kind: 'STREAM', format: 'PLAIN', isComplete: false }],
    ['RC:StreamMsg', { content: '#', type: 'markdown', complete: true }, { format: 'MARKDOWN', isComplete: true }],
    ['RC:InfoNtf', { message: 'hello' }, { kind: 'NOTICE', type: 'RC:InfoNtf', text: 'hello' }],
    [
      'RC:GrpNtf',
      { operatorUserId: 'bob', operation: 'Rename', data: '{"name":"x"}', message: 'm' },
      { kind: 'NOTICE', type: 'Rename', actorId: 'bob', text: 'm', data: { name: 'x' } },
    ],
    ['RC:ContactNtf', { operation: 'Request', sourceUserId: 'bob' }, { kind: 'NOTICE', actorId: 'bob' }],
    ['RC:ProfileNtf', { operation: 'Update', data: 'x' }, { kind: 'NOTICE', type: 'Update', data: 'x' }],
    [
      'RC:chrmKVNotiMsg',
      { type: 1, key: 'k', value: 'v' },
      { kind: 'NOTICE', data: { type: 1, key: 'k', value: 'v' } },
    ],
    ['RC:DizNtf', { type: 1 }, { kind: 'NOTICE' }],
    ['RC:CmdNtf', { name: 'ring', data: '{"a":1}' }, { kind: 'COMMAND', name: 'ring', data: { a: 1 } }],
    ['RC:RcCmd', { messageUId: 'A', extra: 'rude' }, { kind: 'RECALLED', note: 'rude' }],
    ['RC:RcNtf', { operatorId: 'bob', recallContent: 'n' }, { kind: 'RECALLED', recalledById: 'bob', note: 'n' }],
    ...['TypSts', 'ReadNtf', 'RRReqMsg', 'RRRspMsg', 'SRSMsg', 'MsgExMsg', 'VCInvite'].map(
      (type): [string, object, object] => [
        `RC:${type}`,
        { a: 1 },
        { kind: 'COMMAND', name: `RC:${type}`, data: { a: 1 } },
      ],
    ),
    ['RC:NewThing', { a: 1 }, { kind: 'UNKNOWN', type: 'RC:NewThing' }],
    ['app:poll', { a: 1 }, { kind: 'CUSTOM', type: 'app:poll', data: { a: 1 } }],
  ];

  test.each(cases)('%s %j', (type, body, expected) => {
    expect(read(type, body)).toMatchObject(expected);
  });
});

describe('odd content never throws', () => {
  const types = [
    'RC:TxtMsg',
    'RC:ImgMsg',
    'RC:LBSMsg',
    'RC:ReferenceMsg',
    'RC:CombineMsg',
    'RC:StreamMsg',
    'RC:GrpNtf',
  ];
  const odd = [
    '',
    'null',
    '[]',
    '7',
    '"x"',
    '{',
    '{"content":{"a":[]},"latitude":"x","nameList":7}',
    undefined,
    null,
    7,
  ];

  test.each(types)('%s', (type) => {
    for (const content of odd) expect(readContent(type, content).kind).not.toBe('UNKNOWN');
  });

  test('nor do names of every object', () => {
    expect(readContent('constructor', '{}')).toMatchObject({ kind: 'CUSTOM' });
    expect(readContent('__proto__', '{"__proto__":{"x":1}}')).toMatchObject({ kind: 'CUSTOM' });
    expect(readContent('', '{}')).toEqual({ kind: 'UNKNOWN', type: '' });
  });

  test('nor do quotes in quotes without end', () => {
    let content: object = { content: 'first' };
    for (let depth = 0; depth < 50; depth += 1)
      content = { content: 'x', objName: 'RC:ReferenceMsg', referMsg: content };
    expect(JSON.stringify(readContent('RC:ReferenceMsg', content))).toContain('UNKNOWN');
  });
});

describe('beside the content', () => {
  test('mentions go inside it, and are read again', () => {
    const some = wireContent(
      { kind: 'TEXT', text: 'hi', isBarrage: false },
      { mentions: { everyone: false, userIds: ['bob'] } },
    );
    expect(JSON.parse(some.content)).toEqual({ content: 'hi', mentionedInfo: { type: 2, userIdList: ['bob'] } });
    expect(readMentions(some.content)).toEqual({ everyone: false, userIds: ['bob'] });
    const all = wireContent(
      { kind: 'TEXT', text: 'hi', isBarrage: false },
      { mentions: { everyone: true, userIds: [] } },
    );
    expect(readMentions(all.content)).toEqual({ everyone: true, userIds: [] });
    expect(readMentions('{}')).toBeNull();
  });

  test('is no part of custom content', () => {
    const mentions = { everyone: false, userIds: ['bob'] };
    for (const data of [{ a: '1' }, { extra: 'own' }, null]) {
      const wire = wireContent({ kind: 'CUSTOM', type: 'app:x', data }, { metadata: { b: '2' }, mentions });
      expect(readContent('app:x', wire.content)).toEqual({ kind: 'CUSTOM', type: 'app:x', data });
      expect(readMetadata(wire.content)).toEqual({ b: '2' });
      expect(readMentions(wire.content)).toEqual(mentions);
    }
  });

  test("data of the app's own is the content itself wherever it can be, as the vendor's clients expect", () => {
    const contentOf = (data: unknown) => wireContent({ kind: 'CUSTOM', type: 'app:x', data }).content;
    expect(contentOf({ type: 'rose', data: 1 })).toBe('{"type":"rose","data":1}');
    expect(contentOf('rose')).toBe('rose');
    expect(contentOf([1])).toBe('[1]');
    expect(contentOf(undefined)).toBe('{"type":"app:x","data":null}');
  });

  test('what other SDKs write is read the same: an extra that is a text or an object, beside data of any type', () => {
    expect(readMetadata('{"content":"hi","extra":"13800138000"}')).toBe('13800138000');
    expect(readMetadata('{"content":"hi","extra":""}')).toBeNull();
    expect(readMetadata('{"content":"hi","extra":{"id":1724442618569203714}}')).toEqual({ id: '1724442618569203714' });
    const custom = '{"rose":1,"user":{"id":"bob"},"extra":"{\\"id\\":1724442618569203714}"}';
    expect(readMetadata(custom)).toEqual({ id: '1724442618569203714' });
    expect(readContent('app:x', custom)).toMatchObject({ data: { rose: 1, user: { id: 'bob' } } });
    expect(readContent('app:x', '1.10')).toMatchObject({ data: '1.10' });
    expect(readContent('RC:CmdMsg', '{"name":"ring","data":"1.10"}')).toMatchObject({ data: '1.10' });
  });

  test('a command without data has none to any reader', () => {
    const wire = wireContent({ kind: 'COMMAND', name: 'ring' });
    expect(JSON.parse(wire.content)).toEqual({ name: 'ring', data: '' });
    expect(readContent('RC:CmdMsg', wire.content)).toEqual({ kind: 'COMMAND', name: 'ring', data: null });
  });

  test.each([7, true])('metadata %j alone is refused, since it would be read as a text', (metadata) => {
    const write = () => wireContent({ kind: 'TEXT', text: 'hi', isBarrage: false }, { metadata });
    expect(write).toThrow(expect.objectContaining({ code: 'NOT_SUPPORTED', details: { input: 'input.metadata' } }));
  });

  test.each([[{ a: 1 }], ['plain words'], ['7'], ['1.10'], ['"x"'], [[1]]])(
    'metadata %j is the extra text, and is read again',
    (metadata) => {
      const wire = wireContent({ kind: 'TEXT', text: 'hi', isBarrage: false }, { metadata });
      const { extra } = JSON.parse(wire.content);
      expect(extra).toBe(typeof metadata === 'string' ? metadata : JSON.stringify(metadata));
      expect(readMetadata(wire.content)).toEqual(metadata);
    },
  );
});

describe('refused before anything is sent', () => {
  test.each([
    [
      'a barrage',
      { kind: 'TEXT', text: 'x', isBarrage: true } as const,
      'NOT_SUPPORTED',
      'input.content.text.isBarrage',
    ],
    [
      'a text to be searched by',
      { kind: 'CUSTOM', type: 'app:x', searchText: 'x' } as const,
      'NOT_SUPPORTED',
      'input.content.custom.searchText',
    ],
    [
      'a type of the vendor’s',
      { kind: 'CUSTOM', type: 'RC:x' } as const,
      'BAD_USER_INPUT',
      'input.content.custom.type',
    ],
  ])('%s', (_, content, code, input) => {
    expect(() => wireContent(content)).toThrow(expect.objectContaining({ code, details: { input } }));
  });

  test('metadata beside content that is no object', () => {
    const send = () => wireContent({ kind: 'CUSTOM', type: 'app:x', data: 'rose' }, { metadata: { a: 1 } });
    expect(send).toThrow(AppError);
  });
});
