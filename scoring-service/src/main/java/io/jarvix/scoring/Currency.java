package io.jarvix.scoring;

import io.jarvix.contracts.Pure;

/// A currency as it stands beside an amount: a symbol, also with the letters of its country
/// (`US$`), an ISO 4217 code, `Fr.`, or the word euro.
@Pure
final class Currency {

    private static final String SYMBOLS = "$€£¥₹₽₩₺₴₫₪฿₱₦";
    private static final boolean[] CODES = new boolean[26 * 26 * 26];

    static {
        String codes =
                "AED ARS AUD BGN BOB BRL CAD CHF CLP CNY COP CRC CZK DKK DOP EUR GBP GTQ HKD HUF ILS INR"
                        + " ISK JPY KRW MXN MYR NOK NZD PEN PHP PLN PYG RON RUB SAR SEK SGD THB TRY TWD UAH"
                        + " USD UYU ZAR";
        for (String code : codes.split(" ")) {
            CODES[number(code.toCharArray(), 0)] = true;
        }
    }

    private Currency() {}

    /// Where the currency before an amount begins; the amount's own begin where there is none.
    ///
    /// @param least nothing before this belongs to the amount
    static int before(char[] chars, int amount, int least) {
        int end = amount > least && isGap(chars[amount - 1]) ? amount - 1 : amount;
        if (end == least) {
            return amount;
        }
        if (isSymbol(chars[end - 1])) {
            int begin = end - 1;
            while (begin > least && end - begin < 3 && isUpper(chars[begin - 1])) {
                begin--;
            }
            boolean isCountry = begin == least || !Character.isLetter(chars[begin - 1]);
            return isCountry ? begin : end - 1;
        }
        if (end - 3 < least) {
            return amount;
        }
        boolean found = isCode(chars, end - 3, end) || isFrancs(chars, end - 3);
        return found && (end - 3 == least || !Character.isLetter(chars[end - 4]))
                ? end - 3
                : amount;
    }

    /// Where the currency behind an amount ends; the amount's own end where there is none.
    static int endAfter(char[] chars, int amountEnd, int length) {
        int begin = amountEnd < length && isGap(chars[amountEnd]) ? amountEnd + 1 : amountEnd;
        int at = begin;
        while (at < length && at - begin < 2 && isUpper(chars[at])) {
            at++;
        }
        if (at < length && (at == begin ? isSymbol(chars[at]) : chars[at] == '$')) {
            return at + 1;
        }
        int word = wordEnd(chars, begin, length);
        int end = word == begin && isCode(chars, begin, length) ? begin + 3 : word;
        return end > begin && (end == length || !Character.isLetterOrDigit(chars[end]))
                ? end
                : amountEnd;
    }

    /// The end of `euro` or `euros`; `begin` where there is neither.
    private static int wordEnd(char[] chars, int begin, int length) {
        boolean found =
                begin + 4 <= length
                        && (chars[begin] | 0x20) == 'e'
                        && (chars[begin + 1] | 0x20) == 'u'
                        && (chars[begin + 2] | 0x20) == 'r'
                        && (chars[begin + 3] | 0x20) == 'o';
        if (!found) {
            return begin;
        }
        return begin + 4 < length && (chars[begin + 4] | 0x20) == 's' ? begin + 5 : begin + 4;
    }

    private static boolean isSymbol(char c) {
        return c == '$' || c > 0xa0 && SYMBOLS.indexOf(c) >= 0;
    }

    private static boolean isFrancs(char[] chars, int at) {
        return chars[at] == 'F' && chars[at + 1] == 'r' && chars[at + 2] == '.';
    }

    private static boolean isCode(char[] chars, int at, int length) {
        return at + 3 <= length
                && isUpper(chars[at])
                && isUpper(chars[at + 1])
                && isUpper(chars[at + 2])
                && CODES[number(chars, at)];
    }

    /// Three capital letters as a number.
    private static int number(char[] chars, int at) {
        return ((chars[at] - 'A') * 26 + chars[at + 1] - 'A') * 26 + chars[at + 2] - 'A';
    }

    private static boolean isGap(char c) {
        return c == ' ' || c == '\u202f' || c == '\u2009';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
