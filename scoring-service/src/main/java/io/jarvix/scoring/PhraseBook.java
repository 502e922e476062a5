package io.jarvix.scoring;

import io.jarvix.contracts.Pure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// All phrases and stop words of the rules as one automaton over words (Aho and Corasick, 1975): a
/// text is read once, whatever the number of phrases. Immutable, safe from any thread.
@Pure
final class PhraseBook {

    /// A phrase of the rules.
    ///
    /// @param texts as it is written in each language that lists it
    /// @param folded its words
    record Phrase(PhraseKind kind, SortedMap<String, String> texts, List<String> folded) {

        int words() {
            return folded.size();
        }

        /// The language that the phrase counts for: the page's own, where it is one of several.
        String language(String pageLanguage) {
            return texts.containsKey(pageLanguage) ? pageLanguage : texts.firstKey();
        }
    }

    private final List<Phrase> phrases;
    private final int longest;
    private final Vocabulary vocabulary;

    // The automaton: state 0 is the root, whose transitions are an array over words.
    private final int[] rootNext;
    private final int[][] edgeWords;
    private final int[][] edgeStates;
    private final int[] failure;
    private final int[][] found;

    PhraseBook(Rules rules) {
        this.phrases = phrasesOf(rules);
        this.longest = phrases.stream().mapToInt(Phrase::words).max().orElse(1);
        this.vocabulary =
                new Vocabulary(
                        phrases.stream().flatMap(phrase -> phrase.folded().stream()).toList(),
                        rules.stopWords());
        Trie trie = new Trie(vocabulary.size());
        for (int phrase = 0; phrase < phrases.size(); phrase++) {
            trie.add(
                    phrases.get(phrase).folded().stream().mapToInt(vocabulary::number).toArray(),
                    phrase);
        }
        trie.link();
        this.rootNext = trie.rootNext;
        this.edgeWords = trie.edgeWords();
        this.edgeStates = trie.edgeStates();
        this.failure = trie.failure.stream().mapToInt(Integer::intValue).toArray();
        this.found = trie.found();
    }

    List<Phrase> phrases() {
        return phrases;
    }

    /// Its words and the stop words.
    Vocabulary vocabulary() {
        return vocabulary;
    }

    /// Languages that have stop words, in alphabetical order.
    List<String> languages() {
        return vocabulary.languages();
    }

    /// Words of the longest phrase.
    int longest() {
        return longest;
    }

    /// The state after a word.
    int next(int state, int word) {
        int from = state;
        while (from != 0) {
            int[] edges = edgeWords[from];
            for (int i = 0; i < edges.length; i++) {
                if (edges[i] == word) {
                    return edgeStates[from][i];
                }
            }
            from = failure[from];
        }
        return rootNext[word];
    }

    /// The phrases that end in a state.
    int[] found(int state) {
        return found[state];
    }

    /// Phrases that fold to the same words are one phrase.
    private static List<Phrase> phrasesOf(Rules rules) {
        Map<String, Phrase> phrases = new LinkedHashMap<>();
        rules.phrases()
                .forEach(
                        (kind, lists) ->
                                lists.forEach(
                                        (language, texts) -> {
                                            for (String text : texts) {
                                                List<String> words = WordReader.words(text);
                                                phrases.computeIfAbsent(
                                                                kind + " " + words,
                                                                unseen ->
                                                                        new Phrase(
                                                                                kind,
                                                                                new TreeMap<>(),
                                                                                words))
                                                        .texts()
                                                        .putIfAbsent(language, text);
                                            }
                                        }));
        return List.copyOf(phrases.values());
    }

    /// The automaton while it is built.
    private static final class Trie {

        private final int[] rootNext;
        private final List<Map<Integer, Integer>> edges = new ArrayList<>();
        private final List<List<Integer>> ends = new ArrayList<>();
        private final List<Integer> failure = new ArrayList<>();

        Trie(int vocabulary) {
            this.rootNext = new int[vocabulary];
            newState();
        }

        void add(int[] words, int phrase) {
            int state = 0;
            for (int word : words) {
                int from = state;
                state = edges.get(from).computeIfAbsent(word, unseen -> newState());
            }
            ends.get(state).add(phrase);
        }

        /// Failure links, nearest states first; a state also ends what its failure state ends.
        void link() {
            edges.getFirst().forEach((word, state) -> rootNext[word] = state);
            ArrayDeque<Integer> queue = new ArrayDeque<>(edges.getFirst().values());
            while (!queue.isEmpty()) {
                int state = queue.remove();
                edges.get(state)
                        .forEach(
                                (word, next) -> {
                                    failure.set(next, fail(failure.get(state), word));
                                    ends.get(next).addAll(ends.get(failure.get(next)));
                                    queue.add(next);
                                });
            }
        }

        private int fail(int state, int word) {
            int from = state;
            while (from != 0 && !edges.get(from).containsKey(word)) {
                from = failure.get(from);
            }
            return edges.get(from).getOrDefault(word, 0);
        }

        private int newState() {
            edges.add(new HashMap<>());
            ends.add(new ArrayList<>());
            failure.add(0);
            return edges.size() - 1;
        }

        int[][] edgeWords() {
            return edges.stream()
                    .map(
                            map ->
                                    map.keySet().stream()
                                            .mapToInt(Integer::intValue)
                                            .sorted()
                                            .toArray())
                    .toArray(int[][]::new);
        }

        int[][] edgeStates() {
            return edges.stream()
                    .map(
                            map ->
                                    map.keySet().stream()
                                            .sorted()
                                            .mapToInt(word -> map.get(word))
                                            .toArray())
                    .toArray(int[][]::new);
        }

        int[][] found() {
            return ends.stream()
                    .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                    .toArray(int[][]::new);
        }
    }
}
