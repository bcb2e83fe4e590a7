package io.millrace.jobs.natives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Libraries of a jar as files, which the operating system can load. */
final class UnpackedFiles {
  private UnpackedFiles() {}

  /**
   * Writes those that are not there yet, each whole or not at all.
   *
   * @param resources absolute names of what is on the class path, by the name of the file
   * @throws IOException if a resource is missing or the folder can't be written
   */
  static void write(Path folder, Map<String, String> resources) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> each : resources.entrySet()) {
      Path file = folder.resolve(each.getKey());
      if (Files.notExists(file)) {
        Path part = folder.resolve(each.getKey() + ".part");
        try (InputStream bytes = UnpackedFiles.class.getResourceAsStream(each.getValue())) {
          if (bytes == null) {
            throw new IOException("there is no " + each.getValue());
          }
          Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }
}
