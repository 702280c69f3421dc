namespace Petrel.Node.Containers;

/// <summary>Why a container does not run: the reason and message of its waiting state, and when to try again.</summary>
/// <param name="RetryAfter">Null: no earlier than something changes.</param>
internal sealed record WaitingReason(string Reason, string Message, TimeSpan? RetryAfter = null);
