package io.millrace.jobs.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.Excerpt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaretTest {
  private static Excerpt excerpt(int line, String text, String meant) {
    int from = text.indexOf(meant);
    return new Excerpt(line, text, from, from + meant.length());
  }

  @Test
  void putsCaretsBelowTheMarkedPart() {
    assertThat(Caret.lines(excerpt(12, "  workrs = 2", "workrs"), 80, Ink.PLAIN))
        .containsExactly("  12 |   workrs = 2", "     |   ^^^^^^");
    assertThat(Caret.lines(excerpt(0, "--set a=many", "many"), 80, Ink.PLAIN))
        .containsExactly("     --set a=many", "             ^^^^");
    assertThat(Caret.lines(excerpt(3, "a = b", "b"), 80, Ink.COLOURED).get(1))
        .isEqualTo("     |     \u001b[31m^\u001b[0m");
  }

  @Test
  void countsTabsAsOneColumnAndWideLettersAsTwo() {
    assertThat(Caret.lines(excerpt(1, "\t模型 { jop = x", "jop"), 80, Ink.PLAIN))
        .containsExactly("   1 |  模型 { jop = x", "     |         ^^^");
  }

  @Test
  void removesControlCharacters() {
    assertThat(Caret.lines(excerpt(1, "a = \u001b[2Jb", "b"), 80, Ink.PLAIN).get(0))
        .isEqualTo("   1 | a =  [2Jb");
  }

  @Test
  void showsOnlyTheLineWithoutAMarkedPart() {
    assertThat(Caret.lines(new Excerpt(2, "stages = [ }", 0, 0), 80, Ink.PLAIN))
        .containsExactly("   2 | stages = [ }");
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 40, 80})
  void shortensLongLineAroundTheMarkedPart(int columns) {
    Excerpt far = excerpt(7, "x".repeat(200) + " wrong = 1 " + "y".repeat(200), "wrong");
    assertThat(Caret.lines(far, columns, Ink.PLAIN))
        .allMatch(line -> line.length() < columns)
        .satisfiesExactly(
            line -> assertThat(line).contains("...x", "wrong").endsWith("..."),
            line -> assertThat(line).contains("^^^^^"));
    String shown = Caret.lines(far, columns, Ink.PLAIN).get(0);
    String below = Caret.lines(far, columns, Ink.PLAIN).get(1);
    assertThat(shown.substring(below.indexOf('^'), below.lastIndexOf('^') + 1)).isEqualTo("wrong");
  }
}
