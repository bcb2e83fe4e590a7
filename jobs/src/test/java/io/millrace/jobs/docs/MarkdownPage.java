package io.millrace.jobs.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation, taken apart as GitHub shows it.
 *
 * @param path of its file
 * @param code its code blocks
 * @param prose everything else, a paragraph, heading or table each
 */
public record MarkdownPage(Path path, List<CodeBlock> code, List<String> prose) {
  /** Of the repository. */
  public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final List<String> AT_THE_ROOT =
      List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md");
  private static final String FENCE = "```";
  private static final String INDENT = "    ";
  private static final Pattern COMMENT = Pattern.compile("<!-- *(.*?) *-->");
  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?)#* *$");
  private static final Pattern LINK =
      Pattern.compile("\\]\\(\\s*([^)\\s]+)[^)]*\\)|(?m)^\\[[^\\]]+\\]: +(\\S+)");
  private static final Pattern TAG = Pattern.compile("(?:href|src) *= *\"([^\"]+)\"");

  /** All pages. */
  public static List<MarkdownPage> all() throws IOException {
    List<Path> files = new ArrayList<>();
    AT_THE_ROOT.forEach(name -> files.add(ROOT.resolve(name)));
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
    }
    return files.stream().map(MarkdownPage::read).toList();
  }

  /** One page. */
  public static MarkdownPage read(Path file) {
    try {
      return of(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page that would stand at that path. */
  public static MarkdownPage of(Path file, String text) {
    List<CodeBlock> code = new ArrayList<>();
    List<String> prose = new ArrayList<>();
    List<String> block = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    String language = "";
    boolean fenced = false;
    for (String line : text.split("\n", -1)) {
      if (line.strip().startsWith(FENCE)) {
        end(paragraph, prose);
        end(block, language, prose, code);
        language = fenced ? "" : line.strip().substring(FENCE.length());
        fenced = !fenced;
      } else if (fenced) {
        block.add(line);
      } else if (line.startsWith(INDENT) && paragraph.length() == 0) {
        block.add(line.substring(INDENT.length()));
      } else if (line.isBlank()) {
        end(paragraph, prose);
      } else {
        end(block, language, prose, code);
        paragraph.append(line).append('\n');
      }
    }
    end(block, language, prose, code);
    end(paragraph, prose);
    return new MarkdownPage(file, List.copyOf(code), List.copyOf(prose));
  }

  /** The paragraph before a block may be a comment that is its mark. */
  private static void end(
      List<String> block, String language, List<String> prose, List<CodeBlock> code) {
    if (!block.isEmpty()) {
      String before = prose.isEmpty() ? "" : prose.get(prose.size() - 1);
      Matcher mark = COMMENT.matcher(before.strip());
      code.add(new CodeBlock(language, List.copyOf(block), mark.matches() ? mark.group(1) : ""));
      block.clear();
    }
  }

  private static void end(StringBuilder paragraph, List<String> prose) {
    if (paragraph.length() > 0) {
      prose.add(paragraph.toString());
      paragraph.setLength(0);
    }
  }

  /** Its name for messages. */
  public String name() {
    return ROOT.relativize(path).toString();
  }

  /** Lines of all code blocks. */
  public List<String> blocks() {
    return code.stream().flatMap(block -> block.commands().stream()).toList();
  }

  /** What stands in code spans. */
  public List<String> spans() {
    List<String> spans = new ArrayList<>();
    for (String paragraph : prose) {
      Matcher span = SPAN.matcher(paragraph);
      while (span.find()) {
        spans.add(span.group(1).replaceAll("\\s+", " "));
      }
    }
    return spans;
  }

  /** The targets of its links and pictures. */
  List<String> links() {
    List<String> links = new ArrayList<>();
    for (String paragraph : prose) {
      String words = SPAN.matcher(paragraph).replaceAll("");
      for (Pattern pattern : List.of(LINK, TAG)) {
        Matcher link = pattern.matcher(words);
        while (link.find()) {
          String definition = link.groupCount() > 1 ? link.group(2) : null;
          links.add(definition == null ? link.group(1) : definition);
        }
      }
    }
    return links;
  }

  /** The places that GitHub gives to its headings; of equal ones the later have a number. */
  Set<String> anchors() {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> anchors = new LinkedHashSet<>();
    for (String paragraph : prose) {
      Matcher heading = HEADING.matcher(paragraph);
      while (heading.find()) {
        String anchor = anchor(heading.group(1));
        int before = seen.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? anchor : anchor + "-" + before);
      }
    }
    return anchors;
  }

  private static String anchor(String heading) {
    return heading
        .replaceAll("!?\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{M}\\p{N} _-]", "")
        .replace(' ', '-');
  }
}
