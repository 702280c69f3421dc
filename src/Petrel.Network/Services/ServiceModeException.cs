namespace Petrel.Network.Services;

/// <summary>Service rules could not be applied. The message says what the kernel's tool refused.</summary>
public sealed class ServiceModeException(string message, Exception cause) : Exception(message, cause);
