namespace Petrel.Grpc;

/// <summary>What one call asks for beside its message.</summary>
public sealed record GrpcCallOptions
{
    public static GrpcCallOptions None { get; } = new();

    /// <summary>Longest time for the whole call, streams included; null for no limit. The server is told it and the client enforces it.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Metadata sent as request headers; names are lower case, values ASCII.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
