package io.millrace.jobs.shard;

import io.millrace.jobs.files.JobFiles;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * Writes {@code _quarantine/<name>.rejects}: a Parquet file of id, path, reason, bytes. It does not
 * end in {@code .parquet}, so that a program that reads all such files below the dataset gets only
 * the pictures.
 */
public final class QuarantineWriter {
  /** The folder within a dataset. */
  public static final String FOLDER = "_quarantine";

  static final MessageType SCHEMA =
      Types.buildMessage()
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("id")
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("path")
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("reason")
          .required(PrimitiveTypeName.INT64)
          .named("bytes")
          .named("reject");

  private static final String SUFFIX = ".rejects";

  private QuarantineWriter() {}

  /** The path of a file within its dataset. */
  public static String path(String name) {
    return FOLDER + "/" + name + SUFFIX;
  }

  /** Writes one file, or none if there is nothing to write. */
  public static void write(URI dataset, String name, List<Reject> rejects) throws IOException {
    if (rejects.isEmpty()) {
      return;
    }
    TemporaryFile temporary = TemporaryFile.of(JobFiles.in(dataset), path(name));
    try (ParquetWriter<Reject> writer =
        ParquetSettings.compressed(temporary.path(), new Support())) {
      for (Reject reject : rejects) {
        writer.write(reject);
      }
    }
    temporary.publish();
  }

  private static final class Support extends RowSupport<Reject> {
    Support() {
      super(SCHEMA);
    }

    @Override
    protected void columns(Reject reject) {
      text(0, reject.id());
      text(1, reject.path());
      text(2, reject.reason());
      number(3, reject.bytes());
    }
  }
}
