namespace Petrel.ApiServer.Audit;

/// <summary>Whether events that are too large lose their objects, and batches that are too large are divided.</summary>
public sealed record AuditTruncateOptions
{
    public bool Enabled { get; init; }

    /// <summary>Bytes of a batch.</summary>
    public long MaxBatchSize { get; init; } = 10 * 1024 * 1024;

    /// <summary>Bytes of an event; one that is larger without its objects is lost.</summary>
    public long MaxEventSize { get; init; } = 100 * 1024;

    internal IEnumerable<string> Problems() => !Enabled ? []
        : MaxEventSize <= 0 ? [FormattableString.Invariant($"invalid audit truncate max event size {MaxEventSize}, must be a positive number")]
        : MaxBatchSize < MaxEventSize ? [FormattableString.Invariant($"invalid audit truncate max batch size {MaxBatchSize}, must be greater than max event size ({MaxEventSize})")]
        : [];
}
