namespace Petrel.ApiServer.Responses;

/// <summary>How an answer is written, as negotiated from the Accept header.</summary>
/// <param name="MediaType">Format of the bytes.</param>
/// <param name="Projection">Shape of the content.</param>
/// <param name="ProjectionVersion">v1 or v1beta1 of meta.k8s.io.</param>
/// <param name="Pretty">Indented JSON was asked for.</param>
public readonly record struct ResponseFormat(MediaType MediaType, Projection Projection, string ProjectionVersion, bool Pretty)
{
    public string ContentType => MediaType switch
    {
        MediaType.Json => "application/json",
        MediaType.Yaml => "application/yaml",
        _ => "application/vnd.kubernetes.protobuf",
    };

    public bool IsPlainJson => MediaType == MediaType.Json && Projection == Projection.None && !Pretty;
}
