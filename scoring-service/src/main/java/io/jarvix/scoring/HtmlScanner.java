package io.jarvix.scoring;

/// Splits a document into text and tags, by the tokenizer of the WHATWG HTML Standard (section
/// 13.2.5). Reads each character once and copies none: a token is a place in the source. Comments,
/// the doctype and everything that the standard drops are passed over. Not for use by two threads
/// at once.
final class HtmlScanner {

    enum Token {
        TEXT,
        START_TAG,
        END_TAG,
        /// The text of a CDATA section: there are no character references in it.
        CDATA,
        END
    }

    private char[] source = new char[0];
    private int limit;
    private int at;
    private boolean cdata;
    private boolean doctype;

    private int begin;
    private int end;
    private long name;
    private boolean selfClosing;
    private final Attributes attributes = new Attributes();

    /// Begins a document.
    ///
    /// @param cdataSections whether `<![CDATA[` means something here: in XML and in drawings
    void begin(char[] chars, int length, boolean cdataSections) {
        source = chars;
        limit = length;
        at = 0;
        cdata = cdataSections;
        doctype = false;
        attributes.begin(chars);
    }

    /// Whether the document has had a doctype by now; without one it is read in quirks mode.
    boolean hasDoctype() {
        return doctype;
    }

    void readCdataSections(boolean value) {
        cdata = value;
    }

    char[] source() {
        return source;
    }

    /// Where the text of the last token begins.
    int tokenBegin() {
        return begin;
    }

    int tokenEnd() {
        return end;
    }

    /// The name of the last tag, by [Names].
    long name() {
        return name;
    }

    boolean isSelfClosing() {
        return selfClosing;
    }

    /// Those of the last start tag.
    Attributes attributes() {
        return attributes;
    }

    Token next() {
        while (at < limit) {
            int from = at;
            if (source[at] != '<') {
                passText();
                return token(Token.TEXT, from, at);
            }
            char next = at + 1 < limit ? source[at + 1] : 0;
            if (Markup.isLetter(next)) {
                if (tag(at + 1)) {
                    return Token.START_TAG;
                }
            } else if (next == '/' && at + 2 < limit) {
                if (endTag()) {
                    return Token.END_TAG;
                }
            } else if (next == '!') {
                if (cdata && startsWith(at, "<![CDATA[")) {
                    return cdataSection();
                }
                passDeclaration();
            } else if (next == '?') {
                at = behind('>', at + 2);
            } else {
                at++;
                passText();
                return token(Token.TEXT, from, at);
            }
        }
        return token(Token.END, limit, limit);
    }

    /// Reads the content of an element whose content is text, up to its end tag, which is passed
    /// over; [#tokenBegin] and [#tokenEnd] tell where it is. Without an end tag it is all the rest.
    void readContent(long element) {
        begin = at;
        if (element == Elements.PLAINTEXT) {
            at = limit;
            end = limit;
            return;
        }
        end = RawContent.end(source, at, limit, element);
        at = end;
        if (at < limit) {
            tag(at + 2);
        }
    }

    private Token token(Token token, int tokenBegin, int tokenEnd) {
        begin = tokenBegin;
        end = tokenEnd;
        return token;
    }

    private void passText() {
        int i = at;
        while (i < limit && source[i] != '<') {
            i++;
        }
        at = i;
    }

    /// True where it is an end tag; anything else that begins so is passed over.
    private boolean endTag() {
        if (Markup.isLetter(source[at + 2])) {
            return tag(at + 2);
        }
        at = behind('>', at + 2);
        return false;
    }

    /// A comment, a doctype, or what the standard calls a bogus comment.
    private void passDeclaration() {
        if (!startsWith(at, "<!--")) {
            doctype |= limit - at > 9 && Names.of(source, at + 2, at + 9) == Elements.DOCTYPE;
            at = behind('>', at + 2);
            return;
        }
        at = Markup.behindComment(source, at + 4, limit);
    }

    private Token cdataSection() {
        int from = at + 9;
        int i = from;
        while (i < limit && !(source[i] == ']' && startsWith(i, "]]>"))) {
            i++;
        }
        at = Math.min(limit, i + 3);
        return token(Token.CDATA, from, i);
    }

    /// Reads a tag from its name on; false where the document ends within it.
    private boolean tag(int nameBegin) {
        int i = nameBegin;
        while (i < limit && !Markup.isTagNameEnd(source[i])) {
            i++;
        }
        name = Names.of(source, nameBegin, i);
        attributes.clear();
        selfClosing = false;
        while (i < limit) {
            char c = source[i];
            if (c == '>') {
                at = i + 1;
                return true;
            } else if (c == '/') {
                i++;
                selfClosing = i < limit && source[i] == '>';
            } else if (Markup.isSpace(c)) {
                i++;
            } else {
                i = attribute(i);
            }
        }
        at = limit;
        return false;
    }

    private int attribute(int nameBegin) {
        int i = nameBegin + 1;
        while (i < limit && source[i] != '=' && !Markup.isTagNameEnd(source[i])) {
            i++;
        }
        int nameEnd = i;
        i = passSpace(i);
        if (i >= limit || source[i] != '=') {
            attributes.add(Names.of(source, nameBegin, nameEnd), nameEnd, nameEnd);
            return i;
        }
        i = passSpace(i + 1);
        if (i >= limit) {
            return i;
        }
        char quote = source[i];
        int valueBegin = i;
        int valueEnd;
        if (quote == '"' || quote == '\'') {
            valueBegin = i + 1;
            valueEnd = valueBegin;
            while (valueEnd < limit && source[valueEnd] != quote) {
                valueEnd++;
            }
            i = Math.min(limit, valueEnd + 1);
        } else {
            while (i < limit && source[i] != '>' && !Markup.isSpace(source[i])) {
                i++;
            }
            valueEnd = i;
        }
        attributes.add(Names.of(source, nameBegin, nameEnd), valueBegin, valueEnd);
        return i;
    }

    private int passSpace(int from) {
        int i = from;
        while (i < limit && Markup.isSpace(source[i])) {
            i++;
        }
        return i;
    }

    private int behind(char c, int from) {
        int i = from;
        while (i < limit && source[i] != c) {
            i++;
        }
        return Math.min(limit, i + 1);
    }

    private boolean startsWith(int from, String text) {
        return Markup.startsWith(source, from, limit, text);
    }
}
