package io.jarvix.scoring;

import java.util.Arrays;

/// Where the text of a document's main headings (h1) stands in its visible text; the first 32. Not
/// for use by two threads at once.
final class MainHeadings {

    private static final int MOST = 32;
    private static final int NONE = -1;

    private final int[] places = new int[2 * MOST];
    private int count;
    private int openDepth = NONE;

    void clear() {
        count = 0;
        openDepth = NONE;
    }

    /// An h1 begins.
    ///
    /// @param depth how many elements it stands in
    /// @param next where the next character of the text will stand
    void begin(int depth, int next) {
        if (count < MOST) {
            places[2 * count] = next;
            places[2 * count + 1] = next;
            count++;
            openDepth = depth;
        }
    }

    /// Ends the one that is open, if its element has ended.
    ///
    /// @param depth how many elements are open now
    /// @param length of the text so far
    void end(int depth, int length) {
        if (openDepth != NONE && depth <= openDepth) {
            places[2 * count - 1] = length;
            openDepth = NONE;
        }
    }

    /// Begin, end, begin, end ...
    int[] places() {
        return Arrays.copyOf(places, 2 * count);
    }
}
