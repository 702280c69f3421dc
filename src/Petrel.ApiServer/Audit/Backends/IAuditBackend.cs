namespace Petrel.ApiServer.Audit.Backends;

/// <summary>Where records go. Disposing it writes what it still holds.</summary>
internal interface IAuditBackend : IAsyncDisposable
{
    /// <summary>Takes records; false when they could not be recorded. They are counted as lost already then.</summary>
    ValueTask<bool> WriteAsync(IReadOnlyList<AuditRecord> records);

    /// <summary>The server ends: what fails from now on is not tried again.</summary>
    void End()
    {
        // Most backends try once.
    }
}
