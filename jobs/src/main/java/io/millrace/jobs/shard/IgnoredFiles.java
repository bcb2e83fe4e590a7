package io.millrace.jobs.shard;

import io.millrace.pipeline.text.Amounts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Files that a source ignores, since they are not pictures of the dataset, by kind. */
public final class IgnoredFiles implements Serializable {
  private static final long serialVersionUID = 1L;

  private final EnumMap<Kind, Group> groups = new EnumMap<>(Kind.class);

  /** Why files are ignored. */
  public enum Kind {
    /** Lists of labels, names of classes and the like. */
    FORMAT("of the format itself"),
    /** Thumbnails of desktops, hidden folders and the like. */
    SYSTEM("that systems and tools leave behind"),
    /** Workspaces and results of Millrace. */
    MILLRACE("of Millrace's own results"),
    /** Texts, scripts and the like, where the layout has no pictures. */
    BESIDE("beside the layout, none of them an image");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** As it is written in {@code _dataset.json}: lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** A description of files of this kind. */
    public String words() {
      return words;
    }
  }

  /**
   * The files of one kind.
   *
   * @param files how many
   * @param example the path of one of them
   */
  public record Group(long files, String example) implements Serializable {}

  /** Reads what {@link #byText} gave. */
  public static IgnoredFiles of(Map<String, Group> groups) {
    IgnoredFiles files = new IgnoredFiles();
    for (Kind kind : Kind.values()) {
      Group group = groups.get(kind.text());
      if (group != null) {
        files.add(kind, group.example, group.files);
      }
    }
    return files;
  }

  /** Adds files. */
  public void add(Kind kind, String example, long files) {
    if (files > 0) {
      groups.merge(
          kind,
          new Group(files, example),
          (before, more) -> new Group(before.files + more.files, before.example));
    }
  }

  /** Adds another's. */
  public void add(IgnoredFiles other) {
    other.groups.forEach((kind, group) -> add(kind, group.example, group.files));
  }

  /** How many there are, of all kinds. */
  public long files() {
    return groups.values().stream().mapToLong(Group::files).sum();
  }

  /** By the text of their kind, without kinds that have no files. */
  public Map<String, Group> byText() {
    Map<String, Group> all = new LinkedHashMap<>();
    groups.forEach((kind, group) -> all.put(kind.text(), group));
    return all;
  }

  /** By kind, without kinds that have no files. */
  public Map<Kind, Group> groups() {
    return Collections.unmodifiableMap(groups);
  }

  /**
   * E.g. {@code 4 that systems and tools leave behind (cats/.DS_Store)}; empty if there is none.
   */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    groups.forEach(
        (kind, group) ->
            sentences.add(
                "%s %s (%s)"
                    .formatted(
                        Amounts.count(group.files),
                        kind.words,
                        group.files == 1 ? group.example : "e.g. " + group.example)));
    return sentences;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IgnoredFiles files && groups.equals(files.groups);
  }

  @Override
  public int hashCode() {
    return groups.hashCode();
  }

  @Override
  public String toString() {
    return String.join("; ", sentences());
  }
}
