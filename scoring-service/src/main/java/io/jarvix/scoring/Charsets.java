package io.jarvix.scoring;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The charsets of the web by their labels (WHATWG Encoding Standard, section 4.2), each as the
/// charset of the JDK that reads it. A label means the same on every machine, whatever other
/// charsets its JDK knows.
final class Charsets {

    /// What text without any declaration is read with, where it is not UTF-8.
    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final Map<String, Charset> BY_LABEL = new HashMap<>();

    static {
        add(
                StandardCharsets.UTF_8,
                "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8");
        add("IBM866", "ibm866 866 cp866 csibm866");
        latin(2, "latin2 l2 csisolatin2 iso-ir-101");
        latin(3, "latin3 l3 csisolatin3 iso-ir-109");
        latin(4, "latin4 l4 csisolatin4 iso-ir-110");
        latin(5, "cyrillic csisolatincyrillic iso-ir-144");
        latin(6, "arabic ecma-114 asmo-708 csisolatinarabic iso-ir-127 iso-8859-6-e iso-8859-6-i");
        latin(7, "greek greek8 ecma-118 elot_928 sun_eu_greek csisolatingreek iso-ir-126");
        latin(
                8,
                "hebrew visual csisolatinhebrew iso-ir-138 iso-8859-8-e iso-8859-8-i logical csiso88598e csiso88598i");
        latin(13, "");
        latin(15, "l9 csisolatin9");
        latin(16, "");
        add("KOI8-R", "koi8-r koi koi8 koi8_r cskoi8r");
        add("KOI8-U", "koi8-u koi8-ru");
        add("x-MacRoman", "macintosh mac x-mac-roman csmacintosh");
        add("x-windows-874", "windows-874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620");
        windows(1250, "");
        windows(1251, "");
        windows(
                1252,
                "ascii us-ascii ansi_x3.4-1968 iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 latin1 l1 cp819 ibm819 iso-ir-100 csisolatin1");
        windows(1253, "");
        windows(
                1254,
                "iso-8859-9 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 latin5 l5 csisolatin5 iso-ir-148");
        windows(1255, "");
        windows(1256, "");
        windows(1257, "");
        windows(1258, "");
        add("x-MacCyrillic", "x-mac-cyrillic x-mac-ukrainian");
        add(
                "GBK",
                "gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 csiso58gb231280 iso-ir-58 x-gbk");
        add("GB18030", "gb18030");
        add("Big5-HKSCS", "big5 big5-hkscs cn-big5 csbig5 x-x-big5");
        add("EUC-JP", "euc-jp cseucpkdfmtjapanese x-euc-jp");
        add("ISO-2022-JP", "iso-2022-jp csiso2022jp");
        add("windows-31j", "shift_jis shift-jis sjis ms932 ms_kanji windows-31j csshiftjis x-sjis");
        add(
                "x-windows-949",
                "euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949");
        add(StandardCharsets.UTF_16BE, "utf-16be unicodefffe");
        add(
                StandardCharsets.UTF_16LE,
                "utf-16le utf-16 ucs-2 unicode unicodefeff csunicode iso-10646-ucs-2");
    }

    private Charsets() {}

    /// The charset of a label as it stands in a header or a page; null where the web knows none.
    static @Nullable Charset of(@Nullable String label) {
        return label == null
                ? null
                : BY_LABEL.get(
                        label.strip().replace("\"", "").replace("'", "").toLowerCase(Locale.ROOT));
    }

    private static void latin(int part, String labels) {
        String number = Integer.toString(part);
        add(
                "ISO-8859-" + number,
                ("iso-8859-# iso8859-# iso8859# iso_8859-# " + labels).replace("#", number));
    }

    private static void windows(int page, String labels) {
        add(
                "windows-" + page,
                ("windows-# cp# x-cp# " + labels).replace("#", Integer.toString(page)));
    }

    private static void add(String name, String labels) {
        add(Charset.forName(name), labels);
    }

    private static void add(Charset charset, String labels) {
        for (String label : labels.split(" ")) {
            if (!label.isEmpty()) {
                BY_LABEL.put(label, charset);
            }
        }
    }
}
