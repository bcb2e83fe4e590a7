package io.millrace.jobs.architecture;

import io.millrace.pipeline.job.Variant;
import java.io.Serializable;
import org.apiguardian.api.API;

/**
 * A network of the catalogue, as configured: {@code architecture { name = resnet, .. }}. The
 * networks are listed in {@code META-INF/millrace/io.millrace.jobs.architecture.Architecture}, and
 * a jar may list its own.
 */
@Variant(discriminator = "name")
@API(status = API.Status.EXPERIMENTAL)
public interface Architecture extends Serializable {
  /**
   * The network for images of that shape, as the input {@link Blueprint#IMAGES}. Its one output are
   * the logits: a vector of as many values as there are classes.
   *
   * @param channels of the images
   * @param height of the images
   * @param width of the images
   * @param classes how many classes
   * @throws IllegalArgumentException if the image is too small for it, saying how large it must be
   */
  Blueprint blueprint(int channels, int height, int width, int classes);
}
