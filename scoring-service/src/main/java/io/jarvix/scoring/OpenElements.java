package io.jarvix.scoring;

/// The elements that are open at one place of a document, as far as it takes to know whether its
/// text is seen: which start and end tags end which elements (WHATWG HTML Standard, section 13.2.6,
/// without building a tree). Where the standard opens an unclosed formatting element again in the
/// next block, it ends here with its block.
///
/// At most 512 elements are held, as browsers do; what is opened deeper is only counted. Not for
/// use by two threads at once.
final class OpenElements {

    private static final int MAX_DEPTH = 512;
    private static final int NOT_FOUND = -1;

    private final long[] names = new long[MAX_DEPTH];
    private final int[] flags = new int[MAX_DEPTH];
    private final boolean[] unseen = new boolean[MAX_DEPTH];
    private int depth;
    private int beyond;
    private int unseenDepth;
    private int paragraphs;
    private int tables;
    private int drawings;
    private int templates;
    private boolean blockEnded;

    void clear() {
        blockEnded = false;
        depth = 0;
        beyond = 0;
        unseenDepth = 0;
        paragraphs = 0;
        tables = 0;
        drawings = 0;
        templates = 0;
    }

    int depth() {
        return depth;
    }

    /// Whether a block that is seen has ended since this was asked last.
    boolean hasBlockEnded() {
        boolean ended = blockEnded;
        blockEnded = false;
        return ended;
    }

    /// Whether text at this place is seen.
    boolean isSeen() {
        return unseenDepth == 0;
    }

    boolean isInTable() {
        return tables > 0;
    }

    boolean isInTemplate() {
        return templates > 0;
    }

    /// Whether tags at this place are those of a drawing, not of HTML.
    boolean isInDrawing() {
        if (drawings == 0) {
            return false;
        }
        for (int i = depth - 1; i >= 0; i--) {
            if (names[i] == Elements.SVG) {
                return true;
            } else if (names[i] == Elements.FOREIGN_OBJECT) {
                return false;
            }
        }
        return false;
    }

    void open(long name, int elementFlags, boolean hidden) {
        if (depth == MAX_DEPTH) {
            beyond++;
            return;
        }
        names[depth] = name;
        flags[depth] = elementFlags;
        unseen[depth] = hidden;
        depth++;
        count(name, hidden, 1);
    }

    /// Ends the elements that cannot stay open when this one begins.
    ///
    /// @param quirks the document has no doctype: a table may stand in a paragraph
    void endBefore(long name, int elementFlags, boolean quirks) {
        if ((elementFlags & Elements.TABLE_PART) != 0) {
            endTableParts(name);
            return;
        }
        if (name == Elements.LI) {
            endItem(name, name);
        } else if (name == Elements.DD || name == Elements.DT) {
            endItem(Elements.DD, Elements.DT);
        }
        boolean staysInP = quirks && name == Elements.TABLE;
        if ((elementFlags & Elements.CLOSES_P) != 0 && paragraphs > 0 && !staysInP) {
            endThrough(inScope(Elements.P, Elements.BUTTON, Elements.BUTTON));
        }
        boolean isHeading = (elementFlags & Elements.HEADING) != 0;
        if (isHeading && depth > 0 && (flags[depth - 1] & Elements.HEADING) != 0) {
            endThrough(depth - 1);
        } else if (name == Elements.BUTTON) {
            endThrough(inScope(name, name, name));
        } else if (name == Elements.OPTION || name == Elements.OPTGROUP) {
            if (depth > 0 && names[depth - 1] == Elements.OPTION) {
                endThrough(depth - 1);
            }
        } else if (name == Elements.A && unseenDepth > 0) {
            endFormatting(name);
        }
    }

    /// Ends what an end tag ends; false where it ends nothing.
    boolean end(long name, int elementFlags) {
        if (beyond > 0) {
            beyond--;
            return true;
        }
        if (isInDrawing()) {
            return endThrough(inDrawing(name));
        }
        if ((elementFlags & Elements.FORMATTING) != 0) {
            return endFormatting(name);
        }
        if (name == Elements.FORM) {
            return endForm();
        }
        if (name == Elements.LI) {
            return endThrough(inScope(name, Elements.OL, Elements.UL));
        }
        if (name == Elements.P) {
            return endThrough(inScope(name, Elements.BUTTON, Elements.BUTTON));
        }
        if ((elementFlags & Elements.HEADING) != 0) {
            return endThrough(headingInScope());
        }
        if ((elementFlags & Elements.TABLE_PART) != 0 || name == Elements.TABLE) {
            return endThrough(inTableScope(name));
        }
        if (name == Elements.TEMPLATE) {
            return endThrough(templates > 0 ? last(name) : NOT_FOUND);
        }
        if ((elementFlags & (Elements.SPECIAL | Elements.BLOCK)) != 0) {
            return endThrough(inScope(name, name, name));
        }
        return endThrough(upToSpecial(name));
    }

