package io.jarvix.contracts;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The host of a URL in its one spelling (WHATWG URL Standard, section 3.5): a domain in ASCII, an
/// IPv4 address in four decimal parts however it was disguised, or an IPv6 address in brackets (RFC
/// 5952). Pure.
///
/// A dot at the end is left out: with and without it, it is one host. Domains are mapped as UTS #46
/// non-transitional processing maps them (compatibility forms and upper case away, `ß` and `ς`
/// kept), by the Java runtime's Unicode data.
final class HostName {

    private static final int MAX_DOMAIN = 253;
    private static final int MAX_LABEL = 63;
    private static final String FORBIDDEN = " #%/:<>?@[\\]^|\"`{}";

    private HostName() {}

    /// The spelling; empty where the text is no host.
    static Optional<String> canonical(String written) {
        if (written.startsWith("[")) {
            return written.endsWith("]")
                    ? Ipv6Text.canonical(written.substring(1, written.length() - 1))
                            .map(address -> "[" + address + "]")
                    : Optional.empty();
        }
        return percentDecoded(written).flatMap(HostName::domain).flatMap(HostName::orAddress);
    }

    private static Optional<String> orAddress(String domain) {
        return endsInNumber(domain) ? ipv4(domain) : Optional.of(domain);
    }

    private static Optional<String> domain(String text) {
        String mapped = mapped(text);
        if (!mapped(mapped).equals(mapped)) {
            return Optional.empty();
        }
        List<String> ascii = new ArrayList<>();
        for (String label : mapped.split("\\.", -1)) {
            Optional<String> one = label(label);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            ascii.add(one.get());
        }
        String domain = String.join(".", ascii);
        String bare = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        boolean valid =
                !bare.isEmpty()
                        && bare.length() <= MAX_DOMAIN
                        && !bare.startsWith(".")
                        && !bare.endsWith(".")
                        && !bare.contains("..");
        return valid ? Optional.of(bare) : Optional.empty();
    }

