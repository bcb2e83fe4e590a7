package io.millrace.jobs.image;

import io.millrace.jobs.image.codec.TruncatedPicturesTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The files of every kind, for tests of other rooms. */
public final class SmallPictures {
  private SmallPictures() {}

  /**
   * All of them by name; with {@link TruncatedPicturesTest}'s.
   *
   * @param temp where a folder for them is made
   */
  public static Map<String, byte[]> all(Path temp) throws Exception {
    Path folder = Files.createDirectories(temp.resolve("written"));
    Map<String, byte[]> files = new TreeMap<>();
    for (Pictures.Odd odd : Pictures.odd(folder)) {
      files.put(odd.toString(), odd.bytes());
    }
    Pictures.python(folder, "photos.py", folder);
    for (String name : Files.readAllLines(folder.resolve("photos.tsv"))) {
      files.put(name, Files.readAllBytes(folder.resolve(name)));
    }
    return files;
  }
}
