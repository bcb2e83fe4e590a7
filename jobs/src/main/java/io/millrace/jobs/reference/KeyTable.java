package io.millrace.jobs.reference;

import io.millrace.pipeline.spec.DescribedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The keys of a record as a table; the keys of an object follow it. */
final class KeyTable {
  private static final String NOTHING = "";

  /**
   * Left out of each row: the beginning of the page says how sizes, shares and durations are
   * written.
   */
  private static final String EXAMPLE = ", such as .*";

  private record Row(String path, List<String> flags, DescribedKey key) {}

  private final Function<String, List<String>> flags;

  /**
   * @param flags of a key, by its path in the record
   */
  KeyTable(Function<String, List<String>> flags) {
    this.flags = flags;
  }

  /** Without flags. */
  KeyTable() {
    this(path -> List.of());
  }

  /** The table and an empty line; an empty text for a record without keys. */
  String of(Class<?> record) {
    List<Row> rows = new ArrayList<>();
    collect(record, "", rows);
    return rows.isEmpty() ? "" : text(rows) + "\n";
  }

  private void collect(Class<?> record, String path, List<Row> rows) {
    for (DescribedKey key : DescribedKey.of(record)) {
      String at = ChoiceIndex.join(path, key.name());
      rows.add(new Row(at, flags.apply(at), key));
      if (key.holdsKeys()) {
        collect(key.type(), key.isList() ? at + ChoiceIndex.ELEMENT : at, rows);
      }
    }
  }

  private static String text(List<Row> rows) {
    boolean flagged = rows.stream().anyMatch(row -> !row.flags.isEmpty());
    StringBuilder text = new StringBuilder();
    text.append(
        flagged
            ? Markdown.tableHead("key", "flag", "takes", "default", "meaning")
            : Markdown.tableHead("key", "takes", "default", "meaning"));
    for (Row row : rows) {
      String path = Markdown.code(row.path);
      String takes = takes(row.key);
      String usual = usual(row.key);
      String meaning = meaning(row.key);
      text.append(
          flagged
              ? Markdown.row(path, Markdown.codes(row.flags, ", "), takes, usual, meaning)
              : Markdown.row(path, takes, usual, meaning));
    }
    return text.toString();
  }

  private static String takes(DescribedKey key) {
    String all = key.isList() ? "list of " + kind(key, "s") : kind(key, "");
    return key.range().isEmpty() ? all : all + ", " + key.range();
  }

  /**
   * @param plural the ending of the plural
   */
  private static String kind(DescribedKey key, String plural) {
    if (key.isChoice()) {
      String title = ChoiceIndex.title(key.type());
      return Markdown.link(title.toLowerCase(Locale.ROOT) + plural, title);
    }
    if (key.holdsKeys()) {
      return "object" + plural;
    }
    if (!key.words().isEmpty()) {
      return Markdown.codes(key.words(), ", ");
    }
    String of = key.kind().isEmpty() ? "" : " of " + key.kind();
    return Markdown.words(key.value().replaceFirst(EXAMPLE, "") + plural + of);
  }

  private static String usual(DescribedKey key) {
    if (key.isRequired()) {
      return "required";
    }
    return key.defaultText().filter(text -> !text.isEmpty()).map(Markdown::code).orElse(NOTHING);
  }

  private static String meaning(DescribedKey key) {
    StringBuilder meaning = new StringBuilder(Markdown.words(key.meaning()));
    if (!key.also().isEmpty()) {
      meaning.append("; also written ").append(Markdown.codes(key.also(), ", "));
    }
    if (!key.formerly().isEmpty()) {
      meaning.append("; formerly ").append(Markdown.codes(key.formerly(), ", "));
    }
    if (!key.canChangeResult()) {
      meaning.append("; changes no result");
    }
    return meaning.toString();
  }
}
