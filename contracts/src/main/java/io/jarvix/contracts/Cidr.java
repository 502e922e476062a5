package io.jarvix.contracts;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// A block of IP addresses, as `10.0.0.0/8`, `fc00::/7`, or one address without a prefix length.
///
/// @param network the block's first address; its host bits are zero
/// @param prefixLength how many leading bits an address shares with `network`
public record Cidr(InetAddress network, int prefixLength) {

    public Cidr {
        int bits = network.getAddress().length * 8;
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException(
                    "a prefix length of 0 to " + bits + ": " + prefixLength);
        }
        network = masked(network, prefixLength);
    }

    /// Reads a block.
    ///
    /// @throws IllegalArgumentException where it is none; the text says what was read
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            InetAddress network = literal(address.strip());
            int length =
                    slash < 0
                            ? network.getAddress().length * 8
                            : Integer.parseInt(text.substring(slash + 1).strip());
            return new Cidr(network, length);
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a CIDR block: " + text, e);
        }
    }

    /// Whether the address is one of the block; never of the other IP version.
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int whole = prefixLength / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != other[i]) {
                return false;
            }
        }
        int rest = prefixLength % 8;
        return rest == 0 || ((mine[whole] ^ other[whole]) & 0xFF & (0xFF00 >> rest)) == 0;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixLength;
    }

    /// Never asks a name server: only the characters of literals are let through.
    private static InetAddress literal(String text) throws UnknownHostException {
        boolean v6 = text.indexOf(':') >= 0;
        String allowed = v6 ? "0123456789abcdefABCDEF:." : "0123456789.";
        for (int i = 0; i < text.length(); i++) {
            if (allowed.indexOf(text.charAt(i)) < 0) {
                throw new IllegalArgumentException("not an address: " + text);
            }
        }
        if (!v6 && text.chars().filter(c -> c == '.').count() != 3) {
            throw new IllegalArgumentException("not an IPv4 address: " + text);
        }
        return InetAddress.getByName(text);
    }

    private static InetAddress masked(InetAddress address, int prefixLength) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(prefixLength - i * 8L, 0, 8);
            bytes[i] = (byte) (bytes[i] & (0xFF00 >> kept));
        }
        try {
            return bytes.length == 4
                    ? Inet4Address.getByAddress(bytes)
                    : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the length is that of an address", e);
        }
    }
}
