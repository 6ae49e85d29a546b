"""A member that follows a room, read from docs/PROTOCOL.md §6 to §12."""

from bc1 import (
    KeyPackage, Invite, Reader, Refused, Secrets, ZERO32, aes_open, digest, first_transcript, fold, header_mask, hmac,
    initial_hash, member_id, mix, dk, require, signed_by, split_key_package, step, tag, u8, u16, u32, unwrap, v16,
    wrap_label, wrap_tag,
)  # fmt: skip

ADD, REMOVE, ROTATE, PARAMS = 1, 2, 3, 4


class Leaf:
    def __init__(self, rsa, dh, spki, dh_pub):
        self.rsa, self.dh, self.spki, self.dh_pub = rsa, dh, spki, dh_pub


class Context:
    """§6"""

    def __init__(self, reader):
        start = reader.at
        require(reader.take(len(tag("GC"))) == tag("GC") and reader.number(1) == 1, "group context")
        self.suite, self.gid, self.epoch = reader.number(2), reader.take(32), reader.number(4)
        self.params, self.generation = reader.take(16), reader.number(2)
        self.roster_hash, self.commit_hash = reader.take(32), reader.take(32)
        require(reader.since(start) == self.encode(), "group context")

    def encode(self):
        head = tag("GC") + u8(1) + u16(self.suite) + self.gid + u32(self.epoch)
        return head + self.params + u16(self.generation) + self.roster_hash + self.commit_hash


class Entry:
    def __init__(self, idx, role, joined, sig_pub, kph, rid0):
        self.idx, self.role, self.joined, self.sig_pub, self.kph = idx, role, joined, sig_pub, kph
        self.mid = member_id(rid0, sig_pub)

    def encode(self):
        return u16(self.idx) + u8(self.role) + u32(self.joined) + v16(self.sig_pub) + self.kph


def decode_roster(data, rid0):
    reader = Reader(data)
    count = reader.number(2)
    roster = [
        Entry(reader.number(2), reader.number(1), reader.number(4), reader.v(2), reader.take(32), rid0)
        for _ in range(count)
    ]
    reader.end()
    require([each.idx for each in roster] == sorted({each.idx for each in roster}), "roster")
    return roster


def encode_roster(roster):
    return u16(len(roster)) + b"".join(each.encode() for each in roster)


def parse_frame(frame, control):
    """§9; gives epoch, iv and ciphertext."""
    require(hmac(control, tag("ctl") + frame[:-16])[:16] == frame[-16:], "control tag")
    reader = Reader(frame[:-16])
    require(reader.number(1) == 1, "version")
    suite, kind, epoch, sealed = reader.number(2), reader.number(1), reader.number(4), reader.v(4)
    reader.end()
    require(kind == 0x10, "type")
    return suite, epoch, sealed[:12], sealed[12:]


