namespace Petrel.ApiServer.Audit.Backends;

/// <summary>Takes the objects out of records that are too large, and divides batches that are.</summary>
internal sealed class TruncatingBackend(IAuditBackend backend, AuditTruncateOptions options, AuditMetrics metrics) : IAuditBackend
{
    public async ValueTask<bool> WriteAsync(IReadOnlyList<AuditRecord> records)
    {
        var (isRecorded, batch, size) = (true, new List<AuditRecord>(), 0L);
        foreach (var record in records)
        {
            if (record.Within(options.MaxEventSize) is not { } kept)
            {
                metrics.Lost("truncate", 1);
                continue;
            }

            if (batch.Count > 0 && size + kept.Json.Length > options.MaxBatchSize)
            {
                isRecorded &= await backend.WriteAsync(batch);
                (batch, size) = ([], 0);
            }

            batch.Add(kept);
            size += kept.Json.Length;
        }

        return batch.Count == 0 ? isRecorded : await backend.WriteAsync(batch) && isRecorded;
    }

    public ValueTask DisposeAsync() => backend.DisposeAsync();
}
