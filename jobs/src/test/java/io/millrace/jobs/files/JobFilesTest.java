package io.millrace.jobs.files;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Dataset;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places whose file system is not on the class path. */
class JobFilesTest {
  /** Hadoop knows the class of the first, which the jar leaves out, and nothing of the second. */
  @ParameterizedTest
  @ValueSource(strings = {"s3a", "gopher"})
  void theMissingModuleIsNamed(String scheme) {
    URI place = URI.create(scheme + "://bucket/shards");
    assertThatThrownBy(() -> JobFiles.in(place))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(scheme + "://")
        .hasMessageContaining("class path");
    assertThatThrownBy(() -> Dataset.open(place))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("class path");
  }
}
