package io.millrace.pipeline.spec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A command line flag for one key of a job, or for a key that several choices have; then it sets
 * the key of the choice that was made.
 *
 * @param path the key's path in the job's parameters, e.g. {@code source.format}; for a key that
 *     several choices have, without the choice's name, e.g. {@code schedule.lr}
 * @param names its names, the full one first: {@code --source.format}, {@code --format}
 * @param others further names that are read but not shown: old ones, and other spellings of a part
 *     of the path
 * @param old those of {@code others} that are read with a notice
 * @param type the kind of its value, for help: {@code "path"}, {@code "int"}, {@code "list"}, ...
 * @param doc the key's description
 * @param defaultText the default as HOCON text; empty if there is none
 * @param required whether it must be given
 * @param choices the allowed values, if they can be listed
 */
public record Flag(
    String path,
    List<String> names,
    List<String> others,
    List<String> old,
    String type,
    String doc,
    Optional<String> defaultText,
    boolean required,
    List<String> choices) {
  static final String DASHES = "--";

  /** Whether a word is one of its names, with or without the dashes. */
  boolean isCalled(String word) {
    String dashed = word.startsWith(DASHES) ? word : DASHES + word;
    return Stream.concat(names.stream(), others.stream()).anyMatch(dashed::equals);
  }

  Flag called(List<String> shown, List<String> hidden, List<String> former) {
    return new Flag(path, shown, hidden, former, type, doc, defaultText, required, choices);
  }
}
