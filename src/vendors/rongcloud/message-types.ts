import type { MessageStanding } from '../../domain/message.ts';
import { ownOf } from '../../net/keyed.ts';

/** Delivered, and neither stored nor counted. */
const signal: MessageStanding = { isStored: false, isCounted: false };
/** Stored and shown, and not counted as unread. */
const notice: MessageStanding = { isCounted: false };

/**
 * The built-in types that are not stored and counted both (docs.rongcloud.cn, message type overview; the vendor's own
 * `RCKMessageCountedPolicy` of pub.dev/packages/rongcloud_im_kit has the same). All others are, those of apps too.
 */
const standings: Readonly<Record<string, MessageStanding>> = {
  'RC:CmdMsg': signal,
  'RC:TypSts': signal,
  'RC:ReadNtf': signal,
  'RC:RRReqMsg': signal,
  'RC:RRRspMsg': signal,
  'RC:MsgExMsg': signal,
  'RC:chrmKVNotiMsg': signal,
  'RC:CmdNtf': notice,
  'RC:InfoNtf': notice,
  'RC:GrpNtf': notice,
  'RC:ContactNtf': notice,
  'RC:ProfileNtf': notice,
  'RC:DizNtf': notice,
  'RC:RcNtf': notice,
};

/** What the vendor does with messages of a type. */
export const standingOf = (type: string): MessageStanding => ownOf(standings, type) ?? {};
