package io.jarvix.scoring;

import io.jarvix.contracts.Pure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Finds the marks of shop and site systems in the addresses of a page's resources and in its
/// generator, all marks in one pass. Immutable, safe from any thread.
@Pure
final class Platforms {

    private final List<String> names;
    private final Marks resources;
    private final Marks generators;

    Platforms(List<Rules.Platform> platforms) {
        this.names = platforms.stream().map(Rules.Platform::name).toList();
        this.resources = new Marks(platforms.stream().map(Rules.Platform::resources).toList());
        this.generators = new Marks(platforms.stream().map(Rules.Platform::generators).toList());
    }

    /// Adds the platforms that the address of a resource gives away.
    void resource(char[] source, int begin, int end, BitSet found) {
        resources.find(source, begin, end, found);
    }

    /// Adds the platforms that a generator names.
    void generator(char[] source, int begin, int end, BitSet found) {
        generators.find(source, begin, end, found);
    }

    /// In the order of their names.
    List<String> names(BitSet found) {
        return found.stream().mapToObj(names::get).toList();
    }

    /// An automaton over characters (Aho and Corasick, 1975). Case does not matter; characters
    /// beyond ASCII match nothing.
    private static final class Marks {

        private static final int ALPHABET = 128;

        private final List<short[]> next = new ArrayList<>();
        private final List<List<Integer>> ends = new ArrayList<>();
        private final short[] table;
        private final int[][] owners;

        Marks(List<List<String>> marksOfOwner) {
            newState();
            for (int owner = 0; owner < marksOfOwner.size(); owner++) {
                for (String mark : marksOfOwner.get(owner)) {
                    add(mark, owner);
                }
            }
            link();
            table = new short[next.size() * ALPHABET];
            for (int state = 0; state < next.size(); state++) {
                System.arraycopy(next.get(state), 0, table, state * ALPHABET, ALPHABET);
            }
            owners =
                    ends.stream()
                            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                            .toArray(int[][]::new);
        }

        void find(char[] source, int begin, int end, BitSet found) {
            int state = 0;
            for (int i = begin; i < end; i++) {
                state = source[i] < ALPHABET ? table[state * ALPHABET + lower(source[i])] : 0;
                for (int owner : owners[state]) {
                    found.set(owner);
                }
            }
        }

        private void add(String mark, int owner) {
            int state = 0;
            for (int i = 0; i < mark.length(); i++) {
                char c = mark.charAt(i);
                if (c >= ALPHABET) {
                    throw new InvalidRulesException(
                            "The scoring rules have the platform mark \""
                                    + mark
                                    + "\", which is not ASCII.");
                }
                if (next.get(state)[lower(c)] == 0) {
                    next.get(state)[lower(c)] = newState();
                }
                state = next.get(state)[lower(c)];
            }
            ends.get(state).add(owner);
        }

        /// Fills in the transitions of all states, nearest first.
        private void link() {
            short[] failure = new short[next.size()];
            ArrayDeque<Integer> queue = new ArrayDeque<>();
            queue.add(0);
            while (!queue.isEmpty()) {
                int state = queue.remove();
                for (int c = 0; c < ALPHABET; c++) {
                    int target = next.get(state)[c];
                    int fallback = state == 0 ? 0 : next.get(failure[state])[c];
                    if (target == 0) {
                        next.get(state)[c] = (short) fallback;
                    } else {
                        failure[target] = (short) fallback;
                        ends.get(target).addAll(ends.get(fallback));
                        queue.add(target);
                    }
                }
            }
        }

        private short newState() {
            if (next.size() == Short.MAX_VALUE) {
                throw new InvalidRulesException("The scoring rules have too many platform marks.");
            }
            next.add(new short[ALPHABET]);
            ends.add(new ArrayList<>());
            return (short) (next.size() - 1);
        }

        private static int lower(char c) {
            return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
        }
    }
}
