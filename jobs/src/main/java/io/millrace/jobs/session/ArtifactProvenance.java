package io.millrace.jobs.session;

import io.millrace.pipeline.store.ArtifactManifest;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * Where a result comes from, as its {@code _artifact.json} says.
 *
 * @param fingerprint of all that decided the result, SHA-256 in hex
 * @param digest of its content, SHA-256 in hex
 * @param created when it was made: long ago, if its stage was skipped
 * @param seconds that making it took
 * @param reproduce the command that makes it again
 * @param parameters those that can change the result, by key
 * @param inputs digest of each result that was read, by the key that names it
 */
@API(status = API.Status.STABLE)
public record ArtifactProvenance(
    String fingerprint,
    String digest,
    Instant created,
    double seconds,
    String reproduce,
    Map<String, Object> parameters,
    Map<String, String> inputs) {
  static ArtifactProvenance of(ArtifactManifest manifest) {
    Map<String, String> inputs = new TreeMap<>();
    manifest.identity().inputs().forEach((key, input) -> inputs.put(key, input.digest()));
    return new ArtifactProvenance(
        manifest.fingerprint(),
        manifest.digest(),
        manifest.created(),
        manifest.seconds(),
        manifest.reproduce(),
        manifest.identity().parameters(),
        Collections.unmodifiableMap(inputs));
  }
}
