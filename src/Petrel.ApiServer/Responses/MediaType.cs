namespace Petrel.ApiServer.Responses;

/// <summary>Media type of an answer.</summary>
public enum MediaType
{
    Json,
    Yaml,
    Protobuf,
}
