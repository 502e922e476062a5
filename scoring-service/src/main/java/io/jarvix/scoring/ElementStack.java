package io.jarvix.scoring;

/// The elements that are open at one place of a document, the outermost first, and what has to be
/// known of all of them at once. At most 512, as in browsers. Not for use by two threads at once.
///
/// Whoever looks for an element in it spends a step of the page's [Effort] for each that is looked
/// at: the one thing in reading a page that takes more than a look at each character.
final class ElementStack {

    static final int NOT_FOUND = -1;

    private static final int MAX_DEPTH = 512;

    private final long[] names = new long[MAX_DEPTH];
    private final int[] flags = new int[MAX_DEPTH];
    private final boolean[] unseen = new boolean[MAX_DEPTH];
    private final Effort effort = new Effort();
    private int depth;
    private int unseenDepth;
    private int paragraphs;
    private int tables;
    private int drawings;
    private int templates;
    private boolean blockEnded;

    /// Begins a document.
    ///
    /// @param characters how long it is
    void begin(int characters) {
        effort.begin(characters);
        depth = 0;
        unseenDepth = 0;
        paragraphs = 0;
        tables = 0;
        drawings = 0;
        templates = 0;
        blockEnded = false;
    }

    Effort effort() {
        return effort;
    }

    int depth() {
        return depth;
    }

    boolean isFull() {
        return depth == MAX_DEPTH;
    }

    /// Whether all that is open is seen.
    boolean isSeen() {
        return unseenDepth == 0;
    }

    boolean hasParagraph() {
        return paragraphs > 0;
    }

    boolean hasTable() {
        return tables > 0;
    }

    boolean hasDrawing() {
        return drawings > 0;
    }

    boolean hasTemplate() {
        return templates > 0;
    }

    /// Whether a block that is seen has ended since this was asked last.
    boolean hasBlockEnded() {
        boolean ended = blockEnded;
        blockEnded = false;
        return ended;
    }

    long name(int index) {
        return names[index];
    }

    /// Whether the element has one of these flags.
    boolean is(int index, int anyOf) {
        return (flags[index] & anyOf) != 0;
    }

    boolean isTop(long name) {
        return depth > 0 && names[depth - 1] == name;
    }

    boolean isTopOf(int anyOf) {
        return depth > 0 && is(depth - 1, anyOf);
    }

    /// The innermost element of this name, without a look beyond one that has one of the flags, or
    /// one of the two other names; -1 where there is none.
    int find(long name, int barrierFlags, long barrier, long otherBarrier) {
        int i = depth - 1;
        while (i >= 0
                && names[i] != name
                && (flags[i] & barrierFlags) == 0
                && names[i] != barrier
                && names[i] != otherBarrier) {
            i--;
        }
        effort.spend(depth - i);
        return i >= 0 && names[i] == name ? i : NOT_FOUND;
    }

    /// The innermost element of this name, without a look beyond one that has one of the flags.
    int find(long name, int barrierFlags) {
        return find(name, barrierFlags, name, name);
    }

    /// The innermost element that has one of the flags, without a look beyond one that has one of
    /// the others.
    int findOf(int anyOf, int barrierFlags) {
        int i = depth - 1;
        while (i >= 0 && (flags[i] & (anyOf | barrierFlags)) == 0) {
            i--;
        }
        effort.spend(depth - i);
        return i >= 0 && (flags[i] & anyOf) != 0 ? i : NOT_FOUND;
    }

    /// The first element above this one that has one of the flags; the depth where there is none.
    int firstAbove(int index, int anyOf) {
        int i = index + 1;
        while (i < depth && (flags[i] & anyOf) == 0) {
            i++;
        }
        effort.spend(i - index);
        return i;
    }

    void push(long name, int elementFlags, boolean hidden) {
        names[depth] = name;
        flags[depth] = elementFlags;
        unseen[depth] = hidden;
        depth++;
        count(name, hidden, 1);
    }

    /// Ends an element and all that is open in it; false where the index is that of none.
    boolean endThrough(int index) {
        if (index < 0) {
            return false;
        }
        while (depth > index) {
            depth--;
            blockEnded |= unseenDepth == 0 && (flags[depth] & Elements.BLOCK) != 0;
            count(names[depth], unseen[depth], -1);
        }
        return true;
    }

    /// Takes an element away from under those that are open in it.
    void remove(int index) {
        blockEnded |= !unseen[index] && (flags[index] & Elements.BLOCK) != 0;
        count(names[index], unseen[index], -1);
        int above = depth - index - 1;
        effort.spend(above);
        System.arraycopy(names, index + 1, names, index, above);
        System.arraycopy(flags, index + 1, flags, index, above);
        System.arraycopy(unseen, index + 1, unseen, index, above);
        depth--;
    }

    /// Hands on to the element above that this one is not seen.
    void handOnUnseen(int index) {
        if (unseen[index] && !unseen[index + 1]) {
            unseen[index + 1] = true;
            unseenDepth++;
        }
    }

    private void count(long name, boolean hidden, int change) {
        if (hidden) {
            unseenDepth += change;
        }
        if (name == Elements.P) {
            paragraphs += change;
        } else if (name == Elements.TABLE) {
            tables += change;
        } else if (name == Elements.SVG) {
            drawings += change;
        } else if (name == Elements.TEMPLATE) {
            templates += change;
        }
    }
}
