package io.jarvix.scoring;

import io.jarvix.contracts.Pure;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds prices in a text: an [Amount] beside a [Currency], in either order, with at most one space
/// between. For one text and one thread.
@Pure
final class Prices {

    /// Prices of one page that are kept, the first ones.
    static final int MOST = 20;

    /// Prices that are looked at, with repetitions.
    private static final int MOST_LOOKED_AT = 1_000;

    private final char[] chars;
    private final int length;

    /// Where the last price ended: what is before belongs to it.
    private int free;

    private Prices(VisibleText text) {
        this.chars = text.chars();
        this.length = text.length();
    }

    /// As they are printed, without repetitions, in the order of the text.
    ///
    /// @param others come after them, as far as there is room
    static List<String> find(VisibleText text, Collection<String> others) {
        Set<String> prices = new Prices(text).find();
        for (String price : others) {
            if (prices.size() < MOST) {
                prices.add(price);
            }
        }
        return List.copyOf(prices);
    }

    private Set<String> find() {
        Set<String> prices = new LinkedHashSet<>();
        int lookedAt = 0;
        int i = 0;
        while (i < length && prices.size() < MOST && lookedAt < MOST_LOOKED_AT) {
            char c = chars[i];
            if (c < '0' || c > '9') {
                i++;
                continue;
            }
            int end = Amount.end(chars, i, length);
            if (Amount.isOne(chars, i, end)) {
                int begin = Currency.before(chars, i, free);
                int behind = begin < i ? end : endWithCurrency(i, end);
                if (begin < i || behind > end) {
                    prices.add(new String(chars, begin, behind - begin));
                    free = behind;
                    lookedAt++;
                    end = behind;
                }
            }
            i = end;
        }
        return prices;
    }

    /// Where the currency behind an amount ends; the end of the amount where there is none, or
    /// where it belongs to the next amount: `Pack of 10 $20`, `size 10 EUR 20.00`.
    private int endWithCurrency(int begin, int end) {
        int behind = Currency.endAfter(chars, end, length);
        if (behind == end || behind == length) {
            return behind;
        }
        if (isDigit(chars[behind])) {
            boolean isPoint =
                    behind == end + 1
                            && chars[end] == '€'
                            && Amount.end(chars, behind, length) == behind + 2;
            return isPoint ? behind + 2 : end;
        }
        if (behind + 1 < length && chars[behind] == ' ' && isDigit(chars[behind + 1])) {
            int nextEnd = Amount.end(chars, behind + 1, length);
            boolean isNexts =
                    !Amount.hasCents(chars, begin, end)
                            && Amount.hasCents(chars, behind + 1, nextEnd)
                            && Currency.endAfter(chars, nextEnd, length) == nextEnd;
            return isNexts ? end : behind;
        }
        return behind;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
