namespace Petrel.Node.Hooks;

/// <summary>A lifecycle hook that failed.</summary>
/// <param name="reason">Reason of the event: FailedPostStartHook or FailedPreStopHook.</param>
/// <param name="message">Message of the event. It does not say what the server or command answered, which may be a secret.</param>
/// <param name="detail">What happened, for the container's status.</param>
public sealed class HookException(string reason, string message, string detail, Exception? innerException = null) : Exception(message, innerException)
{
    public string Reason { get; } = reason;

    public string Detail { get; } = detail;
}
