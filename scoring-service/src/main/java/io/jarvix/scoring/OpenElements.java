package io.jarvix.scoring;

/// Follows which elements are open, as far as it takes to know whether text is seen: which start
/// and end tags end which elements (WHATWG HTML Standard, section 13.2.6, without building a tree).
/// Where the standard opens an unclosed formatting element again in the next block, it ends here
/// with its block.
///
/// At most 512 elements are held, as browsers do; what is opened deeper is only counted. Not for
/// use by two threads at once.
final class OpenElements {

    private final ElementStack stack = new ElementStack();
    private int beyond;

    /// Begins a document.
    ///
    /// @param characters how long it is
    void begin(int characters) {
        stack.begin(characters);
        beyond = 0;
    }

    /// Steps that were taken beyond one look at each character.
    long effort() {
        return stack.effort().spent();
    }

    int depth() {
        return stack.depth();
    }

    /// Whether a block that is seen has ended since this was asked last.
    boolean hasBlockEnded() {
        return stack.hasBlockEnded();
    }

    /// Whether text at this place is seen.
    boolean isSeen() {
        return stack.isSeen();
    }

    boolean isInTable() {
        return stack.hasTable();
    }

    boolean isInTemplate() {
        return stack.hasTemplate();
    }

    /// Whether tags at this place are those of a drawing, not of HTML.
    boolean isInDrawing() {
        return stack.hasDrawing()
                && stack.find(Elements.SVG, 0, Elements.FOREIGN_OBJECT, Elements.FOREIGN_OBJECT)
                        >= 0;
    }

    void open(long name, int flags, boolean hidden) {
        if (stack.isFull()) {
            beyond++;
        } else {
            stack.push(name, flags, hidden);
        }
    }

    /// Ends the elements that cannot stay open when this one begins.
    ///
    /// @param quirks the document has no doctype: a table may stand in a paragraph
    void endBefore(long name, int flags, boolean quirks) {
        if ((flags & Elements.TABLE_PART) != 0) {
            endTableParts(name);
            return;
        }
        if (name == Elements.LI) {
            endItem(name, name);
        } else if (name == Elements.DD || name == Elements.DT) {
            endItem(Elements.DD, Elements.DT);
        }
        boolean staysInP = quirks && name == Elements.TABLE;
        if ((flags & Elements.CLOSES_P) != 0 && !staysInP) {
            endParagraph();
        }
        if ((flags & Elements.HEADING) != 0 && stack.isTopOf(Elements.HEADING)) {
            stack.endThrough(stack.depth() - 1);
        } else if (name == Elements.BUTTON) {
            stack.endThrough(stack.find(name, Elements.SCOPE));
        } else if (name == Elements.OPTION || name == Elements.OPTGROUP) {
            if (stack.isTop(Elements.OPTION)) {
                stack.endThrough(stack.depth() - 1);
            }
        } else if (name == Elements.A && !stack.isSeen()) {
            endFormatting(name);
        }
    }

    /// Ends what an end tag ends; false where it ends nothing.
    boolean end(long name, int flags) {
        if (beyond > 0) {
            beyond--;
            return true;
        }
        if (isInDrawing()) {
            return stack.endThrough(stack.find(name, 0, Elements.SVG, Elements.SVG));
        }
        if ((flags & Elements.FORMATTING) != 0) {
            return endFormatting(name);
        }
        if (name == Elements.FORM) {
            return endForm();
        }
        if (name == Elements.P) {
            return endParagraph();
        }
        return stack.endThrough(toBeEnded(name, flags));
    }

    /// Ends all open drawings, since an element of HTML begins.
    void endDrawing() {
        stack.endThrough(stack.find(Elements.SVG, 0));
    }

    private int toBeEnded(long name, int flags) {
        if (name == Elements.LI) {
            return stack.find(name, Elements.SCOPE, Elements.OL, Elements.UL);
        }
        if ((flags & Elements.HEADING) != 0) {
            return stack.findOf(Elements.HEADING, Elements.SCOPE);
        }
        if ((flags & Elements.TABLE_PART) != 0 || name == Elements.TABLE) {
            return stack.find(name, 0, Elements.TABLE, Elements.TEMPLATE);
        }
        if (name == Elements.TEMPLATE) {
            return stack.hasTemplate() ? stack.find(name, 0) : ElementStack.NOT_FOUND;
        }
        if ((flags & (Elements.SPECIAL | Elements.BLOCK)) != 0) {
            return stack.find(name, Elements.SCOPE);
        }
        return stack.find(name, Elements.SPECIAL);
    }

    private boolean endParagraph() {
        return stack.hasParagraph()
                && stack.endThrough(
                        stack.find(Elements.P, Elements.SCOPE, Elements.BUTTON, Elements.BUTTON));
    }

    private void endTableParts(long name) {
        boolean cell = name == Elements.TD || name == Elements.TH;
        boolean row = name == Elements.TR;
        while (stack.depth() > 0) {
            long top = stack.name(stack.depth() - 1);
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
            stack.endThrough(stack.depth() - 1);
        }
    }

    private void endItem(long name, long otherName) {
        for (int i = stack.depth() - 1; i >= 0; i--) {
            stack.effort().spend(1);
            long open = stack.name(i);
            if (open == name || open == otherName) {
                stack.endThrough(i);
                return;
            }
            boolean transparent =
                    open == Elements.ADDRESS || open == Elements.DIV || open == Elements.P;
            if (stack.is(i, Elements.SPECIAL | Elements.SCOPE) && !transparent) {
                return;
            }
        }
    }

    /// The adoption agency, as far as it decides what is seen: a block that is open in the element
    /// stays open without it, and without the elements between that are not formatting too.
    private boolean endFormatting(long name) {
        int at = stack.find(name, Elements.SCOPE);
        if (at < 0) {
            return false;
        }
        int block = stack.firstAbove(at, Elements.SPECIAL);
        if (block == stack.depth()) {
            return stack.endThrough(at);
        }
        for (int i = block - 1; i >= at; i--) {
            if (i == at || !stack.is(i, Elements.FORMATTING)) {
                stack.remove(i);
            }
        }
        return true;
    }

    /// What is open in a form stays open, and stays in it.
    private boolean endForm() {
        int at = stack.find(Elements.FORM, Elements.SCOPE);
        if (at < 0) {
            return false;
        }
        if (at == stack.depth() - 1) {
            return stack.endThrough(at);
        }
        stack.handOnUnseen(at);
        stack.remove(at);
        return true;
    }
}
