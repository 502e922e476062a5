package io.jarvix.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.BitSet;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.jspecify.annotations.Nullable;

/// The typefaces that ship with the service, in the order in which they are asked for a character.
/// All are Noto, under the SIL Open Font License; `fonts/README.md` says how the files were made.
/// Safe from any thread; a file is read when its first character is asked for.
enum Typeface {
    SANS("Noto Sans", 400, "NotoSans-Regular.ttf"),
    SANS_BOLD("Noto Sans", 700, "NotoSans-Bold.ttf"),
    ARABIC("Noto Sans Arabic", 400, "NotoSansArabic-Regular.ttf"),
    HEBREW("Noto Sans Hebrew", 400, "NotoSansHebrew-Regular.ttf"),
    HAN_AND_KANA("Noto Sans SC", 400, "NotoSansSC-Regular.ttf"),
    HANGUL("Noto Sans KR", 400, "NotoSansKR-Regular.ttf"),
    SYMBOLS("Noto Sans Symbols", 400, "NotoSansSymbols-Regular.ttf"),
    MORE_SYMBOLS("Noto Sans Symbols 2", 400, "NotoSansSymbols2-Regular.ttf"),
    EMOJI("Noto Emoji", 400, "NotoEmoji-Regular.ttf");

    private static final int LAST_CODE_POINT_OF_SHIPPED_PLANES = 0x2FFFF;

    private final String family;
    private final int weight;
    private final String file;
    private byte @Nullable [] bytes;
    private @Nullable BitSet covered;

    Typeface(String family, int weight, String file) {
        this.family = family;
        this.weight = weight;
        this.file = file;
    }

    String family() {
        return family;
    }

    int weight() {
        return weight;
    }

    /// Whether it has a glyph for this character.
    boolean covers(int codePoint) {
        return coverage().get(codePoint);
    }

    /// Parses the file; the result belongs to the caller and to one thread at a time.
    TrueTypeFont parse() {
        try {
            return new TTFParser().parse(new RandomAccessReadBuffer(bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("typeface " + file + " cannot be parsed", e);
        }
    }

    private synchronized byte[] bytes() {
        if (bytes == null) {
            try (InputStream in = Typeface.class.getResourceAsStream("fonts/" + file)) {
                if (in == null) {
                    throw new IllegalStateException("typeface " + file + " is not in the jar");
                }
                bytes = in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("typeface " + file + " cannot be read", e);
            }
        }
        return bytes;
    }

    private synchronized BitSet coverage() {
        if (covered == null) {
            BitSet found = new BitSet();
            try (TrueTypeFont font = parse()) {
                CmapLookup characters = font.getUnicodeCmapLookup();
                for (int c = ' '; c <= LAST_CODE_POINT_OF_SHIPPED_PLANES; c++) {
                    if (characters.getGlyphId(c) != 0) {
                        found.set(c);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("typeface " + file + " has no characters", e);
            }
            covered = found;
        }
        return covered;
    }
}
