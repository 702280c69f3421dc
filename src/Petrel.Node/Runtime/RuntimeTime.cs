namespace Petrel.Node.Runtime;

/// <summary>The runtime's points in time: nanoseconds since the Unix epoch, zero for never.</summary>
internal static class RuntimeTime
{
    /// <summary>Cut to whole seconds, which is what the API keeps: a status must not differ by what nobody sees.</summary>
    public static DateTimeOffset? From(long nanoseconds) =>
        nanoseconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(nanoseconds / 1_000_000_000);
}
