package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvRowTest {

    @Test
    void whatASpreadsheetWouldRunIsText() {
        assertThat(CsvRow.of(List.of("=1+1", "+1", "-1", "@A1", "\tx", "a=1")))
                .isEqualTo("'=1+1,'+1,'-1,'@A1,'\tx,a=1\r\n");
    }

    @Test
    void quotesCommasAndLineEndsAreQuotedAndNumbersAreNot() {
        assertThat(CsvRow.of(List.of("a,b", "say \"x\"", "two\nlines", -1.5, 7, true)))
                .isEqualTo("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",-1.5,7,true\r\n");
    }
}
