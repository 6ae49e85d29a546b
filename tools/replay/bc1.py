"""BC/1 from docs/PROTOCOL.md alone: no line of this comes from the TypeScript code. Numbers of sections are that page's."""

import hashlib
import hmac as hmac_module

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ZERO32 = bytes(32)
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RSA_PREFIX = bytes.fromhex("30820122300d06092a864886f70d01010105000382010f003082010a0282010100")


class Refused(Exception):
    """What a client of BC/1 would refuse."""


def require(condition, why):
    if not condition:
        raise Refused(why)


# ---- §1 conventions


def u8(value):
    return value.to_bytes(1, "big")


def u16(value):
    return value.to_bytes(2, "big")


def u32(value):
    return value.to_bytes(4, "big")


def u64(value):
    return value.to_bytes(8, "big")


def v16(data):
    return u16(len(data)) + data


def tag(label):
    return b"BC1 " + label.encode() + b"\0"


def digest(data):
    return hashlib.sha256(data).digest()


def hmac(key, data):
    return hmac_module.new(key, data, hashlib.sha256).digest()


def info(label, context, length):
    name = b"BC1 " + label.encode()
    return u16(length) + u8(len(name)) + name + v16(context)


def dk(secret, label, context=b"", length=32):
    return HKDF(hashes.SHA256(), length, b"", info(label, context, length)).derive(secret)


def mix(salt, ikm, label, context=b"", length=32):
    return HKDF(hashes.SHA256(), length, salt, info(label, context, length)).derive(ikm)


class Reader:
    """Refuses short input, and with `end` what is left over."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, length):
        require(self.at + length <= len(self.data), "short input")
        self.at += length
        return self.data[self.at - length : self.at]

    def number(self, width):
        return int.from_bytes(self.take(width), "big")

    def v(self, width):
        return self.take(self.number(width))

    def rest(self):
        return self.take(len(self.data) - self.at)

    def since(self, start):
        return self.data[start : self.at]

    def end(self):
        require(self.at == len(self.data), "trailing bytes")


# ---- §2 primitives


def aes_open(key, iv, aad, sealed):
    return AESGCM(key).decrypt(iv, sealed, aad)


def signed_by(point, label, data, signature):
    require(len(signature) == 64, "a signature has 64 bytes")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        key.verify(utils.encode_dss_signature(r, s), tag(label) + data, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Refused(f"not signed: {label}") from None


def private_key(pkcs8):
    return serialization.load_der_private_key(pkcs8, None)


def rsa_open(key, label, wrapped):
    return key.decrypt(wrapped, padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), label))


def ecdh(key, point):
    return key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))


# ---- §3, §4 invite


def encode_code(link_secret):
    number = int.from_bytes(link_secret + digest(tag("code") + link_secret)[:1], "big")
    return "".join(CROCKFORD[(number >> (5 * at)) & 31] for at in reversed(range(32)))


class Invite:
    def __init__(self, link_secret, password=None, iterations=0):
        self.rid = dk(link_secret, "room id", b"", 16)
        pwk = ZERO32
        if password is not None:
            salt = dk(link_secret, "pw salt", self.rid)
            pwk = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, iterations, 32)
        self._derive(link_secret, pwk)

    @classmethod
    def stretched(cls, link_secret, pwk):
        invite = cls.__new__(cls)
        invite.rid = dk(link_secret, "room id", b"", 16)
        invite._derive(link_secret, pwk)
        return invite

    def _derive(self, link_secret, pwk):
        self.root = mix(pwk, link_secret, "root", self.rid)
        self.gate = dk(self.root, "gate", self.rid)
        self.join = dk(self.root, "join mac", self.rid)
        self.control = dk(self.root, "control mac", self.rid)
        self.psk = dk(self.root, "epoch psk", self.rid)


# ---- §5 key package


class KeyPackage:
    def __init__(self, core):
        reader = Reader(core)
        require(reader.number(1) == 1, "version")
        self.suite, self.rid, self.generation = reader.number(2), reader.take(16), reader.number(2)
        self.created, _nonce = reader.number(8), reader.take(16)
        self.sig_pub, self.spki, self.dh_pub = reader.v(2), reader.v(2), reader.v(2)
        unsigned = reader.since(0)
        signed_by(self.sig_pub, "KP", unsigned, reader.v(2))
        reader.end()
        require(len(self.spki) == 294 and self.spki.startswith(RSA_PREFIX), "RSA key")
        require(self.spki[33] & 128 and self.spki[-6] & 1 and self.spki[-5:] == b"\x02\x03\x01\x00\x01", "RSA key")
        require(len(self.dh_pub) == (65 if self.suite == 2 else 0), "ECDH key")
        self.kph = digest(core)


def split_key_package(data, join_key):
    require(hmac(join_key, tag("KPMAC") + data[:-32]) == data[-32:], "MAC of the key package")
    return KeyPackage(data[:-32])


def member_id(rid0, sig_pub):
    return digest(tag("mid") + rid0 + sig_pub)[:16]


# ---- §7 key schedule


def initial_hash(gid):
    return digest(tag("ith0") + gid)


class Secrets:
    NAMES = ("enc", "header", "handshake", "confirm", "authenticator", "init")

    def __init__(self, joiner, psk, context_hash):
        self.epoch = mix(joiner, psk, "epoch", context_hash)
        for name in self.NAMES:
            setattr(self, name, dk(self.epoch, name))


def step(chain, counter):
    okm = dk(chain, "step", u32(counter), 64)
    return okm[:32], okm[32:]


# ---- §8 wraps


def wrap_label(kind, gid, epoch, sender, spki, dh_pub):
    return digest(tag("wrap " + kind) + gid + u32(epoch) + sender + v16(spki) + v16(dh_pub))


def unwrap(leaf, label, ephemeral, wrapped):
    """`leaf`: private RSA and ECDH key, and their public halves."""
    first = rsa_open(leaf.rsa, label, wrapped[:256])
    if leaf.dh is None:
        return first
    kek = mix(ecdh(leaf.dh, ephemeral), first, "kek", label + ephemeral)
    return aes_open(kek, bytes(12), label, wrapped[256:])


def wrap_tag(control, commit_id, idx, wrapped):
    return hmac(control, tag("wt") + commit_id + u16(idx) + wrapped)[:16]


# ---- §11, §12 messages and transcript


def header_mask(header, iv, last16):
    return hmac(header, tag("hp") + iv + last16)[:6]


def first_transcript(gid):
    return digest(tag("T") + gid)


def fold(transcript, seq, item_hash):
    return digest(transcript + u32(seq) + item_hash)