class Member:
    def __init__(self, suite, invite, key_package, leaves, signing=None):
        self.suite, self.invite, self.leaves = suite, invite, leaves
        self.key_package = split_key_package(key_package, invite.join)
        self.signing = signing

    # ---- §10

    def join(self, idx, wrapped, wrap_mac, frame, gid, ephemeral, group_info):
        commit_id = digest(frame)
        _suite, before, _iv, _sealed = parse_frame(frame, self.invite.control)
        require(wrap_tag(self.invite.control, commit_id, idx, wrapped) == wrap_mac, "wrap tag")
        leaf = self.leaves[0]
        label = wrap_label("welcome", gid, before + 1, self.key_package.kph, leaf.spki, leaf.dh_pub)
        joiner = unwrap(leaf, label, ephemeral, wrapped)
        body = aes_open(dk(joiner, "welcome key"), group_info[:12], tag("GI"), group_info[12:])
        reader = Reader(body)
        self.context = Context(reader)
        roster = reader.v(4)
        require(digest(tag("roster") + roster) == self.context.roster_hash, "roster")
        self.rid0, committer, confirm_tag = reader.take(16), reader.number(2), reader.take(32)
        self.anchor, self.transcript = reader.number(4), reader.take(32)
        self.seq, self.history = self.anchor, None
        if self.context.params[0] == 1:
            self.read_history(reader)
        signed = reader.since(0)
        signature = reader.v(2)
        reader.end()
        self.roster = decode_roster(roster, self.rid0)
        signed_by(self.at(committer).sig_pub, "GI", signed, signature)
        require(self.context.gid == gid and self.context.epoch == before + 1, "group info")
        self.self = self.at(idx)
        require(self.self.kph == self.key_package.kph, "own entry")
        self.gid = gid
        self.enter(joiner, self.context, confirm_tag)

    def read_history(self, reader):
        block = Reader(reader.v(3))
        keys = [
            (block.number(4), block.number(4), block.number(2), block.number(4), block.take(32))
            for _ in range(block.number(2))
        ]
        block.end()
        base = (reader.number(4), reader.take(32))
        contexts = {reader.number(4): reader.take(32) for _ in range(reader.number(2))}
        departed = [
            (reader.number(2), reader.number(4), reader.number(4), reader.v(2)) for _ in range(reader.number(2))
        ]
        self.history = (keys, base, contexts, departed)

    def enter(self, joiner, context, confirm_tag):
        """§7"""
        self.context_hash = digest(context.encode())
        self.secrets = Secrets(joiner, self.invite.psk, self.context_hash)
        require(hmac(self.secrets.confirm, context.commit_hash) == confirm_tag, "confirmation tag")
        self.interim = digest(tag("ith") + context.commit_hash + confirm_tag)
        self.context = context
        self.chains = {
            each.idx: (dk(self.secrets.enc, "sender", u16(each.idx) + each.mid), 0) for each in self.roster
        }

    def at(self, idx):
        for each in self.roster:
            if each.idx == idx:
                return each
        raise Refused(f"nobody at {idx}")

    def fold(self, seq, item):
        require(seq == self.seq + 1, "seq")
        self.transcript, self.seq = fold(self.transcript, seq, digest(item)), seq

    # ---- §11

    def read(self, seq, env):
        idx, counter = self.unmask(env)
        chain, following = self.chains[idx]
        require(following <= counter <= following + 512, "counter")
        for at in range(following, counter + 1):
            key, chain = step(chain, at)
        opened = self.open(env, key, idx, counter, self.at(idx), self.context_hash)
        self.chains[idx] = (chain, counter + 1)
        self.fold(seq, env)
        return opened

    def unmask(self, env):
        require(env[0] == 1 and int.from_bytes(env[1:3], "big") == self.suite and env[3] in (0x20, 0x21), "envelope")
        require(int.from_bytes(env[4:8], "big") == self.context.epoch, "epoch")
        mask = header_mask(self.secrets.header, env[14:26], env[-16:])
        clear = bytes(one ^ other for one, other in zip(env[8:14], mask))
        return int.from_bytes(clear[:2], "big"), int.from_bytes(clear[2:], "big")

    def open(self, env, key, idx, counter, sender, context_hash):
        aad = tag("msg") + env[:8] + self.gid + u16(idx) + u32(counter)
        reader = Reader(aes_open(key, env[14:26], aad, env[26:]))
        opened = {"idx": idx, "ctr": counter, "ctype": reader.number(1), "sent_ms": reader.number(8)}
        opened |= {"ttl": reader.number(4), "sctr": reader.number(4), "ku_seq": reader.number(2)}
        opened |= {"seq_ack": reader.number(4)}
        reader.take(16)
        opened["body"] = reader.v(3).hex()
        content = reader.since(0)
        signature = reader.take(64)
        require(not any(reader.rest()), "padding")
        place = u8(1) + u16(self.suite) + self.gid + env[4:8] + context_hash + u16(idx) + sender.mid + u32(counter)
        signed_by(sender.sig_pub, "content", place + content, signature)
        return opened

    def open_past(self, seq, env):
        keys, _base, contexts, departed = self.history
        [(_, epoch, idx, counter, key)] = [each for each in keys if each[0] == seq]
        require(int.from_bytes(env[4:8], "big") == epoch, "epoch")
        present = [each for each in self.roster if each.idx == idx and each.joined <= epoch]
        gone = [
            Entry(idx, 0, joined, sig_pub, b"", self.rid0)
            for place, joined, left, sig_pub in departed
            if place == idx and joined <= epoch < left
        ]
        return self.open(env, key, idx, counter, (present + gone)[0], contexts[epoch])

    # ---- §9

    def follow(self, seq, frame, own_wrap):
        """Gives the link secret of the new invite, when there is one."""
        suite, epoch, iv, sealed = parse_frame(frame, self.invite.control)
        require(suite == self.suite and epoch == self.context.epoch, "epoch")
        full = aes_open(self.secrets.handshake, iv, tag("chdr") + self.gid + u32(epoch), sealed)
        reader = Reader(full)
        require(reader.number(1) == 1 and reader.number(2) == self.suite, "version")
        require(reader.take(32) == self.gid and reader.number(4) == epoch, "group")
        committer, rekey = reader.number(2), reader.number(1) == 2
        require(reader.take(32) == self.interim, "history of commits")
        ops = [self.read_op(reader) for _ in range(reader.number(2))]
        ephemeral = reader.v(2)
        body = reader.since(0)
        confirm_tag = reader.take(32)
        signed = reader.since(0)
        signed_by(self.at(committer).sig_pub, "commit", signed, reader.v(2))
        reader.end()
        secret = self.commit_secret(epoch, committer, ephemeral, digest(frame), own_wrap) if rekey else ZERO32
        context = self.next_context(ops, body)
        joiner = mix(self.secrets.init, secret, "joiner", digest(context.encode()))
        new_link = self.new_invite(ops, epoch + 1, secret)
        self.enter(joiner, context, confirm_tag)
        self.fold(seq, frame)
        if new_link:
            self.previous_control = self.invite.control
            self.invite = Invite.stretched(*new_link)
        return new_link and new_link[0]

    @staticmethod
    def read_op(reader):
        kind = reader.number(1)
        if kind == ADD:
            return (ADD, reader.number(2), reader.v(2))
        if kind == REMOVE:
            return (REMOVE, reader.number(2), reader.number(1))
        if kind == ROTATE:
            return (ROTATE, reader.number(2), reader.take(67))
        require(kind == PARAMS, "op")
        return (PARAMS, reader.take(16))

    def commit_secret(self, epoch, committer, ephemeral, commit_id, own_wrap):
        wrapped, mac = own_wrap
        require(wrap_tag(self.invite.control, commit_id, self.self.idx, wrapped) == mac, "wrap tag")
        sender = self.at(committer).mid
        for leaf in self.leaves:
            label = wrap_label("rekey", self.gid, epoch + 1, sender, leaf.spki, leaf.dh_pub)
            try:
                return unwrap(leaf, label, ephemeral, wrapped)
            except ValueError:
                continue
        raise Refused("no leaf key opens the wrap")

    def next_context(self, ops, body):
        following = Context(Reader(self.context.encode()))
        following.epoch += 1
        for op in ops:
            if op[0] == ADD:
                core = split_key_package(op[2], self.invite.join)
                entry = Entry(op[1], 0, following.epoch, core.sig_pub, core.kph, self.rid0)
                self.roster = sorted([*self.roster, entry], key=lambda each: each.idx)
            elif op[0] == REMOVE:
                self.roster = [each for each in self.roster if each.idx != op[1]]
            elif op[0] == ROTATE:
                following.generation = op[1]
            else:
                following.params = op[1]
        if not any(each.role for each in self.roster):
            min(self.roster, key=lambda each: (each.joined, each.idx)).role = 1
        following.roster_hash = digest(tag("roster") + encode_roster(self.roster))
        following.commit_hash = digest(tag("cth") + self.interim + digest(body))
        return following

    def new_invite(self, ops, epoch, secret):
        for op in ops:
            if op[0] == ROTATE:
                key = mix(self.secrets.init, secret, "rotate", self.gid + u32(epoch))
                opened = aes_open(key, bytes(12), self.gid, op[2])
                return opened[:19], opened[19:]
        return None

    # ---- §8, §9: key updates and complaints

    def check_key_update(self, data):
        reader = Reader(data)
        require(reader.number(1) == 1 and reader.number(2) == self.suite, "version")
        require(reader.take(32) == self.gid, "group")
        idx, number, spki, dh_pub = reader.number(2), reader.number(2), reader.v(2), reader.v(2)
        unsigned = reader.since(0)
        owner = self.at(idx)
        signed_by(owner.sig_pub, "KU", owner.kph + unsigned, reader.v(2))
        reader.end()
        return idx, number, spki, dh_pub

    def check_nack(self, data):
        reader = Reader(data)
        require(reader.number(1) == 1 and reader.number(2) == self.suite and reader.take(32) == self.gid, "complaint")
        epoch, idx, commit_id, code = reader.number(4), reader.number(2), reader.take(32), reader.number(1)
        unsigned = reader.since(0)
        signed_by(self.at(idx).sig_pub, "NACK", unsigned, reader.v(2))
        maced = reader.since(0)
        require(hmac(self.invite.control, tag("nack mac") + maced)[:16] == reader.take(16), "MAC of the complaint")
        reader.end()
        return {"idx": idx, "epoch": epoch, "commit_id": commit_id.hex(), "code": ["UNWRAP", "CONFIRM", "FORMAT"][code - 1]}
