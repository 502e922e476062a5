package io.jarvix.contracts;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/// Which addresses belong to the public internet, so that a server may be asked to fetch from them
/// on behalf of a stranger. Everything else is private, special or a disguise of such an address:
/// IANA's special-purpose registries (RFC 6890 and its successors) for IPv4 and IPv6, multicast,
/// the metadata services of clouds, and each IPv6 form that carries an IPv4 address. Pure; safe
/// from any thread.
public final class PublicAddress {

    private record Range(Cidr block, String name) {}

    private static final List<Range> SPECIAL_V4 =
            List.of(
                    range("0.0.0.0/8", "this network"),
                    range("10.0.0.0/8", "private use"),
                    range("100.64.0.0/10", "shared address space"),
                    range("127.0.0.0/8", "loopback"),
                    range("168.63.129.16/32", "cloud platform service"),
                    range("169.254.0.0/16", "link-local, cloud metadata"),
                    range("172.16.0.0/12", "private use"),
                    range("192.0.0.0/24", "IETF protocol assignments"),
                    range("192.0.2.0/24", "documentation"),
                    range("192.31.196.0/24", "AS112"),
                    range("192.52.193.0/24", "AMT"),
                    range("192.88.99.0/24", "6to4 relay"),
                    range("192.168.0.0/16", "private use"),
                    range("192.175.48.0/24", "AS112"),
                    range("198.18.0.0/15", "benchmarking"),
                    range("198.51.100.0/24", "documentation"),
                    range("203.0.113.0/24", "documentation"),
                    range("224.0.0.0/4", "multicast"),
                    range("240.0.0.0/4", "reserved"));

    /// Within 2000::/3 only: what is outside of it is not public at all, but for NAT64.
    private static final List<Range> SPECIAL_V6 =
            List.of(
                    range("2001::/32", "Teredo tunnel"),
                    range("2001::/23", "IETF protocol assignments"),
                    range("2001:db8::/32", "documentation"),
                    range("2002::/16", "6to4 tunnel"),
                    range("2620:4f:8000::/48", "AS112"),
                    range("3fff::/20", "documentation"));

    private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");
    private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
    private static final Cidr COMPATIBLE = Cidr.parse("::/96");
    private static final Cidr TRANSLATED = Cidr.parse("::ffff:0:0:0/96");

    private PublicAddress() {}

    /// Why the address is not public, in words for a person; empty where it is public.
    public static Optional<String> objectionTo(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return named(SPECIAL_V4, address);
        }
        if (isMapped(bytes)) {
            return embedded("IPv4-mapped", bytes, 12);
        }
        if (NAT64.contains(address)) {
            return embedded("NAT64", bytes, 12);
        }
        if (!GLOBAL_UNICAST.contains(address)) {
            return Optional.of(nameOutsideGlobalUnicast(address));
        }
        Optional<String> special = named(SPECIAL_V6, address);
        return special.isEmpty() && isIsatap(bytes) ? embedded("ISATAP", bytes, 12) : special;
    }

    private static Optional<String> named(List<Range> ranges, InetAddress address) {
        for (Range range : ranges) {
            if (range.block().contains(address)) {
                return Optional.of(range.name() + " (" + range.block() + ")");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> embedded(String form, byte[] bytes, int offset) {
        InetAddress inner = v4At(bytes, offset);
        return objectionTo(inner)
                .map(why -> form + " form of " + inner.getHostAddress() + ", " + why);
    }

    private static String nameOutsideGlobalUnicast(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return "loopback (::1/128)";
        }
        if (address.isAnyLocalAddress()) {
            return "unspecified (::/128)";
        }
        if (address.isMulticastAddress()) {
            return "multicast (ff00::/8)";
        }
        if (address.isLinkLocalAddress()) {
            return "link-local (fe80::/10)";
        }
        if ((address.getAddress()[0] & 0xFE) == 0xFC) {
            return "unique local (fc00::/7)";
        }
        if (COMPATIBLE.contains(address) || TRANSLATED.contains(address)) {
            return "IPv4 in a retired IPv6 form";
        }
        return "outside of global unicast (2000::/3)";
    }

    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }

    /// RFC 5214, section 6.1: the interface identifier is `[02]00:5efe:` and the IPv4 address.
    private static boolean isIsatap(byte[] bytes) {
        return (bytes[8] & 0xFD) == 0
                && bytes[9] == 0
                && bytes[10] == 0x5E
                && (bytes[11] & 0xFF) == 0xFE;
    }

    private static InetAddress v4At(byte[] bytes, int offset) {
        try {
            return Inet4Address.getByAddress(
                    new byte[] {
                        bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]
                    });
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static Range range(String block, String name) {
        return new Range(Cidr.parse(block), name);
    }
}
