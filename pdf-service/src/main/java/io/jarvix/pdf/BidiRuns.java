package io.jarvix.pdf;

import com.ibm.icu.text.Bidi;
import com.openhtmltopdf.bidi.BidiSplitter;
import com.openhtmltopdf.bidi.BidiTextRun;
import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import java.util.ArrayList;
import java.util.List;

/// Splits a paragraph into runs for the layout, by the Unicode bidirectional algorithm (UAX #9). A
/// stretch that is read from right to left is one run together with the numbers and the Latin
/// words inside it, since the layout puts runs side by side from the left and does not reorder
/// them; [Reorderer] then orders the inside of each run.
final class BidiRuns implements BidiSplitter {

    private final List<BidiTextRun> runs = new ArrayList<>();

    @Override
    public void setParagraph(String paragraph, byte defaultDirection) {
        runs.clear();
        Bidi bidi = new Bidi(paragraph, Bidi.LEVEL_DEFAULT_LTR);
        if (bidi.getParaLevel() == Bidi.RTL) {
            runs.add(new BidiTextRun(0, paragraph.length(), RTL));
            return;
        }
        int start = 0;
        for (int i = 1; i <= paragraph.length(); i++) {
            if (i == paragraph.length() || direction(bidi, i) != direction(bidi, start)) {
                runs.add(new BidiTextRun(start, i - start, direction(bidi, start)));
                start = i;
            }
        }
    }

    private static byte direction(Bidi bidi, int index) {
        return bidi.getLevelAt(index) == 0 ? LTR : RTL;
    }

    @Override
    public int countTextRuns() {
        return runs.size();
    }

    @Override
    public BidiTextRun getVisualRun(int runIndex) {
        return runs.get(runIndex);
    }

    /// All blocks of the report are set from the left margin.
    @Override
    public byte getBaseDirection(String paragraph) {
        return LTR;
    }

    /// Shapes Arabic letters, and writes a run in the order in which it is seen from left to right.
    static final class Reorderer extends ICUBidiReorderer {

        @Override
        public String reorderRTLTextToLTR(String text) {
            return new Bidi(text, Bidi.RTL)
                    .writeReordered(Bidi.DO_MIRRORING | Bidi.KEEP_BASE_COMBINING);
        }
    }
}
