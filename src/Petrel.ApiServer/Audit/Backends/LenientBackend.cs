namespace Petrel.ApiServer.Audit.Backends;

/// <summary>A backend that requests wait for, but that refuses none of them (mode blocking).</summary>
internal sealed class LenientBackend(IAuditBackend backend) : IAuditBackend
{
    public async ValueTask<bool> WriteAsync(IReadOnlyList<AuditRecord> records)
    {
        await backend.WriteAsync(records);
        return true;
    }

    public ValueTask DisposeAsync() => backend.DisposeAsync();
}
