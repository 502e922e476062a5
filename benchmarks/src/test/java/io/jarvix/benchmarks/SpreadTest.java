package io.jarvix.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jarvix.benchmarks.Figures.Spread;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void anOddNumberHasAMiddle() {
        assertThat(Spread.of(DoubleStream.of(3, 1, 7))).isEqualTo(new Spread(3, 1, 7));
    }

    @Test
    void anEvenNumberHasTheMeanOfTheMiddleTwo() {
        assertThat(Spread.of(DoubleStream.of(8, 1, 2, 4))).isEqualTo(new Spread(3, 1, 8));
    }

    @Test
    void oneIsItsOwnMedian() {
        assertThat(Spread.of(DoubleStream.of(2.5))).isEqualTo(new Spread(2.5, 2.5, 2.5));
    }

    @Test
    void nothingHasNone() {
        assertThatThrownBy(() -> Spread.of(DoubleStream.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
