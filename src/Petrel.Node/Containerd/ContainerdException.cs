namespace Petrel.Node.Containerd;

/// <summary>containerd is not there or does not come up; the message says what to do or shows what it said.</summary>
public sealed class ContainerdException(string message, Exception? innerException = null) : Exception(message, innerException);
