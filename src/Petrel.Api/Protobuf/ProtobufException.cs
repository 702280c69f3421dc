namespace Petrel.Api.Protobuf;

/// <summary>The bytes are not a well-formed protobuf message of the expected type.</summary>
public sealed class ProtobufException(string message) : Exception(message);
