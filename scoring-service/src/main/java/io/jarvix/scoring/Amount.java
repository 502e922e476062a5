package io.jarvix.scoring;

import io.jarvix.contracts.Pure;

/// An amount of money as six languages print it: `19`, `19.90`, `1,299.00`, `1.299,00`,
/// `1 299,00`, `1'299.00`, `19,-`, `19.–`.
@Pure
final class Amount {

    private static final int MAX_LENGTH = 16;

    private Amount() {}

    /// Where the digits that begin here end, with all separators between them and dashes in place
    /// of cents behind them.
    static int end(char[] chars, int begin, int length) {
        int i = begin;
        while (i < length && (isDigit(chars[i]) || isBetween(chars, i, length))) {
            i++;
        }
        boolean dashes =
                i + 1 < length && (chars[i] == ',' || chars[i] == '.') && isDash(chars[i + 1]);
        return dashes ? i + 2 : i;
    }

    /// Whether this is an amount, and not a date, a version or another number.
    static boolean isOne(char[] chars, int begin, int end) {
        if (end - begin > MAX_LENGTH) {
            return false;
        }
        int digitsEnd = isDash(chars[end - 1]) ? end - 2 : end;
        int group = 0;
        int groups = 1;
        char separator = 0;
        for (int i = begin; i < digitsEnd; i++) {
            if (isDigit(chars[i])) {
                group++;
                continue;
            }
            boolean isLast = !hasSeparator(chars, i + 1, digitsEnd);
            if (group > 3 && !(groups == 1 && isLast) || groups > 1 && group < 2) {
                return false;
            }
            int rest = digitsEnd - i - 1;
            if (isLast && (rest > 3 || rest < 3 && separator == chars[i])) {
                return false;
            }
            separator = chars[i];
            group = 0;
            groups++;
        }
        return true;
    }

    /// Whether the amount states cents, or that there are none.
    static boolean hasCents(char[] chars, int begin, int end) {
        return end - begin > 3 && (chars[end - 3] == '.' || chars[end - 3] == ',')
                || isDash(chars[end - 1]);
    }

    private static boolean hasSeparator(char[] chars, int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (!isDigit(chars[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBetween(char[] chars, int at, int length) {
        if (at + 1 >= length || !isDigit(chars[at + 1])) {
            return false;
        }
        return switch (chars[at]) {
            case '.', ',', '\'', '’' -> isDigit(chars[at - 1]);
            case ' ', '\u202f', '\u2009' -> isThousands(chars, at, length);
            default -> false;
        };
    }

    /// Whether three digits and no fourth follow, and at most three stand before.
    private static boolean isThousands(char[] chars, int at, int length) {
        boolean follow =
                at + 3 < length
                        && isDigit(chars[at + 2])
                        && isDigit(chars[at + 3])
                        && (at + 4 == length || !isDigit(chars[at + 4]));
        int before = at;
        while (before > 0 && at - before < 4 && isDigit(chars[before - 1])) {
            before--;
        }
        return follow && at - before >= 1 && at - before <= 3;
    }

    private static boolean isDash(char c) {
        return c == '-' || c == '–' || c == '—';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
