package io.jarvix.scoring;

import io.jarvix.contracts.Pure;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The folded words that the rules know, numbered, looked up where they stand in a text. Immutable,
/// safe from any thread.
@Pure
final class Vocabulary {

    private static final int NONE = -1;

    /// Languages that have stop words, in alphabetical order.
    private final List<String> languages;

    private final char[][] words;
    private final long[] stopWordLanguages;

    // An open hash table from a word's hash to its number.
    private final long[] hashes;
    private final int[] numbers;

    /// @param folded words of phrases, with repetitions
    /// @param stopWords language to words as written
    Vocabulary(Collection<String> folded, Map<String, List<String>> stopWords) {
        SortedMap<String, List<String>> byLanguage = new TreeMap<>(stopWords);
        this.languages = List.copyOf(byLanguage.keySet());
        if (languages.size() > Long.SIZE) {
            throw new InvalidRulesException("The scoring rules have more than 64 languages.");
        }
        Map<String, Integer> known = new HashMap<>();
        folded.forEach(word -> number(known, word));
        Map<Integer, Long> languagesOf = new HashMap<>();
        byLanguage.forEach(
                (language, list) -> {
                    long bit = 1L << languages.indexOf(language);
                    list.forEach(
                            word ->
                                    languagesOf.merge(
                                            number(known, onlyWord(word)), bit, (a, b) -> a | b));
                });
        this.words = new char[known.size()][];
        known.forEach((word, number) -> words[number] = word.toCharArray());
        this.stopWordLanguages = new long[words.length];
        languagesOf.forEach((number, bits) -> stopWordLanguages[number] = bits);
        int capacity = Integer.highestOneBit(Math.max(16, words.length * 4)) * 2;
        this.hashes = new long[capacity];
        this.numbers = new int[capacity];
        Arrays.fill(numbers, NONE);
        known.forEach(this::enter);
    }

    int size() {
        return words.length;
    }

    List<String> languages() {
        return languages;
    }

    /// The number of a folded word, or -1.
    int number(String folded) {
        return number(WordReader.hash(folded), folded.toCharArray(), 0, folded.length());
    }

    /// The number of a word of a text, or -1.
    ///
    /// @param hash by [WordReader#hash]
    /// @param text where the word stands, from `begin` to `end`
    int number(long hash, char[] text, int begin, int end) {
        int mask = hashes.length - 1;
        for (int slot = slot(hash, mask); numbers[slot] != NONE; slot = (slot + 1) & mask) {
            if (hashes[slot] == hash && WordReader.is(words[numbers[slot]], text, begin, end)) {
                return numbers[slot];
            }
        }
        return NONE;
    }

    /// One bit for each of [#languages] of which the word is a stop word.
    long stopWordLanguages(int word) {
        return stopWordLanguages[word];
    }

    private void enter(String word, int number) {
        int mask = hashes.length - 1;
        long hash = WordReader.hash(word);
        int slot = slot(hash, mask);
        while (numbers[slot] != NONE) {
            slot = (slot + 1) & mask;
        }
        hashes[slot] = hash;
        numbers[slot] = number;
    }

    private static int slot(long hash, int mask) {
        return (int) (hash ^ (hash >>> 32)) & mask;
    }

    private static int number(Map<String, Integer> known, String word) {
        return known.computeIfAbsent(word, unseen -> known.size());
    }

    private static String onlyWord(String stopWord) {
        List<String> words = WordReader.words(stopWord);
        if (words.size() != 1) {
            throw new InvalidRulesException(
                    "The scoring rules have the stop word \""
                            + stopWord
                            + "\", which is not one word.");
        }
        return words.getFirst();
    }
}
