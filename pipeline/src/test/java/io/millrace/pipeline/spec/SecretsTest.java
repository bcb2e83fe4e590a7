package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {
  private static final String HOCON =
      """
      pipeline = p
      spark { authenticate { secret = hush }, executor.memory = 4g, hadoop.fs.s3a.access.key = AKIA }
      stages { a { job = ingest, spark { ssl.keyPassword = hush, apiToken = hush }, seed = 3 } }
      """;

  @Test
  void redactsSecretsOnly() {
    String shown = Secrets.redacted(HOCON);
    assertThat(shown).doesNotContain("hush").doesNotContain("AKIA");
    var config = ConfigFactory.parseString(shown);
    assertThat(config.getString("spark.authenticate.secret")).isEqualTo(Secrets.REDACTED);
    assertThat(config.getString("spark.executor.memory")).isEqualTo("4g");
    assertThat(config.getInt("stages.a.seed")).isEqualTo(3);
  }

  @Test
  void removesSecretsWithoutLeavingPlaceholders() {
    var config = ConfigFactory.parseString(Secrets.without(HOCON));
    assertThat(config.hasPath("spark.authenticate.secret")).isFalse();
    assertThat(config.hasPath("stages.a.spark.apiToken")).isFalse();
    assertThat(config.getString("stages.a.job")).isEqualTo("ingest");
  }

  @Test
  void redactsSecretSettingsAndOverridesByName() {
    assertThat(Secrets.shown(Map.of("spark.authenticate.secret", "hush", "spark.cores.max", "2")))
        .containsEntry("spark.cores.max", "2")
        .containsEntry("spark.authenticate.secret", Secrets.REDACTED);
    assertThat(Secrets.shownOverride("spark.hadoop.fs.s3a.secret.key=hush"))
        .isEqualTo("spark.hadoop.fs.s3a.secret.key=" + Secrets.REDACTED);
    assertThat(Secrets.shownOverride("params.epochs=3")).isEqualTo("params.epochs=3");
  }
}
