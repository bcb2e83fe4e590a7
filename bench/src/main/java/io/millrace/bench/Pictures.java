package io.millrace.bench;

import io.millrace.jobs.image.header.Header;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds real pictures: in the folder that was given, or beside the project. */
final class Pictures {
  private static final String BESIDE = "../shared/data";

  private Pictures() {}

  /**
   * All JPEG files, in the order of their paths.
   *
   * @param usual folders below the data beside the project
   * @throws CannotException if there are none
   */
  static List<Path> jpegs(Setting setting, String benchmark, String... usual) throws IOException {
    List<Path> all =
        below(setting, usual).stream()
            .filter(file -> lower(file).endsWith(".jpg") || lower(file).endsWith(".jpeg"))
            .toList();
    if (all.isEmpty()) {
      throw missing(setting, benchmark, "JPEGs");
    }
    return all;
  }

  /**
   * JPEG files without those that are rotated by their EXIF data, which the references do not
   * rotate; with a smaller scale the first ones.
   *
   * @param usual folders below the data beside the project
   * @throws CannotException if there are none
   */
  static List<Path> uprightJpegs(Setting setting, String benchmark, String... usual)
      throws IOException {
    List<Path> upright = new ArrayList<>();
    int turned = 0;
    for (Path file : jpegs(setting, benchmark, usual)) {
      if (Header.of(Files.readAllBytes(file)).orientation() == 1) {
        upright.add(file);
      } else {
        turned++;
      }
    }
    setting
        .say()
        .accept("%d pictures that are rotated by their EXIF data are left out".formatted(turned));
    return upright.subList(0, setting.scaled(upright.size()));
  }

  /**
   * The data files of LMDB folders whose names say train.
   *
   * @param usual folders below the data beside the project
   * @throws CannotException if there are none
   */
  static List<Path> lmdbs(Setting setting, String benchmark, String... usual) throws IOException {
    List<Path> all =
        below(setting, usual).stream()
            .filter(file -> lower(file).equals("data.mdb"))
            .filter(file -> file.getParent().getFileName().toString().contains("train"))
            .toList();
    if (all.isEmpty()) {
      throw missing(setting, benchmark, "LMDB folders (..._train_lmdb/data.mdb)");
    }
    return all;
  }

  /** Writes the paths to a file, one a line, for a child to read. */
  static Path list(Setting setting, List<Path> files) throws IOException {
    return Files.write(
        setting.scratch().resolve("pictures.txt"), files.stream().map(Path::toString).toList());
  }

  private static List<Path> below(Setting setting, String... usual) throws IOException {
    Optional<Path> given = setting.pictures();
    Path beside = setting.root().resolve(BESIDE).normalize();
    List<Path> folders =
        given.isPresent() ? List.of(given.get()) : Stream.of(usual).map(beside::resolve).toList();
    List<Path> all = new ArrayList<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
          all.addAll(walk.filter(Files::isRegularFile).sorted().toList());
        }
      }
    }
    return all;
  }

  private static String lower(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  private static CannotException missing(Setting setting, String benchmark, String what) {
    String where = setting.pictures().map(Path::toString).orElse(BESIDE + " beside the project");
    return new CannotException(
        "run the benchmark " + benchmark,
        "there are no %s in %s; name a folder that holds some with --pictures"
            .formatted(what, where));
  }
}
