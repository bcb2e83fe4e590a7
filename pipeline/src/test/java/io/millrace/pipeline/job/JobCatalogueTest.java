package io.millrace.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.pipeline.ConfigurationException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCatalogueTest {
  @Test
  void namesListedJobWhoseClassIsMissing(@TempDir Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(Job.class.getName()), "io.example.GoneJob\n");
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, Thread.currentThread().getContextClassLoader())) {
      ConfigurationException thrown =
          catchThrowableOfType(ConfigurationException.class, () -> JobCatalogue.installed(loader));
      assertThat(thrown.problems().get(0).message())
          .startsWith("Cannot load the jobs in this list: ")
          .contains("io.example.GoneJob", "not found");
    }
  }
}
