package org.openstack.oaktree.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void medianIsTheMiddleOfTheSortedValues() {
        assertThat(new Series(List.of(9.0, 1.0, 5.0)).median()).isEqualTo(5);
        assertThat(new Series(List.of(9.0, 1.0, 5.0, 6.0)).median()).isEqualTo(5.5);
        assertThat(new Series(List.of(4.0)).median()).isEqualTo(4);
    }

    @Test
    void summaryNamesMedianAndSpread() {
        assertThat(new Series(List.of(9.0, 1.0, 5.25)).summary("%.1f")).isEqualTo("5.3 (1.0 .. 9.0)");
    }

    @Test
    void ratiosAreThoseOfTheSameRound() {
        Series ratios = new Series(List.of(2.0, 9.0)).over(new Series(List.of(4.0, 3.0)));
        assertThat(ratios.values()).containsExactly(0.5, 3.0);
    }

    @Test
    void roundsThatDoNotBelongTogetherAreRefused() {
        Series one = new Series(List.of(1.0));
        assertThatThrownBy(() -> one.over(new Series(List.of(1.0, 2.0)))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Series(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
