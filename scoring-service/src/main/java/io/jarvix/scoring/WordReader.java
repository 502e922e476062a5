package io.jarvix.scoring;

import java.util.ArrayList;
import java.util.List;

/// Reads a text's words, once: counts them, finds all phrases and stop words, and makes the SimHash
/// of its shingles (three words each). Not for use by two threads at once.
final class WordReader {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final PhraseBook book;
    private final Vocabulary vocabulary;
    private final SimHash simHash = new SimHash();
    private final boolean[] seen;
    private final int[] wordBegins;
    private final int[] languageHits;
    private final List<Match> matches = new ArrayList<>();

    private char[] text = new char[0];
    private int wordCount;
    private int state;
    private long previous;
    private long beforePrevious;

    WordReader(PhraseBook book) {
        this.book = book;
        this.vocabulary = book.vocabulary();
        this.seen = new boolean[book.phrases().size()];
        this.wordBegins = new int[Integer.highestOneBit(book.longest()) * 2];
        this.languageHits = new int[book.languages().size()];
    }

    /// Where a phrase stands first, in UTF-16 units.
    record Match(PhraseBook.Phrase phrase, int begin, int end) {}

    /// What the words of a text say.
    ///
    /// @param matches the first place of each phrase that was found, in the order of their ends
    /// @param languageHits stop words found, for each of [PhraseBook#languages]
    /// @param simHash of the shingles; meaningless where there is no word
    record Findings(int wordCount, List<Match> matches, int[] languageHits, long simHash) {}

    Findings read(char[] chars, int length) {
        begin(chars);
        long hash = FNV_OFFSET;
        int begin = -1;
        for (int i = 0; i < length; i++) {
            char folded = Letters.fold(chars[i]);
            if (Letters.isLetter(folded)) {
                if (begin < 0) {
                    begin = i;
                    hash = FNV_OFFSET;
                }
                hash = (hash ^ folded) * FNV_PRIME;
                continue;
            }
            if (folded == Letters.IGNORED) {
                continue;
            }
            if (begin >= 0) {
                word(hash, begin, i);
                begin = -1;
            }
            if (folded == Letters.IDEOGRAPH) {
                word((FNV_OFFSET ^ chars[i]) * FNV_PRIME, i, i + 1);
            } else if (folded == Letters.BREAK) {
                state = 0;
            }
        }
        if (begin >= 0) {
            word(hash, begin, length);
        }
        return new Findings(wordCount, List.copyOf(matches), languageHits.clone(), simHash.value());
    }

    private void begin(char[] chars) {
        text = chars;
        wordCount = 0;
        state = 0;
        previous = 0;
        beforePrevious = 0;
        simHash.clear();
        matches.clear();
        java.util.Arrays.fill(seen, false);
        java.util.Arrays.fill(languageHits, 0);
    }

    private void word(long hash, int begin, int end) {
        wordBegins[wordCount & wordBegins.length - 1] = begin;
        wordCount++;
        simHash.add(
                mixed(hash + Long.rotateLeft(previous, 21) + Long.rotateLeft(beforePrevious, 42)));
        beforePrevious = previous;
        previous = hash;
        int word = vocabulary.number(hash, text, begin, end);
        if (word < 0) {
            state = 0;
            return;
        }
        countLanguages(vocabulary.stopWordLanguages(word));
        state = book.next(state, word);
        for (int phrase : book.found(state)) {
            if (!seen[phrase]) {
                seen[phrase] = true;
                PhraseBook.Phrase what = book.phrases().get(phrase);
                int first = wordBegins[wordCount - what.words() & wordBegins.length - 1];
                matches.add(new Match(what, first, end));
            }
        }
    }

    private void countLanguages(long languages) {
        long left = languages;
        while (left != 0) {
            languageHits[Long.numberOfTrailingZeros(left)]++;
            left &= left - 1;
        }
    }

    /// The folded words of a phrase.
    static List<String> words(String phrase) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < phrase.length(); i++) {
            char folded = Letters.fold(phrase.charAt(i));
            if (Letters.isLetter(folded)) {
                word.append(folded);
            } else if (folded != Letters.IGNORED) {
                addWord(words, word);
                if (folded == Letters.IDEOGRAPH) {
                    words.add(phrase.substring(i, i + 1));
                }
            }
        }
        addWord(words, word);
        return words;
    }

    private static void addWord(List<String> words, StringBuilder word) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /// FNV-1a over the UTF-16 units of a folded word.
    static long hash(String folded) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < folded.length(); i++) {
            hash = (hash ^ folded.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /// Whether a text has this folded word from `begin` to `end`.
    static boolean is(char[] folded, char[] text, int begin, int end) {
        int at = 0;
        for (int i = begin; i < end; i++) {
            char c = Letters.fold(text[i]);
            if (c == Letters.IGNORED) {
                continue;
            }
            char letter = c == Letters.IDEOGRAPH ? text[i] : c;
            if (at == folded.length || folded[at] != letter) {
                return false;
            }
            at++;
        }
        return at == folded.length;
    }

    /// The finaliser of MurmurHash3: FNV alone spreads short words too little over the high bits.
    private static long mixed(long hash) {
        long mixed = hash;
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
