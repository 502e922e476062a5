package io.jarvix.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// RFC 3492. The Java runtime's `java.net.IDN` encodes only after the mapping of 2003, which makes
/// another domain of a name with `ß`.
final class Punycode {

    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 128;

    private Punycode() {}

    /// The encoding of a label without its `xn--`.
    static String encode(String label) {
        int[] input = label.codePoints().toArray();
        StringBuilder output = new StringBuilder();
        for (int c : input) {
            if (c < INITIAL_N) {
                output.append((char) c);
            }
        }
        int basic = output.length();
        int handled = basic;
        if (basic > 0) {
            output.append('-');
        }
        int n = INITIAL_N;
        int delta = 0;
        int bias = INITIAL_BIAS;
        while (handled < input.length) {
            int next = Integer.MAX_VALUE;
            for (int c : input) {
                if (c >= n && c < next) {
                    next = c;
                }
            }
            delta += (next - n) * (handled + 1);
            n = next;
            for (int c : input) {
                if (c < n) {
                    delta++;
                }
                if (c == n) {
                    append(output, delta, bias);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            n++;
        }
        return output.toString();
    }

    /// What an encoding stands for, without `xn--`; empty where it is none.
    static Optional<String> decode(String encoding) {
        int dash = encoding.lastIndexOf('-');
        List<Integer> output = new ArrayList<>();
        for (int i = 0; i < dash; i++) {
            output.add((int) encoding.charAt(i));
        }
        long n = INITIAL_N;
        long i = 0;
        int bias = INITIAL_BIAS;
        int at = dash < 0 ? 0 : dash + 1;
        while (at < encoding.length()) {
            long before = i;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int value = at < encoding.length() ? valueOf(encoding.charAt(at++)) : -1;
                if (value < 0 || weight > Integer.MAX_VALUE) {
                    return Optional.empty();
                }
                i += value * weight;
                int t = Math.clamp(k - (long) bias, T_MIN, T_MAX);
                if (value < t) {
                    break;
                }
                weight *= BASE - t;
            }
            int points = output.size() + 1;
            bias = adapt((int) Math.min(i - before, Integer.MAX_VALUE), points, before == 0);
            n += i / points;
            i %= points;
            if (n > Character.MAX_CODE_POINT) {
                return Optional.empty();
            }
            output.add((int) i++, (int) n);
        }
        StringBuilder text = new StringBuilder();
        output.forEach(text::appendCodePoint);
        return Optional.of(text.toString());
    }

    private static int valueOf(char digit) {
        if (digit >= 'a' && digit <= 'z') {
            return digit - 'a';
        }
        return digit >= '0' && digit <= '9' ? digit - '0' + 26 : -1;
    }

    private static void append(StringBuilder output, int delta, int bias) {
        int q = delta;
        for (int k = BASE; ; k += BASE) {
            int t = Math.clamp(k - (long) bias, T_MIN, T_MAX);
            if (q < t) {
                break;
            }
            output.append(digit(t + (q - t) % (BASE - t)));
            q = (q - t) / (BASE - t);
        }
        output.append(digit(q));
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int adapt(int delta, int points, boolean first) {
        int scaled = first ? delta / DAMP : delta / 2;
        scaled += scaled / points;
        int k = 0;
        while (scaled > (BASE - T_MIN) * T_MAX / 2) {
            scaled /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * scaled / (scaled + SKEW);
    }
}
