namespace Petrel.Network.Pods;

/// <summary>This machine lacks something that pods need, or forbids it. The message says what, for the person who operates it.</summary>
public sealed class PodNetworkException(string message, Exception? cause = null) : Exception(message, cause);
