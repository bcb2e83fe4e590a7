package io.millrace.jobs.spark;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The jars that classes of this process come from. */
public final class AssembledJar {
  private AssembledJar() {}

  /** The jar that holds Millrace; empty if it runs from a folder of classes. */
  public static Optional<Path> here() {
    return Optional.of(of(AssembledJar.class)).filter(Files::isRegularFile);
  }

  /** The jar or folder that a class was loaded from. */
  public static Path of(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
