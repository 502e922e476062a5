package io.jarvix.pdf;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/// The report's own words and its way to write numbers in one language: ICU message patterns from
/// `messages_<language>.properties`. One thread at a time.
final class Messages {

    private final Locale locale;
    private final Properties patterns;
    private final Map<String, MessageFormat> formats = new HashMap<>();
    private final NumberFormat integers;
    private final NumberFormat tenths;
    private final NumberFormat exact;
    private final DateTimeFormatter date;
    private final DateTimeFormatter time;

    Messages(String language, Properties patterns) {
        this.locale = Locale.forLanguageTag(language);
        this.patterns = patterns;
        integers = decimals(0);
        tenths = decimals(1);
        exact = decimals(3);
        exact.setMinimumFractionDigits(0);
        date = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale);
        time = DateTimeFormatter.ofPattern("HH:mm 'UTC'", locale);
    }

    String language() {
        return locale.toLanguageTag();
    }

    Locale locale() {
        return locale;
    }

    /// The text of a key with its arguments; the key itself where there is no such text.
    String text(String key, Object... arguments) {
        if (!patterns.containsKey(key)) {
            return key;
        }
        MessageFormat format = formats.computeIfAbsent(key, this::format);
        return format.format(arguments, new StringBuffer(), null).toString();
    }

    /// The text of `prefix_name`, and the name itself where this version has no words for it.
    String nameOf(String prefix, String name) {
        String key = prefix + "_" + name;
        return patterns.containsKey(key) ? text(key) : name;
    }

    String integer(long value) {
        return integers.format(value);
    }

    /// With one decimal.
    String tenths(double value) {
        return tenths.format(value);
    }

    /// With all its decimals up to the third: what a reader adds up.
    String exact(double value) {
        return exact.format(value).replace('-', '\u2212');
    }

    /// With one decimal and its sign.
    String signedTenths(double value) {
        return (value > 0 ? "+" : "") + tenths.format(value).replace('-', '\u2212');
    }

    /// A number of bytes in the largest unit that leaves a whole part.
    String bytes(long bytes) {
        double value = bytes;
        for (String unit : List.of("B", "kB", "MB", "GB")) {
            if (value < 1000) {
                return (unit.equals("B") ? integer(bytes) : tenths(value)) + "\u00a0" + unit;
            }
            value /= 1000;
        }
        return tenths(value) + "\u00a0TB";
    }

    /// A share in percent with one decimal that says 0 % and 100 % only where it is exactly so.
    String percent(long part, long whole) {
        if (whole == 0) {
            return text("percent", integers.format(0));
        }
        if (part == 0 || part == whole) {
            return text("percent", integers.format(part == 0 ? 0 : 100));
        }
        double share = Math.clamp(Math.rint(1000.0 * part / whole) / 10, 0.1, 99.9);
        return text("percent", tenths.format(share));
    }

    String date(Instant instant) {
        return date.format(instant.atOffset(ZoneOffset.UTC));
    }

    String dateAndTime(Instant instant) {
        return date(instant) + ", " + time.format(instant.atOffset(ZoneOffset.UTC));
    }

    private NumberFormat decimals(int digits) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format;
    }

    private MessageFormat format(String key) {
        return new MessageFormat(patterns.getProperty(key), locale);
    }
}