    /// Ends all open drawings, since an element of HTML begins.
    void endDrawing() {
        endThrough(last(Elements.SVG));
    }

    private void endTableParts(long name) {
        boolean cell = name == Elements.TD || name == Elements.TH;
        boolean row = name == Elements.TR;
        while (depth > 0) {
            long top = names[depth - 1];
            boolean context =
                    top == Elements.TABLE
                            || top == Elements.TEMPLATE
                            || (cell || row)
                                    && (top == Elements.TBODY
                                            || top == Elements.THEAD
                                            || top == Elements.TFOOT)
                            || cell && top == Elements.TR;
            if (context) {
                return;
            }
            endThrough(depth - 1);
        }
    }

    private void endItem(long name, long otherName) {
        for (int i = depth - 1; i >= 0; i--) {
            long open = names[i];
            if (open == name || open == otherName) {
                endThrough(i);
                return;
            }
            boolean transparent =
                    open == Elements.ADDRESS || open == Elements.DIV || open == Elements.P;
            if ((flags[i] & (Elements.SPECIAL | Elements.SCOPE)) != 0 && !transparent) {
                return;
            }
        }
    }

    private int inScope(long name, long barrier, long otherBarrier) {
        for (int i = depth - 1; i >= 0; i--) {
            long open = names[i];
            if (open == name) {
                return i;
            }
            if ((flags[i] & Elements.SCOPE) != 0 || open == barrier || open == otherBarrier) {
                return NOT_FOUND;
            }
        }
        return NOT_FOUND;
    }

    private int headingInScope() {
        for (int i = depth - 1; i >= 0; i--) {
            if ((flags[i] & Elements.HEADING) != 0) {
                return i;
            }
            if ((flags[i] & Elements.SCOPE) != 0) {
                return NOT_FOUND;
            }
        }
        return NOT_FOUND;
    }

    private int inTableScope(long name) {
        for (int i = depth - 1; i >= 0; i--) {
            if (names[i] == name) {
                return i;
            }
            if (names[i] == Elements.TABLE || names[i] == Elements.TEMPLATE) {
                return NOT_FOUND;
            }
        }
        return NOT_FOUND;
    }

    private int inDrawing(long name) {
        for (int i = depth - 1; i >= 0; i--) {
            if (names[i] == name) {
                return i;
            }
            if (names[i] == Elements.SVG) {
                return NOT_FOUND;
            }
        }
        return NOT_FOUND;
    }

    private int upToSpecial(long name) {
        for (int i = depth - 1; i >= 0; i--) {
            if (names[i] == name) {
                return i;
            }
            if ((flags[i] & Elements.SPECIAL) != 0) {
                return NOT_FOUND;
            }
        }
        return NOT_FOUND;
    }

    private int last(long name) {
        int i = depth - 1;
        while (i >= 0 && names[i] != name) {
            i--;
        }
        return i;
    }

    /// The adoption agency, as far as it decides what is seen: a block that is open in the element
    /// stays open without it, and without the elements between that are not formatting too.
    private boolean endFormatting(long name) {
        int at = inScope(name, name, name);
        if (at < 0) {
            return false;
        }
        int block = at + 1;
        while (block < depth && (flags[block] & Elements.SPECIAL) == 0) {
            block++;
        }
        if (block == depth) {
            return endThrough(at);
        }
        for (int i = block - 1; i >= at; i--) {
            if (i == at || (flags[i] & Elements.FORMATTING) == 0) {
                remove(i);
            }
        }
        return true;
    }

    /// What is open in a form stays open, and stays in it.
    private boolean endForm() {
        int at = inScope(Elements.FORM, Elements.FORM, Elements.FORM);
        if (at < 0) {
            return false;
        }
        if (at == depth - 1) {
            return endThrough(at);
        }
        if (unseen[at] && !unseen[at + 1]) {
            unseen[at + 1] = true;
            unseenDepth++;
        }
        remove(at);
        return true;
    }

    private void remove(int at) {
        blockEnded |= !unseen[at] && (flags[at] & Elements.BLOCK) != 0;
        count(names[at], unseen[at], -1);
        int above = depth - at - 1;
        System.arraycopy(names, at + 1, names, at, above);
        System.arraycopy(flags, at + 1, flags, at, above);
        System.arraycopy(unseen, at + 1, unseen, at, above);
        depth--;
    }

    private boolean endThrough(int index) {
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
