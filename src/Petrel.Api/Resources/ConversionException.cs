namespace Petrel.Api.Resources;

/// <summary>An object is not to be had in the version that is asked for. The message is for the client.</summary>
public sealed class ConversionException(string message) : Exception(message);