    /// Without what is ignored, and with each full stop as a dot.
    private static String mapped(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> !isIgnored(c))
                .map(c -> c == 0x3002 || c == 0xFF0E || c == 0xFF61 ? '.' : c)
                .forEach(kept::appendCodePoint);
        String compatible = Normalizer.normalize(kept, Normalizer.Form.NFKC);
        return Normalizer.normalize(
                compatible.toLowerCase(Locale.ROOT).replace("ẞ", "ß"), Normalizer.Form.NFKC);
    }

    private static boolean isIgnored(int c) {
        return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF || c >= 0xFE00 && c <= 0xFE0F;
    }

    private static Optional<String> label(String label) {
        if (label.codePointCount(0, label.length()) > MAX_LABEL) {
            return Optional.empty();
        }
        boolean ascii = true;
        for (int i = 0; i < label.length(); ) {
            int c = label.codePointAt(i);
            if (!isAllowed(c)) {
                return Optional.empty();
            }
            ascii &= c < 0x80;
            i += Character.charCount(c);
        }
        if (!ascii) {
            String encoded = "xn--" + Punycode.encode(label);
            return isMark(label.codePointAt(0)) || encoded.length() > MAX_LABEL
                    ? Optional.empty()
                    : Optional.of(encoded);
        }
        return label.startsWith("xn--") && !isEncoding(label)
                ? Optional.empty()
                : Optional.of(label);
    }

    /// An `xn--` label must be the encoding of something that needs one.
    private static boolean isEncoding(String label) {
        Optional<String> decoded = Punycode.decode(label.substring("xn--".length()));
        return decoded.isPresent()
                && decoded.get().codePoints().anyMatch(c -> c >= 0x80)
                && decoded.get().codePoints().allMatch(HostName::isAllowed)
                && !isMark(decoded.get().codePointAt(0))
                && mapped(decoded.get()).equals(decoded.get())
                && label.equals("xn--" + Punycode.encode(decoded.get()));
    }

    private static boolean isAllowed(int c) {
        if (c < 0x80) {
            return c > 0x20 && c != 0x7F && FORBIDDEN.indexOf(c) < 0;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                    false;
            default -> c != 0xFFFD;
        };
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK ->
                    true;
            default -> false;
        };
    }

    private static Optional<String> percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return Optional.of(text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length) {
                int high = Character.digit(bytes[i + 1], 16);
                int low = Character.digit(bytes[i + 2], 16);
                if (high >= 0 && low >= 0) {
                    decoded.put((byte) (high * 16 + low));
                    i += 2;
                    continue;
                }
            }
            decoded.put(bytes[i]);
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /// WHATWG URL Standard, section 3.5, "ends in a number".
    private static boolean endsInNumber(String domain) {
        String[] parts = domain.split("\\.", -1);
        int last = parts.length - 1;
        if (parts[last].isEmpty() && last > 0) {
            last--;
        }
        String part = parts[last];
        return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9')
                || number(part) >= 0;
    }

    /// The IPv4 parser of the WHATWG URL Standard: one to four parts, each decimal, octal or hex.
    private static Optional<String> ipv4(String domain) {
        String bare = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        String[] parts = bare.split("\\.", -1);
        if (parts.length > 4) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long number = number(parts[i]);
            boolean last = i == parts.length - 1;
            long bound = last ? 1L << (8 * (5 - parts.length)) : 256;
            if (number < 0 || number >= bound) {
                return Optional.empty();
            }
            address += last ? number : number << (8 * (3 - i));
        }
        return Optional.of(
                (address >> 24)
                        + "."
                        + (address >> 16 & 255)
                        + "."
                        + (address >> 8 & 255)
                        + "."
                        + (address & 255));
    }

    /// The number that a part means; -1 where it means none.
    private static long number(String part) {
        if (part.isEmpty()) {
            return -1;
        }
        boolean hex = part.startsWith("0x");
        boolean octal = !hex && part.length() > 1 && part.startsWith("0");
        String digits = hex ? part.substring(2) : octal ? part.substring(1) : part;
        if (digits.isEmpty()) {
            return 0;
        }
        int radix = hex ? 16 : octal ? 8 : 10;
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) > 'f' || Character.digit(digits.charAt(i), radix) < 0) {
                return -1;
            }
        }
        return digits.length() > 20 ? Long.MAX_VALUE : capped(digits, radix);
    }

    private static long capped(String digits, int radix) {
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            number = Math.min(1L << 40, number * radix + Character.digit(digits.charAt(i), radix));
        }
        return number;
    }

    /// IPv6 literals.
    private static final class Ipv6Text {

        private Ipv6Text() {}

        static Optional<String> canonical(String text) {
            if (text.indexOf(':') < 0 || !text.chars().allMatch(Ipv6Text::isOfLiteral)) {
                return Optional.empty();
            }
            int dot = text.indexOf('.');
            if (dot >= 0 && !isStrictIpv4(text.substring(text.lastIndexOf(':') + 1))) {
                return Optional.empty();
            }
            try {
                byte[] bytes = InetAddress.getByName("[" + text + "]").getAddress();
                return Optional.of(compressed(groups(bytes)));
            } catch (UnknownHostException e) {
                return Optional.empty();
            }
        }

        private static boolean isOfLiteral(int c) {
            return c == ':' || c == '.' || c < 0x80 && Character.digit(c, 16) >= 0;
        }

        private static boolean isStrictIpv4(String text) {
            String[] parts = text.split("\\.", -1);
            if (parts.length != 4) {
                return false;
            }
            for (String part : parts) {
                if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
                    return false;
                }
            }
            return true;
        }

        /// The Java runtime turns an IPv4-mapped address into its IPv4 address.
        private static int[] groups(byte[] bytes) {
            int[] groups = new int[8];
            if (bytes.length == 4) {
                groups[5] = 0xFFFF;
            }
            int from = 8 - bytes.length / 2;
            for (int i = 0; i < bytes.length; i += 2) {
                groups[from + i / 2] = (bytes[i] & 255) << 8 | bytes[i + 1] & 255;
            }
            return groups;
        }

        /// RFC 5952, section 4: the longest run of two or more zeros is left out, the first of two.
        private static String compressed(int[] groups) {
            int bestStart = -1;
            int bestLength = 1;
            for (int i = 0; i < 8; i++) {
                int length = 0;
                while (i + length < 8 && groups[i + length] == 0) {
                    length++;
                }
                if (length > bestLength) {
                    bestStart = i;
                    bestLength = length;
                }
            }
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                if (i == bestStart) {
                    text.append(i == 0 ? "::" : ":");
                    i += bestLength - 1;
                    continue;
                }
                text.append(Integer.toHexString(groups[i]));
                if (i < 7) {
                    text.append(':');
                }
            }
            return text.toString();
        }
    }
}
