package io.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.docs.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Prose has British spelling. Prose is what pages say outside code, what comments say outside
 * {@code @code}, and main code's strings of several words, as errors and descriptions of keys are.
 * Templates, scripts and configurations count as a whole. Names of code, keys and files are no
 * prose: a word that a dot, hyphen, slash or bracket joins to another is one of them.
 */
class SpellingTest {
  /** American spellings, as an expression, and the British ones. */
  private static final Map<String, String> BRITISH =
      Map.ofEntries(
          Map.entry("\\w*(?<!s|pr|se)ize(d|r|rs|s)?", "-ise"),
          Map.entry("\\w*(?<!s|pr|se)iz(ing|able|ation|ations)", "-ising, -isable, -isation"),
          Map.entry("\\w*analyz(e[ds]?|ing)", "analyse"),
          Map.entry("\\w*(col|fav|flav|hon|lab|rum|endeav)or(s|ed|ing|ful|able|ite)?", "-our"),
          Map.entry("\\w*(behavi|neighb)or(s|ing|hood|al)?", "-our"),
          Map.entry("(cent|fib|lit|theat)er(s|ed|ing)?", "-re"),
          Map.entry("gr[a]y(s|ish|er)?", "grey"),
          Map.entry(
              "\\w*(label|cancel|model|travel|signal|channel|level)(ed|ing)", "-lled, -lling"),
          Map.entry("(de|of)fense", "defence, offence"),
          Map.entry("catalogs?", "catalogue"),
          Map.entry("licenses?", "the noun is licence"),
          Map.entry("fulfills?|skillful", "fulfil, skilful"));

  private static final Pattern AMERICAN =
      Pattern.compile(
          "(?<![\\w./@$-])(?!synthesize\\b)(" // the name of a job
              + String.join("|", BRITISH.keySet())
              + ")(?![\\w(/=-]|[.:]\\S)",
          Pattern.CASE_INSENSITIVE);

  /** Text blocks, strings, characters and comments, as they come in a Java file. */
  private static final Pattern PART =
      Pattern.compile(
          "\"{3}(?s:.*?)\"{3}|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'"
              + "|/\\*(?s:.*?)\\*/|//[^\\n]*");

  /** In a comment: tags with code, the names of parameters, and titles of papers. */
  private static final Pattern NO_PROSE = Pattern.compile("\\{@[^}]*\\}|@param\\s+\\w+|\"[^\"]*\"");

  private static final Pattern SPAN = Pattern.compile("`[^`]+`");

  @Test
  void refusesAmericanSpelling() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : ProjectTexts.filesBut(SpellingTest.class)) {
      String path = ProjectTexts.ROOT.relativize(file).toString();
      for (String prose : prose(path, Files.readString(file))) {
        american(prose).forEach(it -> found.add(path + ": " + it));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void findsAmericanSpellingInProse() {
    assertThat(found("README.md", "The color\nof `color` and `x\ny`.\n\n    color")).hasSize(1);
    assertThat(found("A.java", "/** The color of {@code color}. */ int color; // a center"))
        .containsExactly("color -> -our", "center -> -re");
    assertThat(found("src/main/A.java", "say(\"the gray one\", \"gray\");")).hasSize(1);
    assertThat(found("src/test/A.java", "say(\"the gray one\");")).isEmpty();
    assertThat(found("a.conf", "optimizer.adam = 1 # what is optimized, by size")).hasSize(1);
    assertThat(found("A.java", "// resized and oversized prizes, synthesize, seize, horizon"))
        .isEmpty();
  }

  private static List<String> found(String path, String text) {
    return prose(path, text).stream().flatMap(it -> american(it).stream()).toList();
  }

  private static List<String> american(String prose) {
    return AMERICAN
        .matcher(prose)
        .results()
        .map(it -> it.group() + " -> " + british(it.group()))
        .toList();
  }

  private static String british(String word) {
    return BRITISH.entrySet().stream()
        .filter(it -> Pattern.matches("(?i)" + it.getKey(), word))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> prose(String path, String text) {
    if (path.endsWith(".md")) {
      return MarkdownPage.of(Path.of(path), text).prose().stream()
          .map(it -> SPAN.matcher(it).replaceAll("`"))
          .toList();
    }
    return path.endsWith(".java") ? proseOfJava(path, text) : List.of(text);
  }

  private static List<String> proseOfJava(String path, String text) {
    List<String> prose = new ArrayList<>();
    Matcher part = PART.matcher(text);
    while (part.find()) {
      String found = part.group();
      if (found.startsWith("/")) {
        prose.add(NO_PROSE.matcher(found).replaceAll("."));
      } else if (path.contains("src/main/") && found.contains(" ")) {
        prose.add(found);
      }
    }
    return prose;
  }
}
