package io.jarvix.scoring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds prices in a text: an amount beside a currency's symbol or ISO 4217 code, in either order.
final class Prices {

    /// Prices of one page that are kept, the first ones.
    static final int MOST = 20;

    /// Amounts that are looked at, with repetitions.
    private static final int MOST_AMOUNTS = 1_000;

    private static final int MAX_LENGTH = 16;
    private static final String SYMBOLS = "$€£¥₹₽₩₺₴₫₪฿₱₦";
    private static final boolean[] CODES = new boolean[26 * 26 * 26];

    static {
        String codes =
                "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HUF ILS INR ISK JPY"
                        + " KRW MXN MYR NOK NZD PEN PHP PLN RON RUB SAR SEK SGD THB TRY TWD UAH USD ZAR";
        for (String code : codes.split(" ")) {
            CODES[number(code.toCharArray(), 0)] = true;
        }
    }

    private Prices() {}

    /// As they are printed, without repetitions, in the order of the text.
    static List<String> find(VisibleText text) {
        Set<String> prices = new LinkedHashSet<>();
        char[] chars = text.chars();
        int length = text.length();
        int free = 0;
        int amounts = 0;
        for (int i = 0; i < length && prices.size() < MOST && amounts < MOST_AMOUNTS; i++) {
            char c = chars[i];
            int end = i;
            if (c == '$' || c > 0xa0 && SYMBOLS.indexOf(c) >= 0) {
                end = i + 1;
            } else if (c >= 'A' && c <= 'Z' && isCode(chars, i, length)) {
                end = i + 3;
            }
            if (end > i) {
                int taken = add(prices, chars, length, free, i, end);
                if (taken > i) {
                    free = taken;
                    amounts++;
                    i = taken - 1;
                }
            }
        }
        return new ArrayList<>(prices);
    }

    /// Takes the amount behind a currency, or else the one before it; returns where it ends.
    ///
    /// @param free where the last price ended: an amount belongs to one price
    private static int add(
            Set<String> prices, char[] chars, int length, int free, int begin, int end) {
        int amount = end < length && chars[end] == ' ' ? end + 1 : end;
        int amountEnd = amountEnd(chars, amount, length);
        if (amountEnd > amount) {
            int from = begin;
            while (from > free && begin - from < 2 && isUpper(chars[from - 1])) {
                from--;
            }
            prices.add(new String(chars, from, amountEnd - from));
            return amountEnd;
        }
        int before = begin > free && chars[begin - 1] == ' ' ? begin - 1 : begin;
        int amountBegin = amountBegin(chars, before, free);
        if (amountBegin < before) {
            prices.add(new String(chars, amountBegin, end - amountBegin));
            return end;
        }
        return begin;
    }

    /// The end of the digits that begin here, with separators between them.
    private static int amountEnd(char[] chars, int begin, int length) {
        int i = begin;
        int most = Math.min(length, begin + MAX_LENGTH);
        while (i < most && (isDigit(chars[i]) || i > begin && isBetween(chars, i, length))) {
            i++;
        }
        return i;
    }

    private static int amountBegin(char[] chars, int end, int least) {
        int i = end;
        int most = Math.max(least, end - MAX_LENGTH);
        while (i > most && (isDigit(chars[i - 1]) || i < end && isBetween(chars, i - 1, end))) {
            i--;
        }
        return i;
    }

    private static boolean isBetween(char[] chars, int at, int length) {
        char c = chars[at];
        return (c == '.' || c == ',' || c == '\'' || c == '’')
                && at > 0
                && isDigit(chars[at - 1])
                && at + 1 < length
                && isDigit(chars[at + 1]);
    }

    private static boolean isCode(char[] chars, int at, int length) {
        return at + 3 <= length
                && isUpper(chars[at + 1])
                && isUpper(chars[at + 2])
                && (at == 0 || !Character.isLetter(chars[at - 1]))
                && (at + 3 == length || !Character.isLetter(chars[at + 3]))
                && CODES[number(chars, at)];
    }

    /// Three capital letters as a number.
    private static int number(char[] chars, int at) {
        return ((chars[at] - 'A') * 26 + chars[at + 1] - 'A') * 26 + chars[at + 2] - 'A';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
