package io.millrace.jobs.extending;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in Markdown.
 *
 * @param name without folder and ending
 * @param text all of it
 */
record Page(String name, String text) {
  static final Path FOLDER = Sources.ROOT.resolve("docs/extending");

  private static final String ENDING = ".md";
  private static final Pattern STEP = Pattern.compile("(?m)^(\\d+)\\. +\\*\\*(.+?)\\.?\\*\\*");
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern PLACE = Pattern.compile("[\\w.-]+(/[\\w.-]+)+");
  private static final Pattern NAME = Pattern.compile("[A-Z]\\w*(\\.\\w+)?");

  static Page read(String name) throws IOException {
    return new Page(name, Files.readString(FOLDER.resolve(name + ENDING)));
  }

  /** The names of all pages. */
  static Set<String> all() throws IOException {
    Set<String> names = new TreeSet<>();
    try (var files = Files.newDirectoryStream(FOLDER, "*" + ENDING)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        names.add(name.substring(0, name.length() - ENDING.length()));
      }
    }
    return names;
  }

  /** The titles of its numbered steps. */
  List<String> steps() {
    List<String> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    while (step.find()) {
      if (Integer.parseInt(step.group(1)) != steps.size() + 1) {
        throw new IllegalStateException(name + " has no step " + (steps.size() + 1));
      }
      steps.add(step.group(2));
    }
    return steps;
  }

  /** The files and folders that it names. */
  Set<String> places() {
    return named(PLACE);
  }

  /** The classes that it names, {@code Lsun} or {@code Source.open}. */
  Set<String> classes() {
    return named(NAME);
  }

  private Set<String> named(Pattern kind) {
    Set<String> names = new TreeSet<>();
    Matcher code = CODE.matcher(FENCE.matcher(text).replaceAll(""));
    while (code.find()) {
      String name = code.group(1).replaceFirst("^@", "");
      if (kind.matcher(name).matches()) {
        names.add(name);
      }
    }
    return names;
  }
}
