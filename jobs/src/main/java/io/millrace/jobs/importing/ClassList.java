package io.millrace.jobs.importing;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A file with the names of classes, one a line in the order of their labels. */
final class ClassList {
  private static final long LONGEST = 1L << 24;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private ClassList() {}

  /**
   * @throws CannotException if it can't be read, has an empty line, or fewer than two names
   */
  static List<String> read(URI file) {
    String what = "read the class names in " + JobFiles.shown(file);
    String text;
    try (ReadAt in = JobFiles.readAt(file)) {
      if (in.length() > LONGEST) {
        throw new CannotException(what, "it is too long for a list of names");
      }
      byte[] bytes = in.read(0, (int) in.length());
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CannotException(what, "it is not a text in UTF-8", e);
    } catch (IOException e) {
      throw new CannotException(what, String.valueOf(e.getMessage()), e);
    }
    List<String> names = new ArrayList<>();
    for (String line :
        text.replaceFirst("^" + BYTE_ORDER_MARK, "").stripTrailing().lines().toList()) {
      names.add(line.strip());
      if (line.isBlank()) {
        throw new CannotException(what, "its line " + names.size() + " is empty");
      }
    }
    if (names.size() < 2) {
      throw new CannotException(
          what, "it has fewer than two lines; give one for each class, in the order of the labels");
    }
    return names;
  }
}
