import type { ClientMessage } from '../../../emulator/vendor.ts';

/** The built-in types (catalogue: messageTypes). Whatever else begins with `RC:` is refused: custom types may not. */
export const builtInTypes: ReadonlySet<string> = new Set(
  [
    ...[
      'TxtMsg',
      'ImgMsg',
      'GIFMsg',
      'VcMsg',
      'HQVCMsg',
      'FileMsg',
      'SightMsg',
      'LBSMsg',
      'ImgTextMsg',
      'ReferenceMsg',
    ],
    ...[
      'CombineMsg',
      'StreamMsg',
      'InfoNtf',
      'GrpNtf',
      'ContactNtf',
      'ProfileNtf',
      'CmdNtf',
      'CmdMsg',
      'RcCmd',
      'RcNtf',
    ],
    ...['ReadNtf', 'RRReqMsg', 'RRRspMsg', 'SRSMsg', 'TypSts', 'chrmKVNotiMsg', 'MsgExMsg', 'DizNtf'],
    ...['VCInvite', 'VCAccept', 'VCRinging', 'VCHangup', 'VCModifyMedia', 'VCModifyMem'],
  ].map((name) => `RC:${name}`),
);

/** Types that are delivered and not kept. */
export const unstoredTypes: ReadonlySet<string> = new Set(
  ['CmdMsg', 'TypSts', 'ReadNtf', 'SRSMsg', 'RRReqMsg', 'RRRspMsg', 'MsgExMsg'].map((name) => `RC:${name}`),
);

export interface VendorContent {
  readonly type: string;
  /** The text of `content` on the wire. */
  readonly content: string;
}

type Neutral = ClientMessage['content'];

const textOf = (content: Neutral, name: string) => (content[name] === undefined ? '' : String(content[name]));
const numberOf = (content: Neutral, name: string) => Number(content[name] ?? 0);

/** Neutral content as the vendor's clients send it; thumbnails stay empty, as clients put base64 there and not a URL. */
const makers: Readonly<Record<string, (content: Neutral) => readonly [string, Readonly<Record<string, unknown>>]>> = {
  TEXT: (content) => ['RC:TxtMsg', { content: textOf(content, 'text') }],
  IMAGE: (content) => ['RC:ImgMsg', { content: '', imageUri: textOf(content, 'url') }],
  AUDIO: (content) => [
    'RC:HQVCMsg',
    {
      name: textOf(content, 'name'),
      remoteUrl: textOf(content, 'url'),
      duration: numberOf(content, 'durationSeconds'),
    },
  ],
  VIDEO: (content) => [
    'RC:SightMsg',
    {
      sightUrl: textOf(content, 'url'),
      content: '',
      duration: numberOf(content, 'durationSeconds'),
      size: numberOf(content, 'byteSize'),
      name: textOf(content, 'name'),
    },
  ],
  FILE: (content) => {
    const name = textOf(content, 'name');
    const type = name.includes('.') ? (name.split('.').at(-1) ?? '') : '';
    return ['RC:FileMsg', { name, size: numberOf(content, 'byteSize'), type, fileUrl: textOf(content, 'url') }];
  },
  LOCATION: (content) => [
    'RC:LBSMsg',
    {
      content: '',
      latitude: numberOf(content, 'latitude'),
      longitude: numberOf(content, 'longitude'),
      poi: textOf(content, 'name'),
    },
  ],
  COMMAND: (content) => [
    'RC:CmdMsg',
    {
      name: textOf(content, 'name'),
      data:
        typeof content['data'] === 'string'
          ? content['data']
          : content['data'] === undefined
            ? ''
            : JSON.stringify(content['data']),
    },
  ],
};

/** Turns what a client says into type and content. Throws on a kind that there is none for. */
export function vendorContent(content: Neutral): VendorContent {
  const kind = textOf(content, 'kind');
  if (kind === '' || kind === 'CUSTOM') {
    const body = content[kind === '' ? 'body' : 'data'] ?? {};
    return { type: textOf(content, 'type'), content: typeof body === 'string' ? body : JSON.stringify(body) };
  }
  const maker = makers[kind];
  if (!maker) throw new Error(`no message of the kind ${kind}`);
  const [type, fields] = maker(content);
  const extra = content['extra'];
  return {
    type,
    content: JSON.stringify({
      ...fields,
      ...(extra !== undefined && { extra: typeof extra === 'string' ? extra : JSON.stringify(extra) }),
    }),
  };
}
