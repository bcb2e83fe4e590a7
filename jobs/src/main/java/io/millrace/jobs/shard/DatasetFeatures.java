package io.millrace.jobs.shard;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.Encoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Describes splits, columns and classes in the format of Hugging Face, so that {@code
 * load_dataset(FOLDER)} gives splits, class names and pictures. It follows from the shards, and so
 * is not part of the dataset's digest.
 */
public final class DatasetFeatures {
  /**
   * The file's name. A {@code README.md} would be read, too, but Spark and PyArrow take every file
   * for data unless its name begins with a dot or an underscore, and could no longer read the
   * folder.
   */
  public static final String FILE = ".huggingface.yaml";

  private DatasetFeatures() {}

  /**
   * Writes the file, before the manifest.
   *
   * @param encodings of all pictures
   */
  public static void write(Dataset dataset, Set<Encoding> encodings) throws IOException {
    byte[] text = yaml(dataset, encodings).getBytes(StandardCharsets.UTF_8);
    JobFiles.in(dataset.root()).write(FILE, out -> out.write(text));
  }

  static String yaml(Dataset dataset, Set<Encoding> encodings) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("configs:\n- config_name: default\n  data_files:\n");
    for (Split split : Split.values()) {
      if (!dataset.shards(split).isEmpty()) {
        yaml.append("  - split: ").append(split.text());
        yaml.append("\n    path: \"split=").append(split.text()).append("/*.parquet\"\n");
      }
    }
    yaml.append("dataset_info:\n  config_name: default\n  features:\n");
    for (int i = 0; i < ShardSchema.MESSAGE.getFieldCount(); i++) {
      Type column = ShardSchema.MESSAGE.getType(i);
      yaml.append("  - name: ").append(column.getName()).append('\n');
      if (i == ShardSchema.LABEL && !dataset.classNames().isEmpty()) {
        classes(dataset.classNames(), yaml);
      } else {
        yaml.append("    dtype: ").append(type(column, encodings)).append('\n');
      }
    }
    return yaml.toString();
  }

  private static String type(Type column, Set<Encoding> encodings) {
    if (column.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32) {
      return "int32";
    }
    if (column.getLogicalTypeAnnotation() != null) {
      return "string";
    }
    // Raw pixels are not a file that a decoder of pictures can read.
    return encodings.contains(Encoding.RAW) ? "binary" : "image";
  }

  private static void classes(List<String> names, StringBuilder yaml) {
    yaml.append("    dtype:\n      class_label:\n        names:\n");
    int number = 0;
    for (String name : DistinctNames.of(names)) {
      yaml.append("          \"").append(number).append("\": ");
      yaml.append(QuotedYaml.of(name)).append('\n');
      number++;
    }
  }
}
